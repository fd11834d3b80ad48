"""Where a lesson stands, in words that do not leave open which text readers have."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from courses.models import Lesson, LessonDraft, Status

ICONS = {
    "published": "circle-check",
    "scheduled": "calendar-clock",
    "draft": "pencil",
    "review": "eye",
    "archived": "archive",
}


@dataclass(frozen=True, slots=True)
class State:
    """`code` is a key of ICONS; `waiting` says what waits beside what readers have."""

    code: str
    words: str
    waiting: str = ""

    @property
    def icon(self) -> str:
        return ICONS[self.code]

    def __str__(self) -> str:
        return f"{self.words} · {self.waiting}" if self.waiting else self.words


def state_of(lesson: Lesson, draft: LessonDraft | None, now: datetime) -> State:
    waiting = waiting_of(draft) if draft else ""
    if lesson.status == Status.PUBLISHED:
        at = lesson.publish_at
        if at and at > now:
            return State("scheduled", _("Scheduled for %s") % moment(at), waiting)
        return State("published", _("Published"), waiting)
    return State(lesson.status, str(Status(lesson.status).label), waiting)


def waiting_of(draft: LessonDraft) -> str:
    if draft.problem:
        return _("changes that could not be published: %s") % draft.get_problem_display()
    if draft.publish_at:
        return _("changes scheduled for %s") % moment(draft.publish_at)
    if draft.state == LessonDraft.State.REVIEW:
        return _("changes in review")
    if draft.updated_by:
        return _("draft by %s") % draft.updated_by
    return _("draft")


def moment(at: datetime) -> str:
    """On the reader's own clock, as in “24 Nov 09:00”; with the year where it is another one."""
    here = localtime(at)
    day = date_format(here, "j M" if here.year == localtime().year else "j M Y")
    return f"{day} {date_format(here, 'H:i')}"
