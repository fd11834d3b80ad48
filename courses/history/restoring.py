"""An earlier version of a document, brought back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from courses.content.applying import apply, problems_in
from courses.content.documents import COURSE, Document, document, documents_of, name_of
from courses.content.problems import Problem
from courses.history.recording import Change, catch_up, record
from courses.models import Course, Lesson, Revision, Status
from courses.signals import renew

STATE = ("status", "publish_at")
ASKED = ("questions", "quiz")


class RefusedError(Exception):
    """The course is no longer one in which this version could stand."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


@transaction.atomic
def restore(
    *,
    revision: Revision,
    by: User | None,
    note: str,
    now: datetime,
    mark: str = "",
    questions: bool = True,
    state: bool = False,
) -> list[Revision]:
    """Bring the rows to what `revision` says; what came later is archived. Gives what changed.

    A lesson's questions and quiz follow with `questions`, whether readers have it with `state`.
    It is a change like any other, so it can be taken back. Raises RefusedError.
    """
    course = revision.course
    catch_up(course=course, names=None, now=now)
    name, wanted = name_now(revision), document_of(revision, questions=questions, state=state)
    if problems := problems_in(course, name, wanted):
        raise RefusedError(problems)
    before = documents_of(course).keys()
    whole = questions and revision.lesson_id is not None
    apply(course=course, name=name, data=wanted, now=now, whole=whole)
    if name == COURSE:
        bring_back(course, wanted)
    said = note or note_of(revision)
    change = Change(Revision.Source.RESTORED, by=by, mark=mark, note=said)
    names = {name, *before, *documents_of(course)}
    return record(course=course, names=names, change=change, now=now)


def name_now(revision: Revision) -> str:
    """A lesson may have moved since."""
    return name_of(revision.lesson) if revision.lesson else revision.name


def document_now(revision: Revision, *, questions: bool = True) -> Document:
    today = document(revision.course, name_now(revision)) or {}
    return today if questions else without(today, ASKED)


def document_of(revision: Revision, *, questions: bool = True, state: bool = True) -> Document:
    """What `revision` says; a lesson without its questions, or in the state that it is in now."""
    said = dict(revision.data) if questions else without(revision.data, ASKED)
    if state or revision.lesson_id is None:
        return said
    today = document_now(revision)
    return without(said, STATE) | {key: today[key] for key in STATE if key in today}


def without(data: Mapping[str, Any], keys: Collection[str]) -> Document:
    return {key: value for key, value in data.items() if key not in keys}


def bring_back(course: Course, wanted: Document) -> None:
    """Lessons that the course listed and that were archived since, in the state of then."""
    listed = {
        f"{track['slug']}/{slug}.yaml" for track in wanted["tracks"] for slug in track["lessons"]
    }
    archived = Lesson.objects.filter(track__course=course, status=Status.ARCHIVED)
    gone = [one for one in archived.select_related("track") if name_of(one) in listed]
    for lesson in gone:
        kept = Revision.objects.of_lesson(lesson).exclude(data__status=Status.ARCHIVED).first()
        lesson.status = kept.data.get("status", Status.PUBLISHED) if kept else Status.DRAFT
    Lesson.objects.bulk_update(gone, ["status"])
    if gone:
        renew(course.pk)


def note_of(revision: Revision) -> str:
    when = date_format(localtime(revision.made_at), "j F Y, H:i")
    return _("Restored the version of %s") % when
