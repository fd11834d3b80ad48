"""What the quizzes app keeps about a learner."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Prefetch
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import Row, Section, register
from quizzes.kinds import KINDS, AnswerError, PayloadError
from quizzes.models import (
    AnswerRecord,
    Attempt,
    QuestionPreview,
    QuestionVersion,
    Regrade,
    Response,
    ScoreChange,
)


def attempts(user: User) -> Iterator[Row]:
    """Each with its responses and all that was saved; never what the right answer is, nor a
    result before the quiz shows it."""
    changes = ScoreChange.objects.select_related("regrade").order_by("changed_at", "pk")
    responses = Response.objects.select_related("version").prefetch_related(
        "records", Prefetch("changes", changes)
    )
    mine = Attempt.objects.filter(user=user).select_related("quiz").order_by("started_at", "pk")
    for attempt in mine.prefetch_related(Prefetch("responses", responses)):
        shown = not attempt.withheld
        yield {
            "quiz": attempt.quiz.title,
            "started": attempt.started_at,
            "handed_in": attempt.submitted_at,
            "score": attempt.score if shown else None,
            "passed": attempt.passed if shown else None,
            "responses": [response_row(response, shown) for response in attempt.responses.all()],
        }


def response_row(response: Response, shown: bool) -> Row:
    result = {
        "score": response.score,
        "graded": str(response.get_graded_by_display()),
        "comment": response.comment,
        "score_changes": [change_row(change) for change in response.changes.all()],
    }
    return {
        "question": response.version.prompt,
        "answer": in_words(response.version, response.answer),
        **(result if shown else {}),
        "seconds": response.seconds,
        "saved_answers": [saved_row(response, record) for record in response.records.all()],
    }


def saved_row(response: Response, record: AnswerRecord) -> Row:
    return {
        "answer": in_words(response.version, record.answer),
        "sequence": record.sequence,
        "received": record.received_at,
        "late": record.late,
    }


def change_row(change: ScoreChange) -> Row:
    return {
        "changed": change.changed_at,
        "before": change.before,
        "after": change.after,
        "reason": change.regrade.reason if change.regrade else "",
    }


def regrades(user: User) -> Iterator[Row]:
    mine = Regrade.objects.filter(made_by=user).select_related("version").order_by("made_at", "pk")
    for regrade in mine.annotate(number=Count("changes")):
        yield {
            "question": regrade.version.prompt,
            "made": regrade.made_at,
            "reason": regrade.reason,
            "scores_changed": regrade.number,
        }


def grades_given(user: User) -> Iterator[Row]:
    """By hand; whose answers they were is not for this export."""
    place = "response__attempt__quiz"
    mine = ScoreChange.objects.filter(changed_by=user, regrade=None).order_by("changed_at", "pk")
    for change in mine.select_related(place, "response__version"):
        yield {
            "quiz": change.response.attempt.quiz.title,
            "question": change.response.version.prompt,
            "given": change.changed_at,
            "before": change.before,
            "after": change.after,
        }


def previews(user: User) -> Iterator[Row]:
    """Never the link itself, which opens to whoever has it."""
    mine = QuestionPreview.objects.filter(made_by=user).select_related("question").order_by("pk")
    for preview in mine:
        yield {
            "question": preview.question.prompt,
            "made": preview.made_at,
            "expires": preview.expires_at,
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
    ),
    Section(
        "regrades",
        _("Regrades you made"),
        regrades,
        _("They stay in the log of the question, without your name."),
    ),
    Section(
        "grades-given",
        _("Answers you graded"),
        grades_given,
        _("The grades stay with the learners, without your name."),
    ),
    Section(
        "question-previews",
        _("Preview links of questions"),
        previews,
        _("Deleted. The links no longer work."),
    ),
)
