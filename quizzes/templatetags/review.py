"""The data pictures of review.

What stands at each bar is written here: a template that asks as much of seven bars would take
longer than the rest of the page.
"""

from datetime import date
from functools import lru_cache

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from quizzes.review.forecast import Forecast
from quizzes.review.pictures import Bar, Bars, bars_of

register = template.Library()


@register.simple_tag
def bars(forecast: Forecast) -> Bars:
    return bars_of(forecast)


@register.filter
def by_day(picture: Bars) -> str:
    """The week in words, today first: `today 2, Sunday 0`."""
    language = get_language()
    return ", ".join(
        f"{_('today') if bar.is_today else named(bar.day, 'l', language)} {bar.cards}"
        for bar in picture.bars
    )


@register.filter
def size(picture: Bars) -> SafeString:
    size = f'width="{picture.width}" height="{picture.height}"'
    return mark_safe(f'{size} viewBox="0 0 {picture.width} {picture.height}"')  # noqa: S308


@register.filter
def drawn(picture: Bars) -> SafeString:
    """The bars, their numbers and their days as SVG: numbers, and names of days and months."""
    language = get_language()
    return mark_safe("".join([bar_of(bar, picture, language) for bar in picture.bars]))  # noqa: S308


def bar_of(bar: Bar, picture: Bars, language: str | None) -> str:
    svg = ""
    if bar.height:
        later, radius = "" if bar.is_today else ' class="later"', 3 if picture.is_week else 2
        place = f'x="{bar.x}" y="{bar.y}" width="{bar.width}" height="{bar.height}"'
        svg = f'<rect{later} {place} rx="{radius}"/>'
    if bar.is_marked:
        svg += f'<text class="n" x="{bar.middle}" y="{bar.above}">{bar.cards}</text>'
    if bar.has_label:
        day = named(bar.day, "D" if picture.is_week else "j M", language)
        svg += f'<text x="{bar.middle}" y="{picture.height - 4}">{day}</text>'
    return svg


@lru_cache(maxsize=256)
def named(day: date, form: str, language: str | None) -> str:
    return date_format(day, form)
