from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses import privacy
from courses.models import ConceptTick, LessonProgress, ReferenceTick
from tests.factories import (
    ConceptFactory,
    CourseFactory,
    EnrolmentFactory,
    LessonFactory,
    ReferenceFactory,
    TrackFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 8, 40, tzinfo=UTC)


def test_rows_of_one_learner(learner: User, stranger: User) -> None:
    lesson = LessonFactory(title="Attention", track=TrackFactory(title="Scientist"))
    concept = ConceptFactory(lesson=lesson, name="Queries")
    reference = ReferenceFactory(lesson=lesson, title="Paper", url="https://example.org/paper")
    for user in (stranger, learner):
        EnrolmentFactory(user=user, course=lesson.track.course, enrolled_at=NOW)
        ConceptTick.objects.create(user=user, concept=concept, ticked_at=NOW)
        ReferenceTick.objects.create(user=user, reference=reference, ticked_at=NOW)
        LessonProgress.objects.create(
            user=user, lesson=lesson, started_at=NOW, last_read_at=NOW, version_read=3
        )

    assert list(privacy.enrolments(learner)) == [
        {"course": "LLM Course", "enrolled": NOW, "left": None}
    ]
    assert list(privacy.concept_ticks(learner)) == [
        {"track": "Scientist", "lesson": "Attention", "concept": "Queries", "ticked": NOW}
    ]
    assert list(privacy.reference_ticks(learner)) == [
        {
            "lesson": "Attention",
            "reference": "Paper",
            "address": "https://example.org/paper",
            "ticked": NOW,
        }
    ]
    assert list(privacy.lesson_progress(learner)) == [
        {
            "track": "Scientist",
            "lesson": "Attention",
            "started": NOW,
            "last_read": NOW,
            "version_last_read": 3,
            "best_quiz_score": None,
            "quiz_passed": None,
            "done": None,
            "marked_done_by_hand": False,
        }
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_one_query_a_section(
    learner: User, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        EnrolmentFactory(user=learner, course=CourseFactory(slug=f"course-{number}"))
        ConceptTick.objects.create(user=learner, concept=ConceptFactory(), ticked_at=NOW)
        ReferenceTick.objects.create(user=learner, reference=ReferenceFactory(), ticked_at=NOW)
        LessonProgress.objects.create(
            user=learner, lesson=LessonFactory(), started_at=NOW, last_read_at=NOW
        )
    sections = [
        privacy.enrolments,
        privacy.concept_ticks,
        privacy.reference_ticks,
        privacy.lesson_progress,
    ]
    with django_assert_num_queries(len(sections)):
        assert [len(list(section(learner))) for section in sections] == [rows] * 4
