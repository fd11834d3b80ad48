"""Revisions in words, and what an editor finds first, in templates of the admin."""

from typing import Any

from django import template
from django.utils import timezone

from courses.history.overview import Overview, overview
from courses.history.telling import figures

register = template.Library()
register.filter("figures", figures)


@register.simple_tag(takes_context=True)
def editors_overview(context: dict[str, Any]) -> Overview | None:
    """For who edits the course; nobody else has use for it."""
    user = context["request"].user
    if not user.has_perms(["courses.change_lesson", "courses.view_revision"]):
        return None
    return overview(user, timezone.now())
