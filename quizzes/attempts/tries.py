"""A learner's attempts at one quiz, and which of them counts."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from quizzes.attempts.counting import Counted, counted
from quizzes.attempts.ends import end_if_over
from quizzes.attempts.windows import Window, latest
from quizzes.models import Attempt, Quiz

FIELDS = ["submitted_at", "deadline_at", "score", "awaiting", "others_until"]


@dataclass(frozen=True, slots=True)
class Tries:
    """`finished` the first handed in first; `opened` can be gone on with."""

    finished: tuple[Attempt, ...]
    opened: Attempt | None
    counts: Counted | None

    @property
    def used(self) -> int:
        return len(self.finished) + (self.opened is not None)

    @property
    def last(self) -> Attempt | None:
        return self.finished[-1] if self.finished else None

    @property
    def counting(self) -> Attempt | None:
        """The one that counts; None where there is none, or all count together."""
        at = self.counts.at if self.counts else None
        return None if at is None else self.finished[at]

    def others_until(self, window: Window) -> datetime | None:
        """What holds all results back until then. Those of one attempt tell about another, which
        may have been begun by other rules; so do those from before one came into a class."""
        return latest([window.others_until, *(one.others_until for one in self.finished)])


def tries_of(user: User, quiz: Quiz, *, now: datetime, read_only: bool = False) -> Tries:
    """One query, unless an attempt's time is up: then it is closed first, if not `read_only`."""
    mine = list(Attempt.objects.of(user).filter(quiz=quiz).only(*FIELDS))
    opened = next((one for one in mine if one.submitted_at is None), None)
    if opened is not None:
        opened.quiz = quiz
        if not read_only and end_if_over(opened, now=now):
            return tries_of(user, quiz, now=now)
    finished = sorted((one for one in mine if one.submitted_at), key=handed_in_at)
    scores = [one.score or 0.0 for one in finished]
    return Tries(tuple(finished), opened, counted(scores, quiz.counts, quiz.pass_mark))


def handed_in_at(attempt: Attempt) -> tuple[datetime, str]:
    assert attempt.submitted_at is not None  # noqa: S101  (for the type: it is finished)
    return attempt.submitted_at, str(attempt.pk)
