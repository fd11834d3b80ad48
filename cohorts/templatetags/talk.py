"""What pages elsewhere show of what is said in classes."""

from dataclasses import dataclass

from django import template
from django.template.defaultfilters import truncatechars
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from cohorts.here import classes_of
from cohorts.talk.plain_text import render
from cohorts.talk.readable import readable
from cohorts.talk.showing import role_in_words

register = template.Library()
EXCERPT = 200


@register.filter
def excerpt(source: str) -> str:
    """How a Markdown text begins, in one line of plain text."""
    return truncatechars(" ".join(readable(source[:2000]).split()), EXCERPT)


@register.filter
def plain(source: str) -> SafeString:
    """What a learner wrote, as the thread shows it."""
    return mark_safe(render(source))  # noqa: S308  (all escaped)


@register.filter
def role_mark(role: str | None) -> str:
    """In words, of the staff; nothing for learners."""
    return role_in_words(role)


@dataclass(frozen=True, slots=True)
class LessonInClass:
    slug: str
    name: str
    lesson_id: int


@register.simple_tag
def lesson_in_classes(user: User, course_id: int, lesson_id: int) -> list[LessonInClass]:
    """One for each running class of the course that `user` is in: no query where they are known."""
    return [
        LessonInClass(one.slug, one.name, lesson_id)
        for one in classes_of(user)
        if one.course_id == course_id and not one.archived
    ]
