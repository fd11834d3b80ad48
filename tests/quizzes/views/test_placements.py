from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from courses.models import Enrolment, Lesson, LessonProgress, Track
from courses.progress import mark_done, tick_concept
from quizzes.models import Attempt, Draw, Quiz
from tests.factories import ConceptFactory, LessonFactory, TrackFactory
from tests.quiz_factories import QuestionFactory, QuizFactory, quiz_with
from tests.quizzes.attempts.test_attempts import NOW, begin, hand_in, save
from tests.quizzes.sql import queries
from tests.quizzes.test_views import text_of


def placement(lessons: int, **fields: Any) -> Quiz:
    track: Track = TrackFactory(title="Fundamentals")
    quiz = QuizFactory(
        lesson=None, course=track.course, track=track, mode="placement", slug="where", **fields
    )
    for number in range(1, lessons + 1):
        lesson = LessonFactory(track=track, title=f"Lesson {number}", position=number)
        concept = ConceptFactory(lesson=lesson)
        for _ in range(2):
            QuestionFactory(concept=concept)
        Draw.objects.create(quiz=quiz, lesson=lesson, number=2, position=number)
    return quiz


@pytest.fixture
def quiz(db: None) -> Quiz:
    return placement(3, pass_mark=75)


def take(user: User, quiz: Quiz, names: str) -> Attempt:
    attempt = begin(user, quiz)
    for position, name in enumerate(names, 1):
        save(attempt, name, position=position)
    return hand_in(attempt)


@pytest.fixture
def attempt(learner: User, quiz: Quiz) -> Attempt:
    """Lessons 1 and 3 are known, 2 in part."""
    return take(learner, quiz, "aaabaa")


def done(user: User) -> list[str]:
    progress = LessonProgress.objects.filter(user=user, completed_at__isnull=False)
    return list(progress.order_by("lesson").values_list("lesson__title", flat=True))


def test_the_page_says_which_lessons_and_why(as_learner: Client, attempt: Attempt) -> None:
    page = text_of(as_learner.get(f"/attempts/{attempt.pk}/results/"))
    yes = "You may skip it 2 of 2 points on Lesson 1. 100% is enough: 75% was asked for."
    no = "Read it 1 of 2 points on Lesson 2. 50% is less than the 75% asked for."
    assert f"Lesson 1 {yes} Lesson 2 {no} Lesson 3 You may skip it" in page
    assert "Mark 2 lessons as done and leave them out." in page
    assert "Passed" not in page
    assert done(attempt.user) == []


def test_one_lesson_to_skip_is_one_in_words(as_learner: Client, learner: User, quiz: Quiz) -> None:
    attempt = take(learner, quiz, "aabbbb")
    page = text_of(as_learner.get(f"/attempts/{attempt.pk}/results/"))
    assert "Mark one lesson as done and leave it out." in page
    assert "Mark this lesson as done" in page


def test_the_start_page_counts_by_lesson_below_the_button(as_learner: Client, quiz: Quiz) -> None:
    concept = ConceptFactory(lesson=Lesson.objects.get(title="Lesson 2"))
    QuestionFactory(concept=concept)
    Draw.objects.create(quiz=quiz, concept=concept, number=1, position=9)
    page = text_of(as_learner.get("/quizzes/where/"))
    said = "Lesson 1 2 questions Lesson 2 3 questions Lesson 3 2 questions They are drawn by chance"
    assert said in page
    assert page.index("Start the quiz") < page.index(said)


def test_skipping_marks_what_may_be_skipped(as_learner: Client, attempt: Attempt) -> None:
    response: Any = as_learner.post(f"/attempts/{attempt.pk}/skip/", follow=True)
    assert response.redirect_chain == [(f"/attempts/{attempt.pk}/results/", 302)]
    page = text_of(response)
    assert "2 lessons are marked done." in page
    assert "Mark these lessons as done" not in page
    assert "Take back that 2 lessons are done" in page
    assert done(attempt.user) == ["Lesson 1", "Lesson 3"]
    assert Enrolment.objects.active().get().user == attempt.user


def test_one_way_forward_first_the_marks_and_then_the_first_lesson_to_read(
    as_learner: Client, attempt: Attempt
) -> None:
    page = text_of(as_learner.get(f"/attempts/{attempt.pk}/results/"))
    assert "Mark these lessons as done" in page
    assert "Start with" not in page
    page = text_of(as_learner.post(f"/attempts/{attempt.pk}/skip/", follow=True))
    assert "Start with Lesson 2" in page


def test_a_lesson_that_is_done_is_not_where_to_start(
    as_learner: Client, learner: User, quiz: Quiz
) -> None:
    mark_done(user=learner, lesson=Lesson.objects.get(title="Lesson 1"), now=NOW)
    attempt = take(learner, quiz, "bbbbbb")
    assert "Start with Lesson 2" in text_of(as_learner.get(f"/attempts/{attempt.pk}/results/"))


