"""Drafts whose time has come, given to readers one by one."""

import logging
from datetime import datetime

from django.db import OperationalError, transaction

from courses.editor.desk import locked
from courses.editor.publishing import ChangedError, RefusedError, Words, publish
from courses.models import LessonDraft, Status

logger = logging.getLogger(__name__)
Problem = LessonDraft.Problem


def publish_due(now: datetime) -> None:
    """Publish each draft whose time has come. One that cannot be published stays and says so.

    It keeps none of the others from their readers, whatever is wrong with it, and is logged once.
    """
    due = LessonDraft.objects.due(now).order_by("publish_at", "pk")
    rows = list(due.values_list("lesson", "lesson__track__slug", "lesson__slug"))
    for lesson_id, track, slug in rows:
        address = f"{track}/{slug}"
        try:
            publish_draft(lesson_id, now)
        except (ChangedError, RefusedError) as error:
            kind = Problem.CHANGED if isinstance(error, ChangedError) else Problem.REFUSED
            logger.warning("The draft of %s was not published: %r.", address, error)
            keep_problem(lesson_id, kind, now)
        except OperationalError:  # of the database's, not of the draft's: tried again
            logger.exception("The draft of %s could not be published yet.", address)
        except Exception:  # a mistake of ours in one text is not to stop all the others
            logger.exception("The draft of %s could not be published.", address)
            keep_problem(lesson_id, Problem.FAILED, now)


@transaction.atomic
def publish_draft(lesson_id: int, now: datetime) -> None:
    """Raises ChangedError and RefusedError."""
    desk = locked(lesson_id, now)
    draft = desk.draft
    # Somebody may have taken the date or the lesson back since it was listed.
    if draft is None or draft.publish_at is None or draft.publish_at > now:
        return
    if desk.lesson.status == Status.PUBLISHED:
        words = Words(draft.mark, draft.note)
        by = draft.updated_by
        publish(lesson_id=lesson_id, seen=desk.stamp, by=by, now=now, words=words)


def keep_problem(lesson_id: int, problem: str, now: datetime) -> None:
    LessonDraft.objects.due(now).filter(lesson=lesson_id).update(problem=problem)
