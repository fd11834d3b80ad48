"""Editing the course, and looking up where learners are in it."""

from courses.admin import (
    content,
    editions,
    glossary,
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
    "glossary",
    "history",
    "images",
    "lessons",
    "links",
    "material",
    "progress",
    "readme",
]
