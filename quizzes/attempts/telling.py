"""What an attempt means elsewhere: the lesson's progress, and cards to review.

Told once the learner may know it. Until then the attempt is `withheld`.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from courses import progress
from quizzes.attempts.counting import counted
from quizzes.kinds import KINDS
from quizzes.models import Attempt, Quiz, Response
from quizzes.review.cards import remember_answers


def tell(attempt: Attempt, responses: Iterable[Response], *, now: datetime) -> None:
    """Three queries at most beside those of the lesson's progress."""
    tell_lesson(attempt, now=now)
    answers = [
        (response.version.question_id, response.score or 0.0)
        for response in responses
        if not KINDS[response.version.kind].is_empty(response.answer)
    ]
    remember_answers(user=attempt.user, answers=answers, now=now)


def tell_lesson(attempt: Attempt, *, now: datetime) -> None:
    """Tell the lesson of the quiz what counts now: after handing in, and after a new score.

    Nothing of an attempt whose results are withheld.
    """
    quiz = attempt.quiz
    if quiz.lesson is None or attempt.withheld:
        return
    counts = counted(scores_with(attempt), quiz.counts, quiz.pass_mark)
    if counts is not None:
        progress.quiz_finished(
            user=attempt.user,
            lesson=quiz.lesson,
            score=counts.score,
            passed=counts.passed,
            now=now,
            replaces=quiz.counts != Quiz.Counts.BEST,
        )


def scores_with(attempt: Attempt) -> Sequence[float]:
    """The scores to count from, with this one as it is in memory; a query only where needed."""
    if attempt.quiz.counts == Quiz.Counts.BEST:
        # Progress keeps the best itself.
        return [attempt.score or 0.0]
    mine = Attempt.objects.of(attempt.user).handed_in()
    rows = mine.filter(quiz=attempt.quiz, withheld=False)
    scores = dict(rows.order_by("submitted_at", "pk").values_list("pk", "score"))
    return [score or 0.0 for score in (scores | {attempt.pk: attempt.score}).values()]
