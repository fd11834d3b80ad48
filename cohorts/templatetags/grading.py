"""What pages of grading say about numbers, files and Markdown."""

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString

from cohorts.gradebook import numbers
from cohorts.grading.desk import kind_of
from quizzes import wording

register = template.Library()


@register.filter
def plain(number: Decimal | None) -> str:
    """Exactly, without zeros that say nothing."""
    return "" if number is None else numbers.plain(number)


@register.filter
def kind(name: str) -> str:
    """Of a file, by its name: `PDF`."""
    return kind_of(name)


@register.filter
def as_block(source: str) -> SafeString:
    """Markdown as HTML, by the one renderer."""
    return wording.as_block(source)
