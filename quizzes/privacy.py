"""What the quizzes app keeps about a learner."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import Row, Section, register
from quizzes.kinds import KINDS, AnswerError, PayloadError
from quizzes.models import AnswerRecord, Attempt, QuestionVersion, Response


def attempts(user: User) -> Iterator[Row]:
    """Each with its responses and all that was saved; never what the right answer is."""
    responses = Response.objects.select_related("version").prefetch_related("records")
    mine = Attempt.objects.filter(user=user).select_related("quiz").order_by("started_at", "pk")
    for attempt in mine.prefetch_related(Prefetch("responses", responses)):
        yield {
            "quiz": attempt.quiz.title,
            "started": attempt.started_at,
            "handed_in": attempt.submitted_at,
            "score": attempt.score,
            "passed": attempt.passed,
            "responses": [response_row(response) for response in attempt.responses.all()],
        }


def response_row(response: Response) -> Row:
    return {
        "question": response.version.prompt,
        "answer": in_words(response.version, response.answer),
        "score": response.score,
        "saved_answers": [saved_row(response, record) for record in response.records.all()],
    }


def saved_row(response: Response, record: AnswerRecord) -> Row:
    return {
        "answer": in_words(response.version, record.answer),
        "sequence": record.sequence,
        "received": record.received_at,
    }


def in_words(version: QuestionVersion, answer: Any) -> Any:
    """The answer in words, or as stored where they cannot be told."""
    if answer is None:
        return None
    try:
        return KINDS[version.kind].in_words(version.payload, answer)
    except (KeyError, PayloadError, AnswerError):
        return answer


register(
    Section(
        "attempts",
        _("Quizzes you took"),
        attempts,
        _("Attempts, answers and results are deleted. The questions stay."),
    )
)
