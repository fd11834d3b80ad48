from datetime import UTC, datetime

import pytest
from django.template import Context, Template

from courses.models import Status
from courses.versions import stamp
from quizzes.templatetags.quizzes import QuizLink, lesson_quizzes, points
from tests.factories import ConceptFactory, LessonFactory
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


@pytest.mark.parametrize(
    ("score", "text"), [(0.0, "0"), (7.0, "7"), (6.5, "6.5"), (1 / 3, "0.33"), (2.999999, "3")]
)
def test_points(score: float, text: str) -> None:
    assert points(score) == text
