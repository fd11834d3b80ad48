"""The demo class: made once, with everything that eight weeks leave behind."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import User
from cohorts.gradebook.items import add_item
from cohorts.models import (
    Assignment,
    Category,
    Cohort,
    Criterion,
    Deadline,
    Group,
    Level,
    Membership,
    Role,
)
from config.demo.bulk import Rows
from config.demo.learners import Person, person, sit_midterm, study
from config.demo.memory import Reviewed, review
from config.demo.names import name_of
from config.demo.people import DOMAIN, LEARNER, PASSWORD, TEACHER, require_debug
from config.demo.plan import MIDTERM, LessonPlan, Plan, Test, plan_of
from config.demo.talk import talk
from config.demo.work import TASKS, Handed, Set, Task, hand_in
from courses.models import Course
from quizzes.models import Quiz

SLUG = "demo-autumn-class"
CODE = "CAWRN247"
ZONE = ZoneInfo("Europe/Paris")
GROUPS = ("Monday lab", "Wednesday lab", "Thursday lab")
GRADED_QUIZZES = 8
CHUNK = 250
Progress = Callable[[int], object]


def class_of() -> Cohort | None:
    return Cohort.objects.filter(slug=SLUG).first()


def remove_class() -> None:
    """After its people, whose work would hold it. A midterm that others have taken stays."""
    for cohort in Cohort.objects.filter(slug=SLUG):
        cohort.members.all().delete()
        cohort.grade_items.all().delete()
        cohort.delete()
    Quiz.objects.filter(slug=MIDTERM, attempts=None).delete()


@transaction.atomic
def make_class(
    *, learners: int, now: datetime, progress: Progress = lambda done: None
) -> Cohort | None:
    """The class with `learners` made-up learners and the demo learner, or None without a course.

    An existing one is left as it is. `progress` is told how many learners are done.
    """
    require_debug()
    course = Course.objects.filter(slug=settings.DEFAULT_COURSE).first()
    if course is None or class_of() is not None:
        return class_of()
    plan = plan_of(course, now, ZONE)
    if not plan.lessons:
        return None
    cohort, tasks = furnish(course, plan)
    for first in range(1, learners + 1, CHUNK):
        last = min(first + CHUNK, learners + 1)
        fill(cohort, plan, tasks, range(first, last))
        progress(last - 1)
    enter_demo_learner(cohort)
    talk(cohort, plan)
    return cohort


def furnish(course: Course, plan: Plan) -> tuple[Cohort, list[Set]]:
    """Everything of the class but its learners."""
    cohort = Cohort.objects.create(
        course=course,
        slug=SLUG,
        name="Autumn class",
        term=f"Autumn {plan.first_day.year}",
        description="Two lessons a week, and a lab on the day of your group. **Come with "
        "questions**: the lab is for them.",
        time_zone=ZONE.key,
        starts_on=plan.first_day,
        ends_on=plan.last_day,
        join_code=CODE,
        created_at=plan.at(-7, 10),
        late_percent=10,
        late_floor=50,
        late_cutoff=7,
        missing_as_zero=True,
    )
    teacher = User.objects.get(email=TEACHER.email)
    joined = plan.at(-7, 10)
    Membership.objects.create(cohort=cohort, user=teacher, role=Role.OWNER, joined_at=joined)
    Group.objects.bulk_create(Group(cohort=cohort, name=name) for name in GROUPS)
    set_dates(cohort, plan.lessons)
    quizzes, work = categories(cohort)
    for test in graded_tests(plan):
        points, at = Decimal(20), plan.at(0, 10)
        add_item(cohort=cohort, quiz=test.quiz, points=points, category=quizzes, by=teacher, now=at)
    if plan.midterm:
        set_midterm(cohort, plan, plan.midterm.quiz, work, teacher)
    tasks = [set_task(cohort, task, plan, work, teacher) for task in TASKS]
    return cohort, tasks


def graded_tests(plan: Plan) -> list[Test]:
    return [one.test for one in plan.lessons[:GRADED_QUIZZES] if one.test]


def set_dates(cohort: Cohort, lessons: Sequence[LessonPlan]) -> None:
    for lesson in lessons:
        Deadline.objects.create(cohort=cohort, lesson=lesson.lesson, due_at=lesson.due_at)
    for lesson in lessons[:GRADED_QUIZZES]:
        if lesson.test:
            due = lesson.due_at + timedelta(days=3)
            Deadline.objects.create(cohort=cohort, quiz=lesson.test.quiz, due_at=due)


def set_midterm(cohort: Cohort, plan: Plan, quiz: Quiz, category: Category, by: User) -> None:
    opens, due = plan.at(plan.midterm_day, 14), plan.at(plan.midterm_day, 15)
    Deadline.objects.create(cohort=cohort, quiz=quiz, opens_at=opens, due_at=due)
    points = Decimal(60)
    add_item(cohort=cohort, quiz=quiz, points=points, category=category, by=by, now=plan.at(0, 10))


def categories(cohort: Cohort) -> tuple[Category, Category]:
    quizzes = Category.objects.create(
        cohort=cohort,
        name="Quizzes",
        weight=40,
        counts=Category.Counts.EQUAL,
        drop_lowest=1,
        position=1,
    )
    return quizzes, Category.objects.create(cohort=cohort, name="Work", weight=60, position=2)


def set_task(cohort: Cohort, task: Task, plan: Plan, category: Category, by: User) -> Set:
    due = plan.at(task.week * 7 - 1, 23, 59)
    assignment = Assignment.objects.create(
        cohort=cohort,
        title=task.title,
        instructions=task.instructions,
        takes_text=task.takes == "text",
        takes_link=task.takes == "link",
        takes_files=task.takes == "text",
        published=True,
        position=TASKS.index(task) + 1,
        created_at=plan.at(0, 10),
    )
    opens = plan.at(max(0, task.week * 7 - 21), 8)
    Deadline.objects.create(cohort=cohort, assignment=assignment, opens_at=opens, due_at=due)
    item = add_item(
        cohort=cohort,
        assignment=assignment,
        points=Decimal(task.points),
        category=category,
        by=by,
        now=plan.at(0, 10),
    )
    if task.graded == 1:
        item.released_at = due + timedelta(days=6)
        item.save(update_fields=["released_at"])
    return Set(task, assignment, item, due, tuple(rubric_of(assignment, task)))


def rubric_of(assignment: Assignment, task: Task) -> Iterator[tuple[Criterion, tuple[Level, ...]]]:
    for position, (title, levels) in enumerate(task.rubric, 1):
        criterion = Criterion.objects.create(assignment=assignment, title=title, position=position)
        made = [
            Level(criterion=criterion, position=place, title=name, points=Decimal(points))
            for place, (name, points) in enumerate(levels, 1)
        ]
        yield criterion, tuple(Level.objects.bulk_create(made))


def fill(cohort: Cohort, plan: Plan, tasks: Sequence[Set], numbers: range) -> None:
    """Learners with these numbers, and all that each of them did."""
    teacher = cohort.members.get(role=Role.OWNER).user_id
    rows, reviewed, handed = Rows(), Reviewed(), Handed([], [])
    for one in people(cohort, plan, numbers):
        study(one, plan, rows)
        sit_midterm(one, plan, rows)
        review(one, plan, reviewed)
        for task in tasks:
            hand_in(one, task, plan, teacher, rows, handed)
    rows.write()
    reviewed.write(rows)
    handed.write(rows)


@cache
def hashed() -> str:
    """One for all: a hash is slow on purpose."""
    return make_password(PASSWORD)


def people(cohort: Cohort, plan: Plan, numbers: range) -> list[Person]:
    password = hashed()
    users = User.objects.bulk_create(
        User(
            email=f"learner-{number:05}@{DOMAIN}",
            password=password,
            display_name=name_of(number),
            time_zone=ZONE.key,
            date_joined=plan.at(-3, 12),
        )
        for number in numbers
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    groups = list(cohort.groups.order_by("pk"))
    members = Membership.objects.bulk_create(
        Membership(
            cohort=cohort,
            user=user,
            group=groups[number % len(groups)],
            number=f"S{number:05}",
            joined_at=plan.at(-3, 12),
        )
        for number, user in zip(numbers, users, strict=True)
    )
    return [
        person(user.pk, member.pk, number)
        for number, user, member in zip(numbers, users, members, strict=True)
    ]


def enter_demo_learner(cohort: Cohort) -> None:
    user = User.objects.filter(email=LEARNER.email).first()
    if user:
        Membership.objects.create(
            cohort=cohort, user=user, group=cohort.groups.first(), joined_at=cohort.created_at
        )
