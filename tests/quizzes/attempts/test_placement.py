from quizzes.attempts.placement import Decision, decide
from quizzes.sources import LessonLink

MATHS, PYTHON = LessonLink(1, "Maths", "/maths/"), LessonLink(2, "Python", "/python/")


def test_a_lesson_is_skipped_by_its_own_points_alone() -> None:
    answers = [(MATHS, 1.0, 1.0), (PYTHON, 0.0, 1.0), (MATHS, 2.0, 3.0), (PYTHON, 1.0, 1.0)]
    assert decide(answers, 75) == (
        Decision(MATHS, asked=2, gained=3.0, points=4.0, skips=True),
        Decision(PYTHON, asked=2, gained=1.0, points=2.0, skips=False),
    )


def test_the_share_is_what_people_see() -> None:
    (decision,) = decide([(MATHS, 2.0, 2.0), (MATHS, 0.24, 1.0)], 75)
    assert (decision.percent, decision.skips) == (75, True)


def test_nothing_asked_decides_nothing() -> None:
    assert decide([], 75) == ()
