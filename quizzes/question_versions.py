"""What a question says right now, as a row that never changes."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from quizzes.models import Question, QuestionVersion


def digest_of(question: Question) -> str:
    """Of everything that a learner sees or is graded by; slug, concept and difficulty are not."""
    said = [question.kind, question.prompt, question.payload, question.explanation]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def versions_of(questions: Sequence[Question], *, now: datetime) -> list[QuestionVersion]:
    """The current version of each question, in their order, made where it is new.

    One query, or three where something is new, however many questions.
    """
    digests = {question.pk: digest_of(question) for question in questions}
    found = find(digests)
    # In order of their keys, so that two who make the same ones cannot block each other.
    new = sorted((one for one in questions if one.pk not in found), key=lambda one: one.pk)
    if new:
        QuestionVersion.objects.bulk_create(
            [version(question, digests[question.pk], now) for question in new],
            ignore_conflicts=True,
        )
        found = find(digests)
    return [found[question.pk] for question in questions]


def find(digests: dict[int, str]) -> dict[int, QuestionVersion]:
    stored = QuestionVersion.objects.filter(question__in=digests, digest__in=digests.values())
    return {one.question_id: one for one in stored if one.digest == digests[one.question_id]}


def version(question: Question, digest: str, now: datetime) -> QuestionVersion:
    return QuestionVersion(
        question=question,
        digest=digest,
        kind=question.kind,
        prompt=question.prompt,
        payload=question.payload,
        explanation=question.explanation,
        created_at=now,
    )
