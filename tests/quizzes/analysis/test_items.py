from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from quizzes.analysis.answer_counts import Choice
from quizzes.analysis.items import Item, analysis_of, can_analyse
from quizzes.analysis.statistics import discrimination
from quizzes.analysis.statistics import median as median_of
from quizzes.kinds import KINDS
from quizzes.models import Attempt, Question, QuestionVersion, Quiz, Response
from tests.factories import ConceptFactory
from tests.quiz_factories import PAYLOADS, QuestionFactory, chosen, payload, quiz_of, quiz_with
from tests.quizzes.analysis.test_statistics import sums_of
from tests.quizzes.finished import finished, version_of
from tests.quizzes.sql import queries

pytestmark = pytest.mark.django_db


def analysed(quiz: Quiz) -> tuple[Item, ...]:
    return analysis_of(Attempt.objects.filter(quiz=quiz))


def numbers(choices: tuple[Choice, ...]) -> dict[str, int]:
    return {choice.key: choice.number for choice in choices}


def test_figures_of_a_hand_computed_table() -> None:
    # "a" is right in each of three questions, of 1, 1 and 2 points. Scores:
    #
    #            1  2  3   rest of 1 = (q2 + 2 q3) / 3
    #   first    1  1  1   1
    #   second   1  1  0   1/3
    #   third    1  0  1   2/3
    #   fourth   0  1  0   1/3
    #   fifth    0  0  0   0
    #   facility of 1: 3/5.  n Σxy − Σx Σy = 5 · 2 − 3 · 7/3 = 3
    #   n Σx² − (Σx)² = 6;  Σy² = 1 + 1/9 + 4/9 + 1/9 = 15/9;  5 · 15/9 − 49/9 = 26/9
    #   r = 3 / √(6 · 26/9) = 3 / 4.16333 = 0.72058
    quiz = quiz_with(3)
    quiz.places.filter(position=3).update(points=2)
    for letters in ("aaa", "aab", "aba", "bab", "cbb"):
        finished(quiz, *map(chosen, letters))
    first, _, third = analysed(quiz)
    figures = first.figures
    assert (figures.asked, figures.answered, figures.unanswered) == (5, 5, 0)
    assert figures.facility == pytest.approx(0.6)
    assert figures.discrimination == pytest.approx(0.72058, abs=1e-5)
    assert figures.seconds == 10
    assert figures.choices == (
        Choice("a", "Option *a*", True, 3),
        Choice("b", "Option *b*", False, 1),
        Choice("c", "Option *c*", False, 1),
    )
    assert (figures.others, first.versions, first.hints) == (0, (), ())
    assert third.figures.seconds == 30
    assert third.hints == (
        "Nobody chose one of the answers.",
        "A wrong answer was given more often than a right one.",
    )


def test_only_finished_attempts_of_those_given_count() -> None:
    quiz = quiz_with(2)
    finished(quiz, chosen("a"), chosen("a"))
    finished(quiz, chosen("b"), chosen("b"), submitted_at=None, score=None)
    other = quiz_of(*(place.question for place in quiz.places.all()))
    finished(other, chosen("c"), chosen("c"))
    assert [numbers(item.figures.choices) for item in analysed(quiz)] == [
        {"a": 1, "b": 0, "c": 0},
        {"a": 1, "b": 0, "c": 0},
    ]
    assert analysis_of(Attempt.objects.none()) == ()
    assert analysed(quiz_with(1)) == ()


def test_one_question_over_all_its_quizzes() -> None:
    question, beside = QuestionFactory(), QuestionFactory()
    finished(quiz_of(question, beside), chosen("a"), chosen("a"))
    finished(quiz_of(question), chosen("b"))
    finished(quiz_of(beside), chosen("b"))
    (item,) = analysis_of(Attempt.objects.all(), question)
    assert item.question == question
    assert (item.figures.asked, item.figures.facility) == (2, 0.5)
    assert numbers(item.figures.choices) == {"a": 1, "b": 1, "c": 0}


