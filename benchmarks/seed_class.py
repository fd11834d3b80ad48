"""Two classes with 40 items each: one of a thousand learners to look at, one of ten thousand to
take away. Their people are in nothing else, so that the other pages stay what they were."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from accounts.models import User
from cohorts.models import (
    Assignment,
    Category,
    Cohort,
    Deadline,
    Extension,
    Grade,
    GradeItem,
    Membership,
    Role,
    Submission,
)
from config.demo.bulk import Rows
from courses.models import ConceptTick, Course, Enrolment, Lesson, LessonProgress, Status
from quizzes.models import Attempt, Quiz

SMALL, LARGE = 1_000, 10_000
QUIZZES = ASSIGNMENTS = 20
BATCH = 2_000
WEEKS = 12
DAY = timedelta(days=1)


def classes_of(course: Course, lessons: Sequence[Lesson], now: datetime) -> tuple[User, User]:
    """The teacher of both, and a learner of the small one."""
    teacher = User.objects.create(email="class-teacher@example.org", password="!")
    quizzes = [quiz_of(course, number) for number in range(QUIZZES)]
    rng = Random(4)
    learner = class_of("bench", SMALL, course, lessons, quizzes, teacher, now, rng)
    class_of("bench-large", LARGE, course, lessons, quizzes, teacher, now, rng)
    return teacher, learner


def quiz_of(course: Course, number: int) -> Quiz:
    return Quiz.objects.create(
        course=course,
        slug=f"bench-class-{number}",
        title=f"Test {number + 1}",
        mode=Quiz.Mode.GRADED,
        status=Status.PUBLISHED,
    )


def class_of(
    slug: str,
    learners: int,
    course: Course,
    lessons: Sequence[Lesson],
    quizzes: Sequence[Quiz],
    teacher: User,
    now: datetime,
    rng: Random,
) -> User:
    first = now - timedelta(weeks=8)
    cohort = Cohort.objects.create(
        course=course,
        slug=slug,
        name=f"Class of {learners}",
        join_code=f"B{learners:07}",
        created_at=first,
        starts_on=first.date(),
        ends_on=(first + timedelta(weeks=WEEKS)).date(),
        late_percent=10,
        late_floor=50,
        late_cutoff=7,
        missing_as_zero=True,
    )
    Membership.objects.create(cohort=cohort, user=teacher, role=Role.OWNER, joined_at=first)
    members = members_of(cohort, slug, learners, first)
    columns = columns_of(cohort, quizzes, first)
    rows = Rows()
    for place, lesson in enumerate(lessons):
        Deadline.objects.create(cohort=cohort, lesson=lesson, due_at=first + (place + 1) * 4 * DAY)
    for number, member in enumerate(members):
        if slug == "bench":
            read(member, lessons, first, now, rng, rows)
        work(member, columns, teacher, now, rng, rows)
        if number % 500 == 499:
            rows.write()
    rows.write()
    extend(columns, members[::20])
    return members[0].user


def members_of(cohort: Cohort, slug: str, learners: int, at: datetime) -> list[Membership]:
    users = User.objects.bulk_create(
        (
            User(email=f"{slug}-{n}@example.org", display_name=f"Learner {n}", password="!")
            for n in range(learners)
        ),
        batch_size=BATCH,
    )
    Enrolment.objects.bulk_create(
        (Enrolment(user=user, course=cohort.course, enrolled_at=at) for user in users),
        batch_size=BATCH,
    )
    return Membership.objects.bulk_create(
        (Membership(cohort=cohort, user=user, joined_at=at) for user in users), batch_size=BATCH
    )


Column = tuple[GradeItem, Deadline]


def columns_of(cohort: Cohort, quizzes: Sequence[Quiz], first: datetime) -> list[Column]:
    """Quizzes and assignments take turns; one is due every other day."""
    tests = Category.objects.create(cohort=cohort, name="Tests", weight=40, drop_lowest=2)
    tasks = Category.objects.create(cohort=cohort, name="Work", weight=60, position=2)
    columns: list[Column] = []
    for number in range(QUIZZES + ASSIGNMENTS):
        due = first + (number + 1) * 2 * DAY
        values = {"cohort": cohort, "points": Decimal(20), "position": number, "released_at": due}
        if number % 2:
            quiz = quizzes[number // 2]
            item = GradeItem.objects.create(category=tests, quiz=quiz, **values)
            deadline = Deadline.objects.create(cohort=cohort, quiz=quiz, due_at=due)
        else:
            task = Assignment.objects.create(
                cohort=cohort, title=f"Work {number // 2 + 1}", published=True, created_at=first
            )
            item = GradeItem.objects.create(category=tasks, assignment=task, **values)
            deadline = Deadline.objects.create(cohort=cohort, assignment=task, due_at=due)
        columns.append((item, deadline))
    return columns


def read(
    member: Membership,
    lessons: Sequence[Lesson],
    first: datetime,
    now: datetime,
    rng: Random,
    rows: Rows,
) -> None:
    for place, lesson in enumerate(lessons[: rng.randrange(4, len(lessons))]):
        at = min(now, first + place * 4 * DAY + rng.random() * 3 * DAY)
        done = at if rng.random() < 0.9 else None
        rows.add(
            LessonProgress,
            user_id=member.user_id,
            lesson_id=lesson.pk,
            started_at=at,
            last_read_at=at,
            version_read=lesson.version,
            quiz_score=rng.choice((0.5, 0.7, 0.8, 0.9, 1.0)) if done else None,
            quiz_passed_at=done,
            completed_at=done,
            by_hand=False,
        )
        for concept in lesson.concepts.all():
            rows.add(ConceptTick, user_id=member.user_id, concept_id=concept.pk, ticked_at=at)


def work(
    member: Membership,
    columns: Sequence[Column],
    teacher: User,
    now: datetime,
    rng: Random,
    rows: Rows,
) -> None:
    """What was due until now: mostly handed in, sometimes late, mostly graded."""
    for item, deadline in columns:
        due = deadline.due_at
        if due is None or due > now or rng.random() < 0.08:
            continue
        at = min(now, due + (rng.random() * 4 - 3.5) * DAY)
        share = round(rng.uniform(0.4, 1.0), 2)
        if item.quiz_id:
            take(member, item.quiz_id, at, share, rng, rows)
        else:
            hand_in(member, item, at, share if rng.random() < 0.9 else None, teacher, rng, rows)


def take(
    member: Membership, quiz: int, at: datetime, share: float, rng: Random, rows: Rows
) -> None:
    rows.add(
        Attempt,
        id=UUID(int=rng.getrandbits(128), version=4),
        user_id=member.user_id,
        quiz_id=quiz,
        seed=1,
        started_at=at - timedelta(minutes=20),
        submitted_at=at,
        closed_by=Attempt.ClosedBy.LEARNER.value,
        awaiting=0,
        score=share,
        passed=share >= 0.7,
        withheld=False,
    )


def hand_in(
    member: Membership,
    item: GradeItem,
    at: datetime,
    share: float | None,
    teacher: User,
    rng: Random,
    rows: Rows,
) -> None:
    key = UUID(int=rng.getrandbits(128), version=4)
    rows.add(
        Submission,
        id=key,
        assignment_id=item.assignment_id,
        membership_id=member.pk,
        number=1,
        text="What I found.",
        link="",
        saved_at=at,
        sequence=0,
        submitted_at=at,
    )
    if share is not None:
        rows.add(
            Grade,
            item_id=item.pk,
            membership_id=member.pk,
            score=(Decimal(str(share)) * item.points).quantize(Decimal("0.01")),
            excused=False,
            reason="",
            feedback="",
            submission_id=key,
            graded_by_id=teacher.pk,
            graded_at=at + DAY,
            revision=1,
        )


def extend(columns: Sequence[Column], members: Sequence[Membership]) -> None:
    """One learner of twenty has longer for every tenth item."""
    Extension.objects.bulk_create(
        (
            Extension(
                deadline=deadline,
                membership=member,
                due_at=deadline.due_at + 7 * DAY,
                reason="Ill",
                given_at=deadline.due_at,
            )
            for member in members
            for _, deadline in columns[::10]
            if deadline.due_at
        ),
        batch_size=BATCH,
    )
