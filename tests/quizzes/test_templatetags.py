import pytest
from django.template import Context, Template

from courses.models import Status
from quizzes.templatetags.quizzes import QuizLink, lesson_quizzes, points
from tests.factories import ConceptFactory, LessonFactory
from tests.quiz_factories import QuestionFactory, QuizFactory, quiz_of
from tests.quizzes.sql import queries

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
    links = lesson_quizzes(quiz.lesson.pk, "1.1.0")
    assert links == (QuizLink("Check", "/quizzes/check/", 1, 80),)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_links_cost_one_query_and_none_when_warm(number: int) -> None:
    lesson = LessonFactory()
    for _ in range(number):
        QuizFactory(lesson=lesson)
    with queries(1):
        first = lesson_quizzes(lesson.pk, "1.1.0")
    with queries(0):
        assert lesson_quizzes(lesson.pk, "1.1.0") == first
    assert len(first) == number


def test_links_are_made_anew_for_a_new_version() -> None:
    lesson = LessonFactory()
    lesson_quizzes(lesson.pk, "1.1.0")
    QuizFactory(lesson=lesson)
    assert lesson_quizzes(lesson.pk, "1.1.0") == ()
    assert len(lesson_quizzes(lesson.pk, "1.2.0")) == 1


def test_links_without_a_stamp_are_not_kept() -> None:
    lesson = LessonFactory()
    assert lesson_quizzes(lesson.pk, None) == ()
    QuizFactory(lesson=lesson)
    assert len(lesson_quizzes(lesson.pk, None)) == 1


def test_tag_in_a_template() -> None:
    quiz = QuizFactory(title="Check")
    template = Template(
        "{% load quizzes %}{% lesson_quizzes lesson stamp as found %}"
        "{% for quiz in found %}{{ quiz.title }}{% endfor %}"
    )
    assert template.render(Context({"lesson": quiz.lesson.pk, "stamp": "1"})) == "Check"


@pytest.mark.parametrize(
    ("score", "text"), [(0.0, "0"), (7.0, "7"), (6.5, "6.5"), (1 / 3, "0.33"), (2.999999, "3")]
)
def test_points(score: float, text: str) -> None:
    assert points(score) == text
