"""Tags that every template may use without loading them."""

from collections.abc import Hashable, Iterable
from functools import lru_cache

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from courses.icons import icon as svg

register = template.Library()
# Where a part is open for something else. No text holds it: databases and forms refuse it.
HOLE = "\0"


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    return mark_safe(svg(str(name), size))  # noqa: S308  (Lucide's own markup)


@register.simple_tag
def part(name: str, **values: Hashable) -> SafeString:
    """Like `include … only`, but rendered once for the same values and then remembered.

    For what many readers share: the template may depend on nothing but its hashable values and
    the language; no request, no reader, no time.
    """
    return rendered(name, get_language(), tuple(values.items()))


@register.simple_tag
def parts(name: str, rows: Iterable[Hashable]) -> SafeString:
    """A `part` for each of `rows`, which the template knows as `row`."""
    language = get_language()
    return mark_safe("".join([rendered(name, language, (("row", row),)) for row in rows]))  # noqa: S308


@register.simple_tag
def hole() -> str:
    return HOLE


@register.simple_tag
def parts_around(name: str, rows: Iterable[tuple[Hashable, ...]], *fillings: str) -> SafeString:
    """Like `parts`, where something in each is one reader's alone and would make it one of a kind.

    A row is what the part is for, and a value for each of `fillings`: parts of their own, in
    which the value is `row`, and which stand in the holes of the first. No value fills nothing.
    """
    language = get_language()
    html: list[str] = []
    for row, *values in rows:
        first, *others = rendered(name, language, (("row", row),)).split(HOLE)
        html.append(first)
        for filling, value, other in zip(fillings, values, others, strict=True):
            if value:
                html.append(rendered(filling, language, (("row", value),)))
            html.append(other)
    return mark_safe("".join(html))  # noqa: S308


def rendered(
    name: str, language: str | None, values: tuple[tuple[str, Hashable], ...]
) -> SafeString:
    # While developing, a change of a template shows at once.
    render = remembered.__wrapped__ if settings.DEBUG else remembered
    return render(name, language, values)


@lru_cache(maxsize=8192)
def remembered(
    name: str, language: str | None, values: tuple[tuple[str, Hashable], ...]
) -> SafeString:
    return get_template(name).template.render(Context(dict(values)))  # type: ignore[attr-defined]


@register.filter
def percent(share: float | None) -> str:
    """A share from 0 to 1 as people read it: `81%`."""
    return "" if share is None else f"{round(share * 100)}%"
