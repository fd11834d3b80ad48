"""The first page of a class; who gets in at all is in the table of routes."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from cohorts.grading.grading import grade_submission
from cohorts.models import Announcement, Assignment, Cohort, Extension, Membership
from cohorts.people import imports, roster
from cohorts.people.adding import add_all
from cohorts.people.planning import plan
from cohorts.people.tables import Decoded
from cohorts.schedule.feed import calendar_of
from cohorts.work.drafts import stamp_of
from cohorts.work.handing_in import hand_in
from courses.models import Course, Lesson, LessonProgress
from tests.class_factories import (
    AssignmentFactory,
    ClassOf,
    DeadlineFactory,
    GradeFactory,
    GroupFactory,
    MembershipFactory,
    SubmissionFactory,
)
from tests.cohorts.graded import assignment_with_points
from tests.factories import ConceptFactory, LessonFactory, TrackFactory, UserFactory
from tests.people import stranger
from tests.quizzes.sql import queries

PAGE = "/cohorts/autumn/"
DAY = timedelta(days=1)


@pytest.fixture
def lessons(autumn: ClassOf) -> list[Lesson]:
    track = TrackFactory(course=autumn.cohort.course, title="The LLM Scientist")
    return [LessonFactory(track=track, title=title) for title in ("Quantization", "Agents")]


@pytest.fixture
def same_content(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody asks in between whether the course has changed, however slow the machine is."""
    monkeypatch.setattr("courses.versions.SECONDS", 600)


@pytest.fixture
def teacher(autumn: ClassOf, client: Client) -> Client:
    client.force_login(autumn.teacher.user)
    return client


def read(member: Membership, lesson: Lesson, days: float = 1, **fields: object) -> LessonProgress:
    at = timezone.now() - days * DAY
    found: LessonProgress = LessonProgress.objects.create(
        user=member.user, lesson=lesson, started_at=at, last_read_at=at, **fields
    )
    return found


def text(client: Client, query: str = "") -> str:
    html = client.get(PAGE + query).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]+>", " ", html, flags=re.DOTALL))


def rows(client: Client, query: str = "") -> list[str]:
    """The body of the table, row by row, as one reads it."""
    html = client.get(PAGE + query).content.decode()
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    found = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", body.replace("</tr>", "|"), flags=re.DOTALL)
    return [" ".join(row.split()) for row in found.split("|") if row.strip()]


def names(client: Client, query: str = "") -> list[str]:
    html = client.get(PAGE + query).content.decode()
    return re.findall(r'<a href="people/\d+/">([^<]+)</a>', html)


def due(cohort: Cohort, lesson: Lesson, days: float) -> object:
    at = timezone.now() + days * DAY
    return DeadlineFactory(cohort=cohort, assignment=None, lesson=lesson, due_at=at)


def test_where_everyone_is(autumn: ClassOf, lessons: list[Lesson], teacher: Client) -> None:
    Membership.objects.update(joined_at=timezone.now())
    done = {"completed_at": timezone.now(), "by_hand": True}
    late = MembershipFactory(cohort=autumn.cohort, listed_as="Ada <Late>", joined_at=timezone.now())
    longer = MembershipFactory(cohort=autumn.cohort, listed_as="Ben", joined_at=timezone.now())
    deadline = due(autumn.cohort, lessons[0], -1)
    Extension.objects.create(
        deadline=deadline,
        membership=longer,
        due_at=timezone.now() + DAY,
        reason="ill",
        given_at=timezone.now(),
    )
    read(autumn.learner, lessons[0], quiz_score=0.845, **done)
    read(autumn.learner, lessons[1], 2, **done)
    read(late, lessons[0], quiz_score=0.5)
    assert rows(teacher) == [
        "Ada &lt;Late&gt; 50 begun ! past its date · 0 1 day ago",
        "Ben · · 0 never",
        "Yi-Ting Chen 84 ✓ done 2 1 day ago",
    ]
    assert "Taught by Amara Osei, Tess Teacher" in text(teacher)


def test_only_this_course(autumn: ClassOf, lessons: list[Lesson], teacher: Client) -> None:
    Membership.objects.update(joined_at=timezone.now())
    another = LessonFactory(track__course=Course.objects.create(slug="another", title="Another"))
    read(autumn.learner, another, completed_at=timezone.now(), quiz_score=1.0)
    assert rows(teacher) == ["Yi-Ting Chen · · 0 never"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Ada", "Ben", "Yi-Ting Chen"]),
        ("?sort=progress", ["Ben", "Ada", "Yi-Ting Chen"]),
        ("?sort=seen", ["Yi-Ting Chen", "Ada", "Ben"]),
        ("?q=a", ["Ada", "Ben", "Yi-Ting Chen"]),
        ("?q=yi chen", ["Yi-Ting Chen"]),
        ("?q=ben@example", ["Ben"]),
        ("?q=ben&sort=seen", ["Ben"]),
        ("?q=nobody%00", []),
        ("?sort=nonsense&group=x&page=99", ["Ada", "Ben", "Yi-Ting Chen"]),
    ],
)
def test_found_and_sorted(
    query: str, expected: list[str], autumn: ClassOf, lessons: list[Lesson], teacher: Client
) -> None:
    ada = MembershipFactory(cohort=autumn.cohort, listed_as="Ada")
    ben = MembershipFactory(
        cohort=autumn.cohort, listed_as="Ben", user=UserFactory(email="ben@example.org")
    )
    done = {"completed_at": timezone.now(), "by_hand": True}
    read(ada, lessons[0], 2, **done)
    read(ben, lessons[0], 1)
    for lesson in lessons:
        read(autumn.learner, lesson, 3, **done)
    assert names(teacher, query) == expected


