from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from courses.models import LessonProgress
from courses.progress import quiz_finished
from quizzes.kinds import PayloadError
from quizzes.models import Attempt, Question, QuestionVersion, Quiz, Regrade, Response, ScoreChange
from quizzes.regrading import applying
from quizzes.regrading.applying import PreviewChangedError, is_worthwhile, key_of
from quizzes.regrading.preview import Preview, preview
from tests.quiz_factories import QuestionFactory, chosen, payload, quiz_of
from tests.quizzes.finished import NOW, finished, version_of
from tests.quizzes.sql import queries

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


@pytest.fixture
def question(db: None) -> Question:
    """ "a" is right, until it is edited."""
    return QuestionFactory()


@pytest.fixture
def quiz(question: Question) -> Quiz:
    """Two questions, of one point each; the second is answered with "a", which stays right."""
    return quiz_of(question, QuestionFactory(concept=question.concept), pass_mark=60)


def edit(question: Question, right: str = "b", wrong: str = "ac", **fields: Any) -> QuestionVersion:
    question.payload = payload(right, wrong)
    for name, value in fields.items():
        setattr(question, name, value)
    question.save()
    return version_of(question)


def previewed(question: Question) -> Preview:
    return preview(question, key_of(question, now=LATER))


def apply(question: Question, by: User, expected: str = "", **fields: Any) -> Regrade | None:
    said = {"reason": "The key was wrong.", "now": LATER, "version": version_of(question)} | fields
    return applying.apply(
        question=question, by=by, expected=expected or previewed(question).digest, **said
    )


def scores(attempt: Attempt) -> list[float | None]:
    return list(attempt.responses.order_by("position").values_list("score", flat=True))


def state() -> Any:
    """All that a regrade may write."""
    return (
        list(Response.objects.order_by("pk").values()),
        list(Attempt.objects.order_by("pk").values()),
        list(Regrade.objects.values()),
        list(ScoreChange.objects.values()),
        list(LessonProgress.objects.values()),
    )


def test_a_preview_says_whose_score_would_change_and_how(question: Question, quiz: Quiz) -> None:
    up = finished(quiz, chosen("b"), chosen("a"))
    down = finished(quiz, chosen("a"), chosen("a"))
    finished(quiz, chosen("c"), chosen("a"))
    before = version_of(question)
    now = edit(question)
    kept = state()
    found = previewed(question)
    assert [
        (one.attempt, one.attempt.user, one.answered.answer, one.answered.before, one.after)
        for one in found.changes
    ] == [(up, up.user, chosen("b"), 0, 1), (down, down.user, chosen("a"), 1, 0)]
    assert [
        (one.attempt_before, one.attempt_after, one.attempt.passed, one.passed_after)
        for one in found.changes
    ] == [(0.5, 1, False, True), (1, 0.5, True, False)]
    assert (len(found.unchanged), found.unreadable, found.keys) == (1, (), ((before, 3),))
    assert (found.version, found.newly_pass, found.no_longer_pass) == (now, 1, 1)
    assert state() == kept


def test_applying_does_what_the_preview_said(question: Question, quiz: Quiz, teacher: User) -> None:
    up = finished(quiz, chosen("b"), chosen("a"))
    down = finished(quiz, chosen("a"), chosen("a"))
    same = finished(quiz, chosen("c"), chosen("a"))
    now = edit(question)
    regrade = apply(question, teacher)
    assert regrade == Regrade.objects.get(
        question=question, version=now, made_by=teacher, made_at=LATER, reason="The key was wrong."
    )
    assert [scores(one) for one in (up, down, same)] == [[1, 1], [0, 1], [0, 1]]
    first = Response.objects.filter(position=1)
    assert set(first.values_list("regraded_as", flat=True)) == {now.pk}
    assert list(Attempt.objects.filter(pk=up.pk).values_list("score", "passed")) == [(1, True)]
    assert list(Attempt.objects.filter(pk=down.pk).values_list("score", "passed")) == [(0.5, False)]
    assert sorted(
        ScoreChange.objects.values_list(
            "response__attempt",
            "regrade",
            "changed_by",
            "changed_at",
            "before",
            "after",
            "attempt_before",
            "attempt_after",
        ),
        key=lambda row: row[4],
    ) == [
        (up.pk, regrade.pk, teacher.pk, LATER, 0, 1, 0.5, 1),
        (down.pk, regrade.pk, teacher.pk, LATER, 1, 0, 1, 0.5),
    ]


def test_applying_twice_changes_nothing_the_second_time(
    question: Question, quiz: Quiz, teacher: User
) -> None:
    finished(quiz, chosen("b"), chosen("a"))
    edit(question)
    digest = previewed(question).digest
    assert apply(question, teacher, digest) is not None
    once = state()
    assert apply(question, teacher, digest) is None
    assert apply(question, teacher) is None
    assert state() == once


def test_editing_alone_changes_no_attempt(question: Question, quiz: Quiz) -> None:
    finished(quiz, chosen("b"), chosen("a"))
    kept = state()
    edit(question)
    assert state() == kept


