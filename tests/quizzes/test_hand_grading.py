from datetime import timedelta

import pytest

from accounts.models import User
from courses.models import Enrolment, LessonProgress
from courses.progress import enrol, leave
from quizzes.hand_grading import (
    GradedMeanwhileError,
    Neighbours,
    NotHandedInError,
    grade_by_hand,
    neighbours,
    queue,
    seen_of,
    waiting,
)
from quizzes.models import Attempt, Question, Quiz, Response, ScoreChange
from tests.quiz_factories import QuestionFactory, chosen, quiz_of
from tests.quizzes.finished import NOW, finished
from tests.quizzes.sql import queries

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)
FREE = {"model_answer": "Because it *scales*.", "criteria": ["It names the cost."]}


def free() -> Question:
    return QuestionFactory(kind="free", payload=FREE)


@pytest.fixture
def quiz(db: None) -> Quiz:
    """A question of one point that is graded at once, and one of three that is not."""
    quiz = quiz_of(QuestionFactory(), free(), mode="graded", pass_mark=70)
    quiz.places.filter(position=2).update(points=3)
    return quiz


@pytest.fixture
def written(quiz: Quiz, learner: User) -> Response:
    attempt = finished(quiz, chosen("a"), {"text": "It is big."}, user=learner)
    assert (attempt.score, attempt.passed, attempt.awaiting) == (0.25, False, 1)
    return attempt.responses.get(position=2)


def grade(response: Response, by: User, score: float = 0.8, **fields: object) -> Response:
    said = {"comment": "Say **why**.", "now": LATER} | fields
    return grade_by_hand(response=response, score=score, by=by, **said)


def attempt_now() -> tuple[float, bool, int]:
    return Attempt.objects.values_list("score", "passed", "awaiting").get()


def test_a_grade_counts_the_attempt_again(written: Response, teacher: User) -> None:
    found = grade(written, teacher)
    written.refresh_from_db()
    assert found == written
    assert (written.score, written.comment, written.graded_by) == (0.8, "Say **why**.", "person")
    # (1 · 1 + 3 · 0.8) / 4
    assert attempt_now() == (pytest.approx(0.85), True, 0)
    change = ScoreChange.objects.get()
    assert (change.response, change.regrade, change.changed_by) == (written, None, teacher)
    assert (change.changed_at, change.before, change.after) == (LATER, None, 0.8)
    assert (change.attempt_before, change.attempt_after) == (0.25, pytest.approx(0.85))


def test_the_lesson_is_told(written: Response, teacher: User, learner: User, quiz: Quiz) -> None:
    grade(written, teacher)
    progress = LessonProgress.objects.get(user=learner, lesson=quiz.lesson)
    assert (progress.quiz_score, progress.quiz_passed_at) == (pytest.approx(0.85), LATER)


def test_saying_the_same_twice_changes_nothing(written: Response, teacher: User) -> None:
    grade(written, teacher)
    kept = (attempt_now(), list(ScoreChange.objects.values()))
    grade(written, teacher, now=LATER + timedelta(hours=1))
    assert (attempt_now(), list(ScoreChange.objects.values())) == kept


def test_a_grade_can_be_changed_by_who_has_seen_it(
    written: Response, teacher: User, superuser: User
) -> None:
    grade(written, teacher)
    grade(written, superuser, score=0.4, seen=seen_of(Response.objects.get(pk=written.pk)))
    assert attempt_now() == (pytest.approx(0.55), False, 0)
    assert list(
        ScoreChange.objects.order_by("pk").values_list("changed_by", "before", "after")
    ) == [(teacher.pk, None, 0.8), (superuser.pk, 0.8, 0.4)]


def test_a_grade_unseen_is_not_overruled(written: Response, teacher: User, superuser: User) -> None:
    grade(written, teacher)
    with pytest.raises(GradedMeanwhileError) as refused:
        grade(written, superuser, score=0.4)
    assert refused.value.score == 0.8
    written.refresh_from_db()
    assert (written.score, ScoreChange.objects.count()) == (0.8, 1)


def test_a_comment_unseen_is_not_overruled(
    written: Response, teacher: User, superuser: User
) -> None:
    seen = seen_of(grade(written, teacher))
    grade(written, teacher, comment="Look at the cost, too.", seen=seen)
    for score in (0.8, 0.4):
        with pytest.raises(GradedMeanwhileError) as refused:
            grade(written, superuser, score=score, comment="Fine.", seen=seen)
    assert refused.value.comment == "Look at the cost, too."
    grade(written, superuser, score=0.4, comment="Fine.", seen=refused.value.seen)
    written.refresh_from_db()
    assert (written.score, written.comment) == (0.4, "Fine.")


def test_a_comment_alone_is_no_change_of_score(written: Response, teacher: User) -> None:
    written = grade(written, teacher)
    grade(written, teacher, comment="Better now.", seen=seen_of(written))
    written.refresh_from_db()
    assert (written.comment, ScoreChange.objects.count()) == ("Better now.", 1)


def test_a_pass_that_the_lesson_knows_of_stays(written: Response, teacher: User) -> None:
    written = grade(written, teacher)
    grade(written, teacher, score=0, seen=seen_of(written))
    assert Attempt.objects.get().passed is False
    assert LessonProgress.objects.get().quiz_passed_at == LATER


def test_who_has_left_the_course_stays_away(
    written: Response, teacher: User, learner: User, quiz: Quiz
) -> None:
    enrol(user=learner, course=quiz.course, now=NOW)
    leave(user=learner, course=quiz.course, now=NOW)
    grade(written, teacher, 1.0)
    assert LessonProgress.objects.get(user=learner).quiz_score == 1.0
    assert not Enrolment.objects.active().exists()


def test_an_open_attempt_is_not_graded(quiz: Quiz, teacher: User) -> None:
    attempt = finished(quiz, chosen("a"), {"text": "Not yet."}, submitted_at=None, score=None)
    with pytest.raises(NotHandedInError):
        grade(attempt.responses.get(position=2), teacher)
    assert not ScoreChange.objects.exists()


def test_queue_holds_what_a_person_grades_in_order_of_handing_in(quiz: Quiz, teacher: User) -> None:
    def hand_in(minutes: int, text: str = "Words.", **fields: object) -> Response:
        at = NOW + timedelta(minutes=minutes)
        attempt = finished(quiz, chosen("a"), {"text": text}, submitted_at=at, **fields)
        return attempt.responses.get(position=2)

    third, first, second = hand_in(3), hand_in(1), hand_in(2)
    hand_in(4, text="")  # scores nothing at once
    hand_in(5, awaiting=0)  # as in practice, where learners rate themselves
    finished(quiz, chosen("a"), {"text": "Open."}, submitted_at=None, score=None)
    finished(quiz_of(free(), mode="graded"), {"text": "Of another quiz."})
    assert list(waiting(quiz)) == [first, second, third]
    grade(second, teacher)
    assert list(waiting(quiz)) == [first, third]
    assert list(queue(quiz)) == [first, second, third]
    assert neighbours(quiz, first) == Neighbours(None, second.pk)
    assert neighbours(quiz, second) == Neighbours(first.pk, third.pk)
    assert neighbours(quiz, third) == Neighbours(second.pk, None)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_questions(teacher: User, rows: int) -> None:
    quiz = quiz_of(*[free() for _ in range(rows)], lesson=None, mode="graded")
    attempt = finished(quiz, *[{"text": "Words."}] * rows, withheld=True)
    response = attempt.responses.first()
    # attempt and its responses; response, attempt and log written
    with queries(5):
        grade(response, teacher)
