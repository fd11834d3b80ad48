from django import template

from cohorts.models import Membership
from cohorts.nav import entries

register = template.Library()


@register.simple_tag
def class_ways(member: Membership) -> tuple[tuple[str, str], ...]:
    """To the pages of a class that `member` may open: the name of each address, and its title."""
    return tuple((entry.view, str(entry.title)) for entry in entries(member))
