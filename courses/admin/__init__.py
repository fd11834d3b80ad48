"""Editing the course, and looking up where learners are in it."""

from courses.admin import content, lessons, material, progress

__all__ = ["content", "lessons", "material", "progress"]
