"""From one piece of work to the next, in the order of the queue and by its filter."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.grading.pile import WORK, Place, Step, pile_of
from cohorts.grading.wanted import Wanted
from cohorts.models import Cohort


@dataclass(frozen=True, slots=True)
class Walk:
    """`number` of `total`; None for what the filter leaves out, such as what is graded now.

    Addresses of what stands before and after, empty where nothing does, and of the queue.
    """

    number: int | None
    total: int
    before: str
    after: str
    queue: str


def walk(cohort: Cohort, wanted: Wanted, place: Place) -> Walk:
    """Five queries, however long the queue."""
    pile = pile_of(cohort, wanted)
    earlier, later = pile.before(place), pile.after(place)
    total, behind, ahead = pile.rows().count(), earlier.count(), later.count()
    return Walk(
        number=None if total == behind + ahead else behind + 1,
        total=total,
        before=address_of(cohort, step_of(earlier), wanted),
        after=address_of(cohort, step_of(later), wanted),
        queue=queue_address(cohort, wanted),
    )


def onward(request: HttpRequest, cohort: Cohort, wanted: Wanted, place: Place) -> str:
    """Where to go after saving: to the next, to the queue after the last, or to stay."""
    if request.POST.get("then") != "next":
        return request.get_full_path()
    step = step_of(pile_of(cohort, wanted).after(place))
    if step is None:
        messages.info(request, _("That was the last one in this order."))
    return address_of(cohort, step, wanted) or queue_address(cohort, wanted)


def queue_address(cohort: Cohort, wanted: Wanted) -> str:
    return reverse("grading", args=[cohort.slug]) + wanted.query


def step_of(rows: Any) -> Step | None:
    return next((Step(kind, key) for kind, key, _at in rows[:1]), None)


def address_of(cohort: Cohort, step: Step | None, wanted: Wanted) -> str:
    if step is None:
        return ""
    if step.kind == WORK:
        # One database writes it with dashes, the other without.
        return reverse("grading_work", args=[cohort.slug, UUID(step.key)]) + wanted.query
    return reverse("grading_answer", args=[cohort.slug, int(step.key)]) + wanted.query
