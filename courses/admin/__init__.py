"""Editing the course, and looking up where learners are in it."""

from courses.admin import (
    content,
    editions,
    history,
    images,
    lessons,
    links,
    material,
    progress,
    readme,
)

__all__ = [
    "content",
    "editions",
    "history",
    "images",
    "lessons",
    "links",
    "material",
    "progress",
    "readme",
]