def test_refused_when_someone_answered_in_between(
    question: Question, quiz: Quiz, teacher: User
) -> None:
    before = question.payload
    finished(quiz, chosen("b"), chosen("a"))
    edit(question)
    seen = previewed(question)
    question.payload = before
    question.save()
    finished(quiz, chosen("c"), chosen("a"))  # started before the edit, handed in after it
    edit(question)
    kept = state()
    with pytest.raises(PreviewChangedError) as refused:
        apply(question, teacher, seen.digest)
    assert refused.value.preview == previewed(question)
    assert (len(seen.unchanged), len(refused.value.preview.unchanged)) == (0, 1)
    assert state() == kept


def test_refused_when_someone_edited_in_between(
    question: Question, quiz: Quiz, teacher: User
) -> None:
    finished(quiz, chosen("b"), chosen("a"))
    edit(question)
    seen = previewed(question)
    edit(question, "c", "ab")
    with pytest.raises(PreviewChangedError):
        apply(question, teacher, seen.digest)
    assert not Regrade.objects.exists()


def test_refused_when_an_attempt_was_graded_in_between(
    question: Question, quiz: Quiz, teacher: User
) -> None:
    attempt = finished(quiz, chosen("b"), chosen("a"))
    edit(question)
    seen = previewed(question)
    attempt.responses.filter(position=2).update(score=0.5)
    with pytest.raises(PreviewChangedError):
        apply(question, teacher, seen.digest)


def test_regrading_back_to_what_was_asked(question: Question, quiz: Quiz, teacher: User) -> None:
    attempt = finished(quiz, chosen("a"), chosen("a"))
    edit(question)
    apply(question, teacher)
    assert scores(attempt) == [0, 1]
    edit(question, "a", "bc")
    assert [one.after for one in previewed(question).changes] == [1]
    apply(question, teacher)
    assert scores(attempt) == [1, 1]
    assert attempt.responses.get(position=1).regraded_as is None
    assert [regrade.changes.count() for regrade in Regrade.objects.all()] == [1, 1]


def test_only_what_was_finished_and_graded_by_a_key(
    question: Question, quiz: Quiz, teacher: User
) -> None:
    """Open attempts, answers a person graded, and those that wait for one stay as they are."""
    finished(quiz, chosen("b"), chosen("a"), submitted_at=None, score=None)
    for graded_by in ("person", "self"):
        finished(quiz, chosen("b"), chosen("a")).responses.update(graded_by=graded_by)
    finished(quiz, chosen("b"), chosen("a")).responses.update(graded_by="", score=None)
    finished(quiz_of(QuestionFactory()), chosen("b"))
    edit(question)
    found = previewed(question)
    assert (found.readable, found.by_people, found.other_kind) == (0, 2, 0)
    kept = state()
    assert apply(question, teacher) is None
    assert state() == kept


def test_an_answer_that_the_new_key_cannot_read_is_left(
    question: Question, quiz: Quiz, teacher: User
) -> None:
    """Its option was taken out; a blank answer can be read by any key."""
    gone = finished(quiz, chosen("c"), chosen("a"))
    finished(quiz, None, chosen("a"))
    edit(question, "b", "a")
    found = previewed(question)
    assert [one.attempt for one in found.unreadable] == [gone.pk]
    assert (found.changes, len(found.unchanged)) == ((), 1)
    assert apply(question, teacher) is not None
    assert gone.responses.get(position=1).regraded_as is None
    found = previewed(question)
    assert (len(found.unreadable), found.readable) == (1, 0)
    assert apply(question, teacher) is None


def test_a_change_of_kind_cannot_be_regraded(question: Question, quiz: Quiz, teacher: User) -> None:
    finished(quiz, chosen("b"), chosen("a"))
    edit(question, "ab", "c", kind="multiple")
    found = previewed(question)
    assert (found.readable, found.other_kind, found.by_people) == (0, 1, 0)
    assert apply(question, teacher) is None


def test_a_broken_key_is_refused(question: Question, quiz: Quiz) -> None:
    finished(quiz, chosen("b"), chosen("a"))
    question.payload = {"options": []}
    with pytest.raises(PayloadError):
        previewed(question)


def test_attempts_at_practice_and_of_every_quiz_are_included(
    question: Question, teacher: User
) -> None:
    quizzes = [quiz_of(question, mode=mode) for mode in Quiz.Mode]
    attempts = [finished(quiz, chosen("b")) for quiz in quizzes]
    edit(question)
    apply(question, teacher)
    assert [scores(attempt) for attempt in attempts] == [[1]] * 3


def test_points_weigh_in_the_attempt(question: Question, quiz: Quiz, teacher: User) -> None:
    quiz.places.filter(question=question).update(points=3)
    attempt = finished(quiz, chosen("b"), chosen("a"))
    assert attempt.score == 0.25
    edit(question, "bc", "a", kind="multiple")
    assert not previewed(question).readable
    edit(question, kind="single")
    apply(question, teacher)
    attempt.refresh_from_db()
    assert attempt.score == 1


