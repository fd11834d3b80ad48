"""Grading finished answers again: a preview, then an explicit act with a log."""
