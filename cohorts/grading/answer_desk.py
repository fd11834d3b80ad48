"""One quiz answer on the desk of who grades it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cohorts.gradebook.numbers import plain
from cohorts.grading.answers import points_of
from cohorts.grading.pile import Place, answers_of
from cohorts.grading.wanted import Wanted
from cohorts.models import Cohort, Membership
from quizzes.attempts.grading import outcome_of
from quizzes.grading_forms import HandGradingForm
from quizzes.hand_grading import seen_of
from quizzes.models import Quiz, Response
from quizzes.showing import Explained, explained
from quizzes.wording import words_of


@dataclass(frozen=True, slots=True)
class AnswerDesk:
    response: Response
    member: Membership
    asked: Explained

    @property
    def quiz(self) -> Quiz:
        return self.response.attempt.quiz

    @property
    def place(self) -> Place:
        placed: Any = self.response
        return Place(placed.at, placed.key)

    @property
    def score(self) -> Decimal | None:
        """In points; None while it waits."""
        return points_of(self.response, self.response.score)

    def form(self, data: Any = None, initial: Any = None) -> HandGradingForm:
        said = self.said() if initial is None else initial
        return HandGradingForm(data, points=self.response.points, initial=said)

    def said(self) -> dict[str, Any]:
        said: dict[str, Any] = {"comment": self.response.comment, "seen": seen_of(self.response)}
        if self.score is not None:
            said["score"] = plain(self.score)
        return said


def find_answer(cohort: Cohort, key: int) -> AnswerDesk:
    """Two queries. Raises Response.DoesNotExist for what no person grades in this class."""
    found = answers_of(cohort, Wanted()).select_related(
        "attempt__user", "attempt__quiz__lesson__track__course", "version", "regraded_as"
    )
    response: Response = found.get(pk=key)
    member = Membership.objects.filter(cohort=cohort, user=response.attempt.user).named()
    learner = member.select_related("group").get()
    learner.cohort, learner.user = cohort, response.attempt.user
    words = words_of([response.version])[response.version_id]
    shown = explained(
        response.version, words, outcome_of(response), seed="", answer=response.answer
    )
    return AnswerDesk(response, learner, shown)