def test_taking_it_back(as_learner: Client, attempt: Attempt) -> None:
    as_learner.post(f"/attempts/{attempt.pk}/skip/")
    page = text_of(as_learner.post(f"/attempts/{attempt.pk}/skip/undo/", follow=True))
    assert "2 lessons are to be read again." in page
    assert "Mark these lessons as done" in page
    assert done(attempt.user) == []


def test_taking_it_back_leaves_what_was_earned(as_learner: Client, attempt: Attempt) -> None:
    lesson = Lesson.objects.get(title="Lesson 1")
    lesson.quiz_required = False
    lesson.save()
    for concept in lesson.concepts.all():
        tick_concept(user=attempt.user, concept=concept, now=NOW)
    as_learner.post(f"/attempts/{attempt.pk}/skip/")
    as_learner.post(f"/attempts/{attempt.pk}/skip/undo/")
    assert done(attempt.user) == ["Lesson 1"]


def test_taking_it_back_leaves_what_was_marked_before(as_learner: Client, attempt: Attempt) -> None:
    before = NOW - timedelta(days=1)
    mark_done(user=attempt.user, lesson=Lesson.objects.get(title="Lesson 1"), now=before)
    page = text_of(as_learner.post(f"/attempts/{attempt.pk}/skip/", follow=True))
    assert "1 lesson is marked done." in page
    assert "Take back that one lesson is done" in page
    as_learner.post(f"/attempts/{attempt.pk}/skip/undo/")
    assert done(attempt.user) == ["Lesson 1"]


def test_taking_it_again_keeps_what_was_decided(
    as_learner: Client, attempt: Attempt, quiz: Quiz
) -> None:
    as_learner.post(f"/attempts/{attempt.pk}/skip/")
    worse = take(attempt.user, quiz, "bbbbbb")
    page = text_of(as_learner.get(f"/attempts/{worse.pk}/results/"))
    assert done(attempt.user) == ["Lesson 1", "Lesson 3"]
    assert "Lesson 1 Done 0 of 2 points" in page
    assert as_learner.post(f"/attempts/{worse.pk}/skip/undo/").status_code == 302
    assert done(attempt.user) == ["Lesson 1", "Lesson 3"]


def test_skipping_twice_is_skipping_once(as_learner: Client, attempt: Attempt) -> None:
    for _ in range(2):
        as_learner.post(f"/attempts/{attempt.pk}/skip/")
    assert done(attempt.user) == ["Lesson 1", "Lesson 3"]


def test_a_placement_tells_no_lesson_of_a_score(attempt: Attempt) -> None:
    assert not LessonProgress.objects.exists()


@pytest.mark.parametrize("act", ["skip/", "skip/undo/"])
def test_others(client: Client, stranger: User, attempt: Attempt, act: str) -> None:
    url = f"/attempts/{attempt.pk}/{act}"
    signed_out: Any = client.post(url)
    assert signed_out.url == f"/accounts/login/?next=/attempts/{attempt.pk}/results/"
    client.force_login(stranger)
    assert client.post(url).status_code == 404
    assert client.post(f"/attempts/{uuid4()}/{act}").status_code == 404
    client.force_login(attempt.user)
    assert client.get(url).status_code == 405
    assert done(attempt.user) == []


@pytest.mark.parametrize("act", ["skip/", "skip/undo/"])
def test_only_a_finished_placement_decides(
    as_learner: Client, learner: User, quiz: Quiz, act: str
) -> None:
    opened = begin(learner, quiz)
    assert as_learner.post(f"/attempts/{opened.pk}/{act}").status_code == 404
    other = hand_in(begin(learner, quiz_with(1)))
    assert as_learner.post(f"/attempts/{other.pk}/{act}").status_code == 404


@pytest.mark.parametrize("lessons", [1, 3])
def test_results_queries(as_learner: Client, learner: User, lessons: int) -> None:
    quiz = placement(lessons)
    attempt = take(learner, quiz, "aa" * lessons)
    mark_done(user=learner, lesson=Lesson.objects.all()[0], now=NOW)
    # Session, user; attempt; own attempts; responses; concepts; lessons done.
    with queries(7):
        as_learner.get(f"/attempts/{attempt.pk}/results/")


@pytest.mark.parametrize("lessons", [1, 3])
def test_start_queries_with_draws(as_learner: Client, lessons: int) -> None:
    placement(lessons)
    # Session, user, quiz; open attempt; fixed list and draws; what can be drawn; versions: look,
    # insert; attempt; responses.
    with queries(10):
        as_learner.post("/quizzes/where/start/")
