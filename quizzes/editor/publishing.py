"""What becomes of questions: given to learners now or at a time, or taken back."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from courses import editing
from courses.content.documents import name_of
from courses.history.recording import Change, catch_up, record
from courses.models import Course, Revision
from quizzes.models import Question

logger = logging.getLogger(__name__)

COURSE = "concept__lesson__track__course"


@transaction.atomic
def set_state(*, questions: Sequence[Question], state: str) -> None:
    """Any state but scheduled, which needs a time. A time that waited is forgotten."""
    editing.set_status(things=questions, status=state, course=COURSE)
    chosen = Question.objects.filter(pk__in=[question.pk for question in questions])
    chosen.exclude(publish_at=None).update(publish_at=None)


def publish_due_questions(now: datetime) -> None:
    """Publish every scheduled question whose time has come. Done twice, it is done once."""
    due = Question.objects.due(now).order_by("publish_at", "pk")
    for pk, address in list(due.values_list("pk", "slug")):
        try:
            publish_due(pk, now)
        except Exception:  # a mistake of ours in one question is not to stop all the others
            logger.exception("The question %s could not be published.", address)


@transaction.atomic
def publish_due(pk: int, now: datetime) -> None:
    """Of its own transaction, so that one that fails keeps no other from its learners."""
    lock_course_of(pk)
    locked = Question.objects.due(now).select_for_update(of=("self",))
    question = locked.select_related(COURSE).filter(pk=pk).first()
    if question is None:
        return
    lesson = question.concept.lesson
    course, names = lesson.track.course, {name_of(lesson)}
    catch_up(course=course, names=names, now=now)
    question.status, question.publish_at = Question.State.PUBLISHED, None
    question.save(update_fields=["status", "publish_at"])
    saved = last_saved(pk)
    change = Change(Revision.Source.EDITOR, by=saved.user if saved else None)
    record(course=course, names=names, change=change, now=now)


def lock_course_of(question: int | str) -> None:
    """Wait for the row that every writer of content locks first, so that no two wait for each
    other. To be called in a transaction, before anything else of it is locked."""
    courses = Course.objects.select_for_update(of=("self",))
    courses.filter(tracks__lessons__concepts__questions__pk=question).first()


def last_saved(question: int | str | None) -> LogEntry | None:
    """By whom and when, as far as the admin's log tells."""
    kind = ContentType.objects.get_for_model(Question)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(question))
    return entries.select_related("user").order_by("-action_time", "-pk").first()
