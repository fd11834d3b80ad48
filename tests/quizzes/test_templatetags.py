from datetime import UTC, datetime
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client

from accounts.models import User
from courses.models import Status, Track
from courses.progress import mark_done
from courses.versions import stamp
from quizzes.models import Draw, Quiz
from quizzes.templatetags.quizzes import (
    PlacementLink,
    QuizLink,
    lesson_quizzes,
    placements,
    points,
)
from tests.factories import ConceptFactory, LessonFactory, TrackFactory
from tests.quiz_factories import QuestionFactory, QuizFactory, quiz_of
from tests.quizzes.sql import queries

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_links_to_the_published_quizzes_of_the_lesson() -> None:
    concept = ConceptFactory()
    quiz = quiz_of(
        QuestionFactory(concept=concept),
        QuestionFactory(concept=concept, status=Status.DRAFT),
        QuestionFactory(concept=ConceptFactory(lesson=concept.lesson, archived=True)),
        slug="check",
        title="Check",
        pass_mark=80,
    )
    QuizFactory(lesson=quiz.lesson, status=Status.DRAFT)
    QuizFactory(lesson=quiz.lesson, status=Status.ARCHIVED)
    QuizFactory()
    links = lesson_quizzes("llm-course", quiz.lesson.pk, NOW)
    assert links == (QuizLink("Check", "/quizzes/check/", 1, 80, None),)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_links_cost_one_query_and_none_when_warm(number: int) -> None:
    lesson = LessonFactory()
    for _ in range(number):
        QuizFactory(lesson=lesson)
    stamp("llm-course", NOW)
    with queries(1):
        first = lesson_quizzes("llm-course", lesson.pk, NOW)
    with queries(0):
        assert lesson_quizzes("llm-course", lesson.pk, NOW) == first
    assert len(first) == number


def test_a_change_shows_at_once() -> None:
    lesson = LessonFactory()
    assert lesson_quizzes("llm-course", lesson.pk, NOW) == ()
    QuizFactory(lesson=lesson)
    assert len(lesson_quizzes("llm-course", lesson.pk, NOW)) == 1


def test_tag_in_a_template() -> None:
    quiz = QuizFactory(title="Check")
    template = Template(
        '{% load quizzes %}{% lesson_quizzes "llm-course" lesson now as found %}'
        "{% for quiz in found %}{{ quiz.title }}{% endfor %}"
    )
    assert template.render(Context({"lesson": quiz.lesson.pk, "now": NOW})) == "Check"


def placement_on(track: Track, **fields: Any) -> Quiz:
    quiz = {"course": track.course, "lesson": None, "track": track, "mode": Quiz.Mode.PLACEMENT}
    return QuizFactory(**quiz | fields)


def test_placements_of_a_course_cost_one_query_and_none_when_warm() -> None:
    lesson = LessonFactory()
    quiz = placement_on(lesson.track, slug="start")
    Draw.objects.create(quiz=quiz, lesson=lesson, number=4)
    placement_on(lesson.track, status=Status.DRAFT)
    placement_on(lesson.track, mode=Quiz.Mode.GRADED)
    stamp("llm-course", NOW)
    with queries(1):
        links = placements("llm-course", NOW)
    with queries(0):
        assert placements("llm-course", NOW) == links
    assert links == (PlacementLink(lesson.track.pk, "/quizzes/start/", 4),)


@pytest.mark.parametrize("reader", ["visitor", "learner"])
def test_a_newcomer_finds_the_placement(client: Client, learner: User, reader: str) -> None:
    words = "Find out where to start"
    lesson = LessonFactory()
    placement_on(lesson.track, slug="start")
    elsewhere = LessonFactory(track=TrackFactory(course=lesson.track.course))
    if reader == "learner":
        client.force_login(learner)
    urls = [lesson.track.get_absolute_url(), lesson.track.course.get_absolute_url()]
    for url in ["/", *urls] if reader == "visitor" else urls:
        page = client.get(url).content.decode()
        assert page.count('href="/quizzes/start/"') == page.count(words) == 1
    assert words not in client.get(elsewhere.track.get_absolute_url()).content.decode()


def test_who_has_done_the_whole_track_is_not_asked_where_to_start(
    client: Client, learner: User
) -> None:
    lesson = LessonFactory()
    placement_on(lesson.track, slug="start")
    mark_done(user=learner, lesson=lesson, now=NOW)
    client.force_login(learner)
    page = client.get(lesson.track.get_absolute_url()).content.decode()
    assert "/quizzes/start/" not in page


@pytest.mark.parametrize(
    ("score", "text"), [(0.0, "0"), (7.0, "7"), (6.5, "6.5"), (1 / 3, "0.33"), (2.999999, "3")]
)
def test_points(score: float, text: str) -> None:
    assert points(score) == text
