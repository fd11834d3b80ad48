"""The course's files and the database, in both directions: read, check, save."""