def test_one_question_with_its_rest_is_what_the_quiz_says() -> None:
    quiz = quiz_with(3)
    for letters in ("aaa", "aab", "aba", "bab", "cbb"):
        finished(quiz, *map(chosen, letters))
    first = analysed(quiz)[0]
    assert analysis_of(Attempt.objects.all(), first.question) == (first,)


def test_a_quiz_of_one_question_has_no_rest_to_compare_with() -> None:
    quiz = quiz_with(1)
    for letter in "aabbc":
        finished(quiz, chosen(letter))
    (item,) = analysed(quiz)
    assert (item.figures.facility, item.figures.discrimination) == (0.4, None)


def test_unanswered_are_told_apart_and_score_nothing() -> None:
    quiz = quiz_of(QuestionFactory(kind="multiple", payload=payload("ab", "c")))
    for answer in (chosen("ab"), chosen("ac"), chosen(""), None):
        finished(quiz, answer)
    (item,) = analysed(quiz)
    assert (item.figures.asked, item.figures.unanswered, item.figures.answered) == (4, 2, 2)
    assert item.figures.facility == 0.25
    assert numbers(item.figures.choices) == {"a": 2, "b": 1, "c": 1}


def test_what_waits_for_a_person_has_no_score_to_count() -> None:
    quiz = quiz_with(2)
    for letters in ("aa", "ab", "bb"):
        finished(quiz, *map(chosen, letters))
    waiting = finished(quiz, chosen("a"), chosen("a"))
    waiting.responses.filter(position=2).update(score=None, graded_by="")
    first, second = analysed(quiz)
    assert (second.figures.asked, second.figures.facility) == (4, pytest.approx(1 / 3))
    # The rest of the first question is the second's score, in the three attempts that have one.
    assert first.figures.discrimination == pytest.approx(
        discrimination(sums_of([(1, 1), (1, 0), (0, 0)]))
    )


@pytest.mark.parametrize("seconds", [[4.0], [9.0, 1.0], [5.0, 1.0, 2.0], [8.0, 2.0, 1.0, 4.0]])
def test_median_time_is_the_pure_median(seconds: list[float]) -> None:
    quiz = quiz_with(1)
    for value in [*seconds, None]:
        finished(quiz, chosen("a")).responses.update(seconds=value)
    (item,) = analysed(quiz)
    assert item.figures.seconds == median_of(seconds)


def edit(question: Question, **fields: Any) -> QuestionVersion:
    for name, value in fields.items():
        setattr(question, name, value)
    question.save()
    return version_of(question)


def test_versions_are_added_up_and_shown_apart() -> None:
    question = QuestionFactory()
    quiz = quiz_of(question)
    before = version_of(question)
    finished(quiz, chosen("a"))
    finished(quiz, chosen("b")).responses.update(seconds=30)
    now = edit(question, payload=payload("b", "ac"))
    finished(quiz, chosen("b")).responses.update(seconds=50)
    (item,) = analysed(quiz)
    assert item.version == now
    assert (item.figures.asked, item.figures.seconds) == (3, 30)
    assert item.figures.facility == pytest.approx(2 / 3)
    assert [(choice.key, choice.right, choice.number) for choice in item.figures.choices] == [
        ("a", False, 1),
        ("b", True, 2),
        ("c", False, 0),
    ]
    newest, oldest = item.versions
    assert (newest.version, newest.figures.asked, newest.figures.seconds) == (now, 1, 50)
    assert (oldest.version, oldest.figures.asked, oldest.figures.seconds) == (before, 2, 20)
    assert oldest.figures.choices[0] == Choice("a", "Option *a*", True, 1)


def test_a_change_of_kind_is_not_added_up() -> None:
    question = QuestionFactory()
    quiz = quiz_of(question)
    finished(quiz, chosen("a"))
    edit(question, kind="multiple")
    finished(quiz, chosen("ab"))
    (item,) = analysed(quiz)
    assert numbers(item.figures.choices) == {"a": 1, "b": 1, "c": 0}
    assert [one.figures.asked for one in (item, *item.versions)] == [1, 1, 1]


