"""What waits for a person in a class, to test grading with."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from cohorts.models import Assignment, Cohort, Criterion, GradeItem, Level, Membership, Submission
from courses.models import Track
from quizzes.models import Quiz, Response
from tests.class_factories import (
    NOW,
    AssignmentFactory,
    CategoryFactory,
    GradeItemFactory,
    SubmissionFactory,
)
from tests.factories import ConceptFactory, LessonFactory, TrackFactory
from tests.quiz_factories import QuestionFactory, quiz_of
from tests.quizzes.finished import finished

FREE = {"model_answer": "Because it **scales**.", "criteria": ["It names the *cost*."]}


def assignment_with_points(
    cohort: Cohort, points: int = 50, *, released: datetime | None = None, **fields: Any
) -> Assignment:
    assignment = AssignmentFactory(cohort=cohort, **fields)
    category = cohort.categories.first() or CategoryFactory(cohort=cohort)
    GradeItemFactory(
        category=category,
        assignment=assignment,
        title="",
        points=Decimal(points),
        released_at=released,
    )
    return assignment


def item_of(assignment: Assignment) -> GradeItem:
    return GradeItem.objects.get(assignment=assignment)


def handed_in(
    assignment: Assignment, member: Membership, *, minutes: int = 0, number: int = 1, **fields: Any
) -> Submission:
    at = NOW - timedelta(days=2) + timedelta(minutes=minutes)
    said = {"number": number, "submitted_at": at, "saved_at": at} | fields
    return SubmissionFactory(assignment=assignment, membership=member, **said)


def rubric(assignment: Assignment, *points: tuple[int, ...]) -> list[list[Level]]:
    """A criterion for each of `points`, with a level for each number in it."""
    made = []
    for row, numbers in enumerate(points, 1):
        criterion = Criterion.objects.create(
            assignment=assignment, position=row, title=f"Criterion {row}"
        )
        made.append(
            [
                Level.objects.create(
                    criterion=criterion, position=at, title=f"Level {at}", points=Decimal(number)
                )
                for at, number in enumerate(numbers, 1)
            ]
        )
    return made


def free_quiz(cohort: Cohort, questions: int = 1, **fields: Any) -> Quiz:
    """A graded quiz of the class's course, whose questions people grade: 4 points each."""
    track = Track.objects.filter(course=cohort.course).first() or TrackFactory(course=cohort.course)
    concept = ConceptFactory(lesson=LessonFactory(track=track))
    asked = [QuestionFactory(concept=concept, kind="free", payload=FREE) for _ in range(questions)]
    quiz = quiz_of(*asked, mode="graded", **fields)
    quiz.places.update(points=4)
    return quiz


def answered(
    quiz: Quiz, member: Membership, *, minutes: int = 0, text: str = "It is big."
) -> Response:
    """The first answer of a finished attempt of `member`."""
    at = NOW - timedelta(days=2) + timedelta(minutes=minutes)
    answers = [{"text": text}] * quiz.places.count()
    fields = {"started_at": at - timedelta(hours=1), "submitted_at": at}
    attempt = finished(quiz, *answers, user=member.user, **fields)
    return attempt.responses.get(position=1)
