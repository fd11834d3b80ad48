"""What the course said, when, and by whom: revisions of its documents."""
