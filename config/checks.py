"""System checks for settings that contradict each other."""
