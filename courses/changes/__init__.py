"""What changed between two states of the course, and how readers are told."""
