"""An open attempt as its learner sees it: the steps, and one question at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from courses.statements import fetch
from quizzes.attempts.disclosure import lets_try_again, tells_at_once
from quizzes.attempts.graded import Graded, graded, seed_of
from quizzes.attempts.grading import is_answered, mark
from quizzes.attempts.responses import as_points, responses_of
from quizzes.kinds import Answer, verdict_of
from quizzes.models import Attempt, Response
from quizzes.showing import Asked, asked
from quizzes.sources import sources_of
from quizzes.wording import Wording, wording_of, words_of

ABOUT = """
SELECT response.points, attempt.seed, quiz.title,
       (SELECT COUNT(*) FROM quizzes_response other WHERE other.attempt_id = attempt.id)
  FROM quizzes_response response
  JOIN quizzes_attempt attempt ON attempt.id = response.attempt_id
  JOIN quizzes_quiz quiz ON quiz.id = attempt.quiz_id
 WHERE response.id = %s"""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown: the question `place` ("3", or "end"), else where the learner stopped.

    `trying`: once more after it was checked. `answer` is what was sent, and is kept nowhere:
    `tried` to see what is right, else to be put into the form again.
    """

    place: str = ""
    trying: bool = False
    answer: Answer | None = None
    tried: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """`state`: nothing, "saved", or once checked "right", "part", "wrong" or "pending"."""

    number: int
    state: str
    here: bool

    @property
    def answered(self) -> bool:
        return bool(self.state)


@dataclass(frozen=True, slots=True)
class Card:
    """One question. `saved_at` is None until it has an answer.

    `asked` is its form, while it is to be answered, `next` the place after it. `graded` says
    what is right, of the answer that counts or of one that was tried. `checks`: it can be
    checked; `again`: it can be tried after that.
    """

    number: int
    next: str
    asked: Asked | None
    saved_at: datetime | None
    checks: bool
    trying: bool
    again_after: bool
    again: bool
    graded: Graded | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """`card` is None at the end, where the learner hands in."""

    steps: tuple[Step, ...]
    card: Card | None

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def unanswered(self) -> list[int]:
        return [step.number for step in self.steps if not step.answered]


@dataclass(frozen=True, slots=True)
class Checked:
    """One question that has just been checked, and its step; of the others only the `total`."""

    total: int
    step: Step
    card: Card


def sitting(attempt: Attempt, wish: Wish) -> Sitting:
    """The attempt at one place. One query, and one more where something checked is shown."""
    responses = responses_of(attempt)
    number = place_of(wish.place, responses)
    here = [response for response in responses if response.position == number]
    return seen(attempt, responses, here, wish)[0] if here else Sitting(steps(responses, 0), None)


def cards(attempt: Attempt) -> list[Sitting]:
    """The attempt at every question and at its end; as many queries as at one place."""
    responses = responses_of(attempt)
    return [*seen(attempt, responses, responses, Wish()), Sitting(steps(responses, 0), None)]


def checked(response: Response) -> Checked:
    """Of a response as `quizzes.attempts.check` gives it once it has graded it. Two queries."""
    attempt, question = response.attempt, response.version.question_id
    ((points, attempt.seed, attempt.quiz.title, total),) = fetch(ABOUT, [response.pk])
    response.points = as_points(points)
    words = wording_of(response.version)
    grade = graded(attempt, response, words, sources_of([question])[question])
    after = str(response.position + 1) if response.position < total else "end"
    card = card_of(attempt, response, words, grade, Wish(), after)
    return Checked(total, Step(response.position, state_of(response), here=False), card)


def seen(
    attempt: Attempt, responses: Sequence[Response], shown: Sequence[Response], wish: Wish
) -> list[Sitting]:
    words = words_of([response.version for response in shown])
    told = {one.pk: told_of(one, wish) for one in shown}
    sources = sources_of(one.version.question_id for one in shown if told[one.pk])
    found = []
    for response in shown:
        said = words[response.version_id]
        grade = None
        if version := told[response.pk]:
            source = sources[response.version.question_id]
            grade = graded(attempt, version, said, source)
        after = str(response.position + 1) if response is not responses[-1] else "end"
        card = card_of(attempt, response, said, grade, wish, after)
        found.append(Sitting(steps(responses, response.position), card))
    return found


def told_of(response: Response, wish: Wish) -> Response | None:
    """The response as it is explained: with its answer that counts, or with one that was tried."""
    if response.checked_at is None:
        return None
    if not wish.trying:
        return response
    return tried(response, wish.answer) if wish.tried else None


def tried(response: Response, answer: Answer | None) -> Response:
    """Graded for once: kept nowhere."""
    version = response.version
    again = Response(position=response.position, version=version, points=response.points)
    mark(again, answer)
    return again


def steps(responses: Sequence[Response], here: int) -> tuple[Step, ...]:
    return tuple(
        Step(response.position, state_of(response), response.position == here)
        for response in responses
    )


def state_of(response: Response) -> str:
    if response.checked_at is None:
        return "saved" if is_answered(response) else ""
    return "pending" if response.score is None else verdict_of(response.score)


def place_of(wanted: str, responses: Sequence[Response]) -> int:
    """The position asked for, or of the first open question; 0 stands for the end."""
    if wanted == "end":
        return 0
    for response in responses:
        if str(response.position) == wanted:
            return response.position
    return next((one.position for one in responses if not is_answered(one)), 0)


def card_of(
    attempt: Attempt,
    response: Response,
    words: Wording,
    grade: Graded | None,
    wish: Wish,
    after: str,
) -> Card:
    checked = response.checked_at is not None
    trying = wish.trying and checked
    answer = wish.answer if trying or wish.answer else response.newest_answer
    seed = seed_of(attempt, response)
    return Card(
        number=response.position,
        next=after,
        asked=None if grade else asked(response.version, words, seed=seed, answer=answer),
        saved_at=response.newest_at if is_answered(response) else None,
        checks=tells_at_once(attempt.quiz) and not checked,
        trying=trying,
        again_after=lets_try_again(attempt.quiz),
        again=checked and lets_try_again(attempt.quiz),
        graded=grade,
    )