def test_of_a_group(autumn: ClassOf, lessons: list[Lesson], teacher: Client) -> None:
    group = GroupFactory(cohort=autumn.cohort, name="Lab A")
    theirs = GroupFactory(cohort=autumn.other)
    MembershipFactory(cohort=autumn.cohort, listed_as="Ada", group=group)
    assert names(teacher, f"?group={group.pk}") == ["Ada"]
    assert names(teacher, f"?group={group.pk}&sort=seen") == ["Ada"]
    assert names(teacher, f"?group={theirs.pk}") == ["Ada", "Yi-Ting Chen"]


def test_fifty_a_page(autumn: ClassOf, lessons: list[Lesson], teacher: Client) -> None:
    MembershipFactory.create_batch(51, cohort=autumn.cohort)
    assert len(names(teacher)) == 50
    assert len(names(teacher, "?page=2")) == 2
    assert len(names(teacher, "?sort=progress&page=2")) == 2
    html = teacher.get(f"{PAGE}?sort=progress&q=e").content.decode()
    assert 'href="?q=e&amp;sort=progress&amp;page=2"' in html


def test_figures_risk_and_dates(autumn: ClassOf, lessons: list[Lesson], teacher: Client) -> None:
    due(autumn.cohort, lessons[1], 3)
    Announcement.objects.create(
        cohort=autumn.cohort, title="No lab", body="x", post_at=timezone.now()
    )
    Announcement.objects.create(
        cohort=autumn.cohort, title="Planned", body="x", post_at=timezone.now() + DAY
    )
    said = text(teacher)
    assert "1 learner 2 lessons 0 lessons done this week 0 waiting to be graded" in said
    assert "Could use a word Yi-Ting Chen Nothing yet, for" in said
    assert "Next dates" in said
    assert "Agents Lesson," in said
    assert "No lab" in said
    assert "Planned" not in said
    assert "AUTU-MN23" in said


def test_who_joins_is_counted_at_once(
    autumn: ClassOf, lessons: list[Lesson], teacher: Client
) -> None:
    assert "1 learner 2 lessons" in text(teacher)
    another = MembershipFactory(cohort=autumn.cohort)
    assert "2 learners 2 lessons" in text(teacher)
    another.left_at = timezone.now()
    another.save(update_fields=["left_at"])
    assert "1 learner 2 lessons" in text(teacher)


def test_no_code_when_nobody_may_join(
    autumn: ClassOf, lessons: list[Lesson], teacher: Client
) -> None:
    Cohort.objects.filter(pk=autumn.cohort.pk).update(self_join=False)
    assert "AUTU-MN23" not in text(teacher)


def test_ways_of_all_staff(autumn: ClassOf, lessons: list[Lesson], client: Client) -> None:
    for member, grades in (
        (autumn.teacher, True),
        (autumn.assistant, True),
        (autumn.observer, False),
    ):
        client.force_login(member.user)
        html = client.get(PAGE).content.decode()
        assert f'href="{PAGE}join-code/"' in html
        assert f'action="{PAGE}look/"' in html
        assert "your teachers" not in html
        assert (f'<a class="small" href="{PAGE}grading/">' in html) is grades


def test_an_empty_class(autumn: ClassOf, lessons: list[Lesson], teacher: Client) -> None:
    Membership.objects.filter(role="learner").delete()
    said = text(teacher)
    assert "Nobody has joined yet." in said
    assert "Nobody is at risk" in said


