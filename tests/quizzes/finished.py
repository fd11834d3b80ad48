"""Attempts that are over, as rows: made in bulk, graded by the keys that were asked."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from quizzes.kinds import KINDS, Answer
from quizzes.models import Attempt, Question, QuestionVersion, Quiz, Response
from quizzes.question_versions import versions_of
from tests.factories import UserFactory

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def version_of(question: Question) -> QuestionVersion:
    """What the question says now."""
    return versions_of([question], now=NOW)[0]


def finished(
    quiz: Quiz, *answers: Answer | None, user: User | None = None, **fields: Any
) -> Attempt:
    """An attempt with an answer to each question of `quiz`, each taking 10 seconds more."""
    places = list(quiz.places.select_related("question"))
    responses = [
        response_to(version_of(place.question), at, answer, place.points)
        for at, (place, answer) in enumerate(zip(places, answers, strict=True), 1)
    ]
    total = sum(float(one.points) for one in responses)
    score = sum(float(one.points) * (one.score or 0) for one in responses) / total
    said = {
        "user": user or UserFactory(),
        "seed": 0,
        "started_at": NOW - timedelta(hours=1),
        "submitted_at": NOW,
        "score": score,
        "passed": round(score * 100) >= quiz.pass_mark,
        "awaiting": sum(one.score is None for one in responses),
    }
    attempt = Attempt.objects.create(quiz=quiz, **(said | fields))
    for response in responses:
        response.attempt = attempt
    Response.objects.bulk_create(responses)
    return attempt


def response_to(
    version: QuestionVersion, position: int, answer: Answer | None, points: Decimal
) -> Response:
    outcome = KINDS[version.kind].grade(version.payload, answer)
    return Response(
        position=position,
        version=version,
        points=points,
        answer=answer,
        score=None if outcome.pending else outcome.score,
        graded_by="" if outcome.pending else Response.GradedBy.MACHINE,
        seconds=10.0 * position,
    )
