"""Tags that every template may use without loading them."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from courses.icons import icon as svg

register = template.Library()


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    return mark_safe(svg(str(name), size))  # noqa: S308  (Lucide's own markup)


@register.filter
def percent(share: float | None) -> str:
    """A share from 0 to 1 as people read it: `81%`."""
    return "" if share is None else f"{round(share * 100)}%"


@register.filter
def hundredths(share: float | None) -> str:
    """A share from 0 to 1 as an SVG number of hundredths, whatever the language."""
    return f"{100 * (share or 0):.1f}"
