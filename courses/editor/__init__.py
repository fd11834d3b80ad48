"""Editing a lesson: what its form shows, checks and saves."""
