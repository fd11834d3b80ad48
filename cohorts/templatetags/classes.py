from typing import Any

from django import template

from cohorts.models import Membership
from cohorts.nav import entries

register = template.Library()


@register.inclusion_tag("cohorts/_nav.html")
def class_nav(member: Membership, here: str) -> dict[str, Any]:
    """The ways to the pages of a class that `member` may open; `here` is the name of one."""
    return {"entries": list(entries(member)), "cohort": member.cohort, "here": here}
