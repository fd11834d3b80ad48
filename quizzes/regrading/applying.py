"""Grading finished answers again, by the key that their question has now.

Editing a question changes no attempt. This does, and only this: after a preview, in one
transaction, with a log of every score.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from courses import progress
from quizzes.attempts.telling import tell_lesson
from quizzes.models import Attempt, Question, QuestionVersion, Quiz, Regrade, Response, ScoreChange
from quizzes.question_versions import digest_of, find
from quizzes.question_versions import version as version_now
from quizzes.regrading.preview import Change, Preview, graded_otherwise, of_machine, preview

# Rows a statement.
MANY = 500


class PreviewChangedError(Exception):
    """What was confirmed is not what would happen any more; `preview` is what would."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        super().__init__("The preview has changed.")


def key_of(question: Question, *, now: datetime) -> QuestionVersion:
    """What the question says now: its stored version, or one that nobody was asked yet."""
    digest = digest_of(question)
    return find({question.pk: digest}).get(question.pk) or version_now(question, digest, now)


def is_worthwhile(question: Question, *, now: datetime) -> bool:
    """Whether finished answers were graded by another key than the question has now."""
    version = key_of(question, now=now)
    return of_machine(graded_otherwise(question, version), version).exists()


@transaction.atomic
def apply(
    *,
    question: Question,
    version: QuestionVersion,
    by: User,
    reason: str,
    now: datetime,
    expected: str,
) -> Regrade | None:
    """Grade by the key of `version`, which is stored, just as the preview `expected` said.

    Two requests at once do it once; None where nothing is left to grade. Lessons are told what
    counts now; a pass or a best score that a lesson knows of stays, whatever becomes of the
    attempt. Raises PreviewChangedError, PayloadError.
    """
    lock(question, version)
    found = preview(question, version)
    if not found.readable:
        return None
    if found.digest != expected:
        raise PreviewChangedError(found)
    regrade = Regrade.objects.create(
        question=question, version=version, made_by=by, made_at=now, reason=reason
    )
    log(found, regrade)
    write_responses(found)
    changed = {one.attempt.pk: one for one in found.changes}.values()
    counted_anew = [one.attempt for one in changed if one.newly_passes or not keeps_best(one)]
    write_attempts(found.changes)
    for attempt in counted_anew:
        tell_lesson(attempt, now=now)
    raise_best(one for one in changed if keeps_best(one))
    return regrade


def lock(question: Question, version: QuestionVersion) -> None:
    """The question, so that two regrades take turns, then its attempts, in order."""
    Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    answered = of_machine(graded_otherwise(question, version), version)
    attempts = Attempt.objects.filter(pk__in=answered.order_by().values("attempt"))
    list(attempts.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def log(found: Preview, regrade: Regrade) -> None:
    ScoreChange.objects.bulk_create(
        [
            ScoreChange(
                response_id=change.answered.response,
                regrade=regrade,
                changed_by=regrade.made_by,
                changed_at=regrade.made_at,
                before=change.answered.before,
                after=change.after,
                attempt_before=change.attempt_before,
                attempt_after=change.attempt_after,
            )
            for change in found.changes
        ],
        batch_size=MANY,
    )


def write_responses(found: Preview) -> None:
    """Unchanged ones included: their key is new."""
    alike: dict[Any, list[int]] = defaultdict(list)
    for answered in (*(change.answered for change in found.changes), *found.unchanged):
        own = answered.version == found.version.pk
        alike[answered.after, None if own else found.version.pk].append(answered.response)
    for (score, key), some in portions(alike):
        Response.objects.filter(pk__in=some).update(score=score, regraded_as=key)


def write_attempts(changes: Sequence[Change]) -> None:
    alike: dict[Any, list[UUID]] = defaultdict(list)
    for attempt, change in {one.attempt.pk: one for one in changes}.items():
        change.attempt.score, change.attempt.passed = change.attempt_after, change.passed_after
        alike[change.attempt_after, change.passed_after].append(attempt)
    for (score, passed), some in portions(alike):
        Attempt.objects.filter(pk__in=some).update(score=score, passed=passed)


def keeps_best(change: Change) -> bool:
    """Whether the lesson keeps the best score by itself: then one that falls tells it nothing."""
    return change.attempt.quiz.counts == Quiz.Counts.BEST


def raise_best(changes: Iterable[Change]) -> None:
    """Without a new pass the score is all that a lesson learns, so those told alike are one."""
    alike: dict[Any, list[int]] = defaultdict(list)
    for change in changes:
        attempt = change.attempt
        if attempt.quiz.lesson_id and not attempt.withheld:
            alike[attempt.quiz.lesson_id, change.attempt_after].append(attempt.user_id)
    for (lesson, score), some in portions(alike):
        progress.raise_quiz_score(lesson_id=lesson, users=some, score=score)


def portions(alike: Mapping[Any, Sequence[Any]]) -> Iterator[tuple[Any, Sequence[Any]]]:
    """Rows that are written alike go into one statement, so that thousands take a few."""
    for values, ids in alike.items():
        for start in range(0, len(ids), MANY):
            yield values, ids[start : start + MANY]
