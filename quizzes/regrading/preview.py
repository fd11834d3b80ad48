"""Whose score would change, and how, if finished answers were graded by another version's key.

Nothing is written here: `quizzes.regrading.applying` does what a preview says.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from quizzes.attempts.counting import passes
from quizzes.attempts.scoring import score_of
from quizzes.kinds import KINDS, AnswerError
from quizzes.models import Attempt, Question, QuestionVersion, Response

BY_PEOPLE = [Response.GradedBy.SELF, Response.GradedBy.PERSON]


@dataclass(frozen=True, slots=True)
class Answered:
    """One finished answer: what it scores now, and by the new key; None: that cannot read it."""

    response: int
    attempt: UUID
    version: int
    key: int
    answer: Any
    before: float
    after: float | None

    @property
    def changes(self) -> bool:
        return self.after is not None and self.after != self.before


@dataclass(frozen=True, slots=True)
class Change:
    """An answer whose score would change, with its attempt as it is and as it would be."""

    answered: Answered
    after: float
    attempt: Attempt
    attempt_before: float
    attempt_after: float
    passed_after: bool

    @property
    def newly_passes(self) -> bool:
        return self.passed_after and not self.attempt.passed


@dataclass(frozen=True, slots=True)
class Preview:
    """What regrading by `version` would do; `digest` is another one as soon as any of it is.

    `unreadable` answers make no sense by the new key, those of `other_kind` cannot be graded by
    it, and those graded `by_people` stay as they said.
    """

    version: QuestionVersion
    changes: tuple[Change, ...]
    unchanged: tuple[Answered, ...]
    unreadable: tuple[Answered, ...]
    keys: tuple[tuple[QuestionVersion, int], ...]
    other_kind: int
    by_people: int
    digest: str

    @property
    def readable(self) -> int:
        return len(self.changes) + len(self.unchanged)

    @property
    def newly_pass(self) -> int:
        return sum(change.newly_passes for change in self.changes)

    @property
    def no_longer_pass(self) -> int:
        return sum(one.attempt.passed and not one.passed_after for one in self.changes)


def graded_otherwise(question: Question, version: QuestionVersion) -> QuerySet[Response]:
    """Finished answers to `question` that were graded by another key than `version`'s.

    `version` need not have been stored: then nothing was graded by it.
    """
    key = Q(regraded_as=version.pk) | Q(regraded_as=None, version=version.pk)
    finished = Response.objects.filter(
        version__question=question, attempt__submitted_at__isnull=False, score__isnull=False
    )
    return finished.exclude(key) if version.pk else finished


def of_machine(responses: QuerySet[Response], version: QuestionVersion) -> QuerySet[Response]:
    """Those that the key of `version` may grade again."""
    return responses.filter(version__kind=version.kind).exclude(graded_by__in=BY_PEOPLE)


def preview(question: Question, version: QuestionVersion) -> Preview:
    """Six queries, however many answers. Raises PayloadError if the new key is broken."""
    KINDS[version.kind].read(version.payload)
    responses = graded_otherwise(question, version)
    gradable = of_machine(responses, version)
    answered = answers_by(gradable, version)
    changes = changes_of({one.response: one for one in answered if one.changes}, gradable)
    return Preview(
        version=version,
        changes=changes,
        unchanged=tuple(one for one in answered if one.after == one.before),
        unreadable=tuple(one for one in answered if one.after is None),
        keys=keys_of(answered),
        other_kind=responses.exclude(version__kind=version.kind).count(),
        by_people=responses.filter(version__kind=version.kind, graded_by__in=BY_PEOPLE).count(),
        digest=digest_of(version, answered, changes),
    )


def answers_by(responses: QuerySet[Response], version: QuestionVersion) -> tuple[Answered, ...]:
    """In the order of handing in; equal answers are graded once."""
    rows = responses.order_by("attempt__submitted_at", "pk").values_list(
        "pk", "attempt_id", "version_id", "regraded_as_id", "answer", "score"
    )
    known: dict[str, float | None] = {}
    found = []
    for pk, attempt, asked, regraded, answer, score in rows:
        said = json.dumps(answer, sort_keys=True)
        if said not in known:
            known[said] = score_by(version, answer)
        before, after = score or 0.0, known[said]
        found.append(Answered(pk, attempt, asked, regraded or asked, answer, before, after))
    return tuple(found)


def score_by(version: QuestionVersion, answer: Any) -> float | None:
    try:
        outcome = KINDS[version.kind].grade(version.payload, answer)
    except AnswerError:
        return None
    return None if outcome.pending else outcome.score


def changes_of(
    changed: Mapping[int, Answered], responses: QuerySet[Response]
) -> tuple[Change, ...]:
    if not changed:
        return ()
    attempts = responses.order_by().values("attempt")
    concerned = {one.attempt for one in changed.values()}
    scores = new_scores(changed, attempts)
    found = Attempt.objects.filter(pk__in=attempts)
    by_id = {
        attempt.pk: attempt
        for attempt in found.select_related("user", "quiz__lesson__track__course")
        if attempt.pk in concerned
    }
    return tuple(
        change_of(one, by_id[one.attempt], scores[one.attempt]) for one in changed.values()
    )


def new_scores(changed: Mapping[int, Answered], attempts: QuerySet[Any]) -> dict[UUID, float]:
    """What each attempt would score, with all that changes in it."""
    answers: dict[UUID, list[tuple[Decimal, float | None]]] = defaultdict(list)
    rows = Response.objects.filter(attempt__in=attempts).order_by("position")
    for pk, attempt, points, score in rows.values_list("pk", "attempt_id", "points", "score"):
        answers[attempt].append((points, changed[pk].after if pk in changed else score))
    return {attempt: score_of(own) for attempt, own in answers.items()}


def change_of(answered: Answered, attempt: Attempt, score: float) -> Change:
    return Change(
        answered=answered,
        after=answered.after or 0.0,
        attempt=attempt,
        attempt_before=attempt.score or 0.0,
        attempt_after=score,
        passed_after=passes(score, attempt.quiz.pass_mark),
    )


def keys_of(answered: Iterable[Answered]) -> tuple[tuple[QuestionVersion, int], ...]:
    """The keys by which the answers were graded so far, each with their number, most first."""
    numbers = Counter(one.key for one in answered)
    versions = QuestionVersion.objects.in_bulk(numbers)
    return tuple((versions[pk], number) for pk, number in numbers.most_common())


def digest_of(
    version: QuestionVersion, answered: Sequence[Answered], changes: Sequence[Change]
) -> str:
    said = [
        version.digest,
        [(one.response, one.key, one.before, one.after) for one in answered],
        [(str(one.attempt.pk), one.attempt_before, one.attempt_after) for one in changes],
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
