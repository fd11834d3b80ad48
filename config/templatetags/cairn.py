"""Tags that every template may use without loading them."""

from collections.abc import Hashable
from functools import lru_cache

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from courses.icons import icon as svg

register = template.Library()


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    return mark_safe(svg(str(name), size))  # noqa: S308  (Lucide's own markup)


@register.simple_tag
def part(name: str, **values: Hashable) -> SafeString:
    """Like `include … only`, but rendered once for the same values and then remembered.

    For what many readers share: the template may depend on nothing but its hashable values and
    the language; no request, no reader, no time.
    """
    render = rendered_part.__wrapped__ if settings.DEBUG else rendered_part
    return render(str(name), get_language(), tuple(values.items()))


@lru_cache(maxsize=4096)
def rendered_part(
    name: str, language: str | None, values: tuple[tuple[str, Hashable], ...]
) -> SafeString:
    return get_template(name).template.render(Context(dict(values)))  # type: ignore[attr-defined]


@register.filter
def percent(share: float | None) -> str:
    """A share from 0 to 1 as people read it: `81%`."""
    return "" if share is None else f"{round(share * 100)}%"


@register.filter(name="in")
def is_in(item: Hashable, collection: frozenset[Hashable]) -> bool:
    """Whether `item` is in `collection`, as a value to pass on."""
    return item in collection