def test_sums_are_fresh_after_a_hand_in_a_grade_and_a_roster(
    autumn: ClassOf,
    lessons: list[Lesson],
    teacher: Client,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    now, essay = timezone.now(), assignment_with_points(autumn.cohort, 50)
    assert "0 waiting to be graded" in text(teacher)
    draft = SubmissionFactory(
        assignment=essay, membership=autumn.learner, text="Mine.", submitted_at=None, number=0
    )
    with django_capture_on_commit_callbacks(execute=True):
        work = hand_in(
            membership=autumn.learner,
            assignment=essay,
            draft=draft.pk,
            stamp=stamp_of(draft),
            now=now,
        )
        # Somebody looks before it is through, and would else keep the old sums.
        text(teacher)
    assert "1 waiting to be graded" in text(teacher)
    grade_submission(
        submission=work,
        points=Decimal(40),
        feedback="",
        by=autumn.teacher.user,
        now=now,
        seen_revision=0,
    )
    said = text(teacher)
    assert "0 waiting to be graded" in said
    assert "These figures are of the whole class, and up to 30 seconds old." in said
    read_list = imports.keep(
        by=autumn.teacher,
        people=roster.read(Decoded("e-mail\nsam@example.org")),
        source="roster",
        words="",
        now=now,
    )
    stranger()
    planned = plan(by=autumn.teacher, people=imports.people_in(read_list), now=now)
    learners = autumn.cohort.members.active().learners().count()
    add_all(import_id=read_list.pk, by=autumn.teacher, expected=planned.digest, now=now)
    assert f"{learners + 1} learners" in text(teacher)


@pytest.mark.usefixtures("same_content")
@pytest.mark.parametrize("sort", ["name", "progress", "seen"])
def test_as_many_queries_for_three_hundred(
    sort: str, autumn: ClassOf, lessons: list[Lesson], teacher: Client
) -> None:
    """Session, user, member; how many, these fifty, dates, progress."""
    MembershipFactory.create_batch(2, cohort=autumn.cohort)
    url = f"{PAGE}?sort={sort}"
    teacher.get(url)
    with queries(7):
        teacher.get(url)
    people = [UserFactory.build(email=f"many{n}@example.org") for n in range(300)]
    users = type(people[0]).objects.bulk_create(people)
    many = [MembershipFactory.build(cohort=autumn.cohort, user=user) for user in users]
    Membership.objects.bulk_create(many)
    read(many[0], lessons[0])
    cache.clear()
    teacher.get(url)
    with queries(7):
        teacher.get(url)
    cache.delete(f"class-snapshot:{autumn.cohort.pk}")
    cache.delete(f"around-class:{autumn.cohort.pk}")
    with queries(16):
        teacher.get(url)


def test_a_learner_on_the_first_day(autumn: ClassOf, lessons: list[Lesson], client: Client) -> None:
    ConceptFactory(lesson=lessons[0], name="Rounding")
    client.force_login(autumn.learner.user)
    said = text(client)
    assert "Where to begin Quantization" in said
    assert "Begin Quantization" in said
    assert "0 of 2 lessons done" in said
    assert "Nothing announced yet." in said
    assert "No assignments yet." in said
    assert "Nothing is due." in said
    assert "Teachers Amara Osei, Tess Teacher" in said
    assert "Your grade so far" not in said
    # Nothing of the others, and nothing for the staff.
    assert "AUTU-MN23" not in said
    assert "At risk" not in said


def test_a_learner_amid_the_term(autumn: ClassOf, lessons: list[Lesson], client: Client) -> None:
    ConceptFactory(lesson=lessons[1], name="Tools")
    read(autumn.learner, lessons[0], completed_at=timezone.now(), by_hand=True)
    read(autumn.learner, lessons[1])
    due(autumn.cohort, lessons[1], 3)
    work = graded(autumn, "Essay", released=True)
    graded(autumn, "Secret", released=False)
    AssignmentFactory(cohort=autumn.cohort, title="Unpublished", published=False)
    SubmissionFactory(assignment=work, membership=autumn.learner)
    client.force_login(autumn.learner.user)
    said = text(client)
    assert "Continue at Tools" in said
    assert "1 of 2 lessons done" in said
    assert said.index("Due next") < said.rindex("Announcements")
    assert "Agents Lesson," in said
    assert "Essay 80 of 100 points." in said
    assert "Your grade so far 80.0%" in said
    assert "Unpublished" not in said


def graded(autumn: ClassOf, title: str, *, released: bool) -> Assignment:
    """80 of 100 points; what is not released would change the total."""
    assignment = AssignmentFactory(cohort=autumn.cohort, title=title)
    at = timezone.now() - DAY if released else None
    GradeFactory(
        item__cohort=autumn.cohort,
        item__category__cohort=autumn.cohort,
        item__assignment=assignment,
        item__released_at=at,
        membership=autumn.learner,
        score=Decimal(80 if released else 10),
    )
    return assignment


def test_who_looks_as_a_learner_sees_a_learners_page(
    autumn: ClassOf, lessons: list[Lesson], teacher: Client
) -> None:
    teacher.post(f"{PAGE}look/")
    said = text(teacher)
    assert "Where to begin" in said
    assert "Where everyone is" not in said


def test_learners_find_no_link_to_what_is_not_open(client: Client, autumn: ClassOf) -> None:
    """Nowhere where it is said to be coming."""
    now = timezone.now()
    later = AssignmentFactory(cohort=autumn.cohort, title="Later")
    DeadlineFactory(
        cohort=autumn.cohort, assignment=later, opens_at=now + DAY / 24, due_at=now + DAY
    )
    client.force_login(autumn.learner.user)
    page = f"{PAGE}assignments/{later.pk}/"
    assert client.get(page).status_code == 404
    for place in (PAGE, f"{PAGE}schedule/", f"{PAGE}calendar/", "/cohorts/calendar/"):
        found = client.get(place)
        assert found.status_code == 200, place
        assert page not in found.text, place
        assert "Later" in found.text or "calendar" in place
    assert page not in calendar_of(autumn.learner.user, now).decode()
    client.force_login(autumn.teacher.user)
    assert page in client.get(f"{PAGE}schedule/").text