def test_hints_come_with_enough_answers_only() -> None:
    quiz = quiz_with(2)
    for _ in range(4):
        finished(quiz, chosen("b"), chosen("a"))
    assert [item.hints for item in analysed(quiz)] == [(), ()]
    finished(quiz, chosen("b"), chosen("a"))
    assert [item.hints for item in analysed(quiz)] == [
        (
            "Hard: check that the key is right and the question clear.",
            "Nobody chose 2 of the answers.",
            "A wrong answer was given more often than a right one.",
        ),
        (
            "Easy: nearly everybody gets it right, so it tells little.",
            "Nobody chose 2 of the answers.",
        ),
    ]


def test_long_and_rare_answers_are_counted_without_being_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("quizzes.analysis.answer_sums.DIFFERENT", 2)
    monkeypatch.setattr("quizzes.analysis.answer_sums.LONGEST", 60)
    quiz = quiz_with(1)
    for letter in "aaabbc":
        finished(quiz, chosen(letter))
    Response.objects.filter(attempt=finished(quiz, chosen("a"))).update(
        answer={"chosen": ["a"], "more": "x" * 60}
    )
    (item,) = analysed(quiz)
    assert numbers(item.figures.choices) == {"a": 3, "b": 2, "c": 0}
    assert (item.figures.asked, item.figures.others) == (7, 2)


@pytest.mark.parametrize(("questions", "attempts"), [(1, 3), (3, 3), (3, 30)])
def test_four_queries_whatever_the_rows(questions: int, attempts: int) -> None:
    quiz = quiz_with(questions, concept=ConceptFactory())
    for _ in range(attempts):
        finished(quiz, *[chosen("a")] * questions)
    # answers, scores, times, versions with their questions
    with queries(4):
        found = analysed(quiz)
    assert [item.figures.asked for item in found] == [attempts] * questions


@pytest.mark.parametrize("kind", PAYLOADS)
def test_every_kind_is_counted(kind: str) -> None:
    """Five right answers and none: what is right was given five times, by whichever key."""
    question = QuestionFactory(kind=kind, payload=PAYLOADS[kind])
    quiz = quiz_of(question)
    right = KINDS[kind].right_answer(question.payload)
    for _ in range(5):
        finished(quiz, right)
    finished(quiz, None)
    (item,) = analysed(quiz)
    expected = {key for key, _ in KINDS[kind].counted(question.payload, right)}
    assert {choice.key for choice in item.figures.choices if choice.right} == expected
    assert {choice.number for choice in item.figures.choices if choice.right} == (
        {5} if expected else set()
    )
    assert (item.figures.asked, item.figures.unanswered) == (6, 1)
    assert item.figures.others == (0 if expected else 5)


def test_open_answers_are_right_by_their_key_not_by_their_words() -> None:
    quiz = quiz_of(QuestionFactory(kind="numeric", payload=PAYLOADS["numeric"]))
    for value in ("6.5", "6,5", "6.55", "52", "52"):
        finished(quiz, {"value": value})
    (item,) = analysed(quiz)
    assert [(choice.key, choice.right, choice.number) for choice in item.figures.choices] == [
        ("52", False, 2),
        ("6.5", True, 2),
        ("6.55", True, 1),
    ]


def test_rare_open_answers_are_summed_up() -> None:
    quiz = quiz_of(QuestionFactory(kind="numeric", payload=PAYLOADS["numeric"]))
    for value in (*range(100, 125), 124):
        finished(quiz, {"value": str(value)})
    (item,) = analysed(quiz)
    assert len(item.figures.choices) == 20
    assert item.figures.choices[0].key == "124"
    assert item.figures.others == 5


def test_who_may_analyse(editor: User, teacher: User, superuser: User, learner: User) -> None:
    assert [can_analyse(user) for user in (editor, superuser)] == [True] * 2
    assert [can_analyse(user) for user in (teacher, learner, AnonymousUser())] == [False] * 3
    editor.is_staff = False
    assert can_analyse(editor) is False
