"""The pages of a class, and who sees a way to each."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cohorts.models import Membership
from cohorts.permissions import (
    Permission,
    can_copy,
    can_see,
    can_see_grades,
    can_see_own_grades,
    can_see_people,
    can_see_progress,
    can_see_work,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """`view` is the name of an address that takes the class alone."""

    view: str
    title: str | Promise
    permission: Permission


ENTRIES = (
    Entry("cohort", _("Overview"), can_see),
    Entry("at_risk", _("At risk"), can_see_progress),
    Entry("people", _("People"), can_see_people),
    Entry("cohort_schedule", _("Schedule"), can_see),
    Entry("cohort_calendar", _("Calendar"), can_see),
    Entry("assignments", _("Assignments"), can_see),
    Entry("grading", _("Grading"), can_see_work),
    Entry("gradebook", _("Gradebook"), can_see_grades),
    Entry("my_grades", _("My grades"), can_see_own_grades),
    Entry("class_quizzes", _("Quizzes"), can_see_progress),
    Entry("announcements", _("Announcements"), can_see),
    Entry("threads", _("Questions"), can_see),
    Entry("class_settings", _("Settings"), can_copy),
)


def entries(member: Membership) -> Iterator[Entry]:
    return (entry for entry in ENTRIES if entry.permission(member))
