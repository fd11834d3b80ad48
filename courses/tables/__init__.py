"""References as a table for spreadsheets, out and in; questions are in `quizzes.tables`."""