def test_the_lesson_is_told_of_who_newly_passes(
    question: Question, quiz: Quiz, teacher: User, learner: User, stranger: User
) -> None:
    finished(quiz, chosen("b"), chosen("a"), user=learner)
    finished(quiz, chosen("b"), chosen("b"), user=stranger)
    edit(question)
    apply(question, teacher)
    assert list(
        LessonProgress.objects.values_list("user", "lesson", "quiz_score", "quiz_passed_at")
    ) == [(learner.pk, quiz.lesson_id, 1, LATER)]


def knowing(user: User, quiz: Quiz, score: float) -> None:
    """The lesson was told when the attempt was handed in."""
    quiz_finished(user=user, lesson=quiz.lesson, score=score, passed=False, now=NOW)


def test_a_higher_score_without_a_pass_is_the_best_of_the_lesson(
    question: Question, quiz: Quiz, teacher: User, learner: User, stranger: User
) -> None:
    finished(quiz, chosen("b"), chosen("b"), user=learner)
    finished(quiz, chosen("a"), chosen("b"), user=stranger)
    knowing(learner, quiz, 0.0)
    knowing(stranger, quiz, 0.5)
    edit(question)
    apply(question, teacher)
    told = LessonProgress.objects.values_list("user", "quiz_score", "quiz_passed_at")
    assert set(told) == {(learner.pk, 0.5, None), (stranger.pk, 0.5, None)}


@pytest.mark.parametrize(("counts", "score"), [("mean", 0.75), ("last", 0.5), ("first", 1.0)])
def test_the_lesson_is_told_what_counts_of_several(
    question: Question, quiz: Quiz, teacher: User, learner: User, counts: str, score: float
) -> None:
    Quiz.objects.update(counts=counts)
    first = {"submitted_at": NOW - timedelta(minutes=9)}
    finished(quiz, chosen("b"), chosen("a"), user=learner, **first)
    finished(quiz, chosen("a"), chosen("a"), user=learner)
    knowing(learner, quiz, 0.2)
    edit(question)
    apply(question, teacher)
    [(told, passed_at)] = LessonProgress.objects.values_list("quiz_score", "quiz_passed_at")
    assert (told, bool(passed_at)) == (score, score >= 0.6)


def test_a_result_that_is_withheld_is_told_to_nobody(
    question: Question, quiz: Quiz, teacher: User
) -> None:
    finished(quiz, chosen("b"), chosen("a"), withheld=True)
    edit(question)
    apply(question, teacher)
    assert Attempt.objects.get().passed is True
    assert not LessonProgress.objects.exists()


def test_a_pass_that_a_lesson_knows_of_stays(
    question: Question, quiz: Quiz, teacher: User, learner: User
) -> None:
    attempt = finished(quiz, chosen("a"), chosen("a"), user=learner)
    known = {"started_at": NOW, "last_read_at": NOW, "version_read": 1}
    LessonProgress.objects.create(
        user=learner, lesson=quiz.lesson, quiz_score=1.0, quiz_passed_at=NOW, **known
    )
    edit(question)
    apply(question, teacher)
    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed) == (0.5, False)
    assert list(LessonProgress.objects.values_list("quiz_score", "quiz_passed_at")) == [(1.0, NOW)]


def test_it_is_worthwhile_while_another_key_graded(
    question: Question, quiz: Quiz, teacher: User
) -> None:
    assert is_worthwhile(question, now=LATER) is False
    finished(quiz, chosen("b"), chosen("a"))
    assert is_worthwhile(question, now=LATER) is False
    edit(question)
    assert is_worthwhile(question, now=LATER) is True
    apply(question, teacher)
    assert is_worthwhile(question, now=LATER) is False


def test_a_preview_stores_no_version(question: Question, quiz: Quiz) -> None:
    finished(quiz, chosen("b"), chosen("a"))
    question.payload = payload("b", "ac")
    question.save()
    assert previewed(question).changes[0].after == 1
    assert question.versions.count() == 1


@pytest.mark.parametrize("attempts", [1, 3, 30])
def test_six_queries_whatever_the_rows(question: Question, quiz: Quiz, attempts: int) -> None:
    for _ in range(attempts):
        finished(quiz, chosen("b"), chosen("a"))
    version = edit(question)
    # answers, their attempts' scores, attempts, keys so far; of another kind; graded by people
    with queries(6):
        assert len(preview(question, version).changes) == attempts


@pytest.mark.parametrize("attempts", [1, 3, 30])
def test_applying_takes_no_more_queries_for_more_rows(
    question: Question, quiz: Quiz, teacher: User, attempts: int
) -> None:
    """Of those whose pass does not change; each new pass tells a lesson."""
    for _ in range(attempts):
        finished(quiz, chosen("b"), chosen("b"))
    version, digest = edit(question), previewed(question).digest
    # the question and the attempts locked, six of the preview, regrade, log, responses, attempts,
    # best scores of lessons
    with queries(13):
        applying.apply(
            question=question, version=version, by=teacher, reason="", now=LATER, expected=digest
        )
