"""The demo people of a development site, and a class that they have taught for eight weeks."""

from config.demo.classroom import class_of, make_class, remove_class
from config.demo.people import (
    DOMAIN,
    PASSWORD,
    PEOPLE,
    TEACHER,
    DebugOffError,
    create,
    create_people,
    remaining,
    remove_people,
)

__all__ = [
    "DOMAIN",
    "PASSWORD",
    "PEOPLE",
    "TEACHER",
    "DebugOffError",
    "class_of",
    "create",
    "create_people",
    "make_class",
    "remaining",
    "remove_class",
    "remove_people",
]
