"""One learner for the staff, and notes; who gets in at all is in the table of routes."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cohorts.models import Assignment, Extension, GradeItem, Note
from courses.models import ConceptTick, Course, Lesson, LessonProgress
from quizzes.models import Attempt
from tests.class_factories import (
    AssignmentFactory,
    CategoryFactory,
    ClassOf,
    DeadlineFactory,
    GradeFactory,
    GradeItemFactory,
    MembershipFactory,
    SubmissionFactory,
)
from tests.factories import ConceptFactory, LessonFactory
from tests.quiz_factories import QuizFactory
from tests.quizzes.sql import queries

DAY = timedelta(days=1)


def page_of(autumn: ClassOf) -> str:
    return f"/cohorts/autumn/people/{autumn.learner.pk}/"


@pytest.fixture
def lesson(autumn: ClassOf) -> Lesson:
    found: Lesson = LessonFactory(track__course=autumn.cohort.course, title="Quantization")
    return found


@pytest.fixture
def same_content(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody asks in between whether the course has changed, however slow the machine is."""
    monkeypatch.setattr("courses.versions.SECONDS", 600)


@pytest.fixture
def teacher(autumn: ClassOf, client: Client) -> Client:
    client.force_login(autumn.teacher.user)
    return client


def plain(html: str) -> str:
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", html, flags=re.DOTALL).split())


def text(client: Client, url: str) -> str:
    return plain(client.get(url).content.decode())


def attempt(autumn: ClassOf, lesson: Lesson, **fields: object) -> Attempt:
    at = timezone.now() - DAY
    values = {"started_at": at, "submitted_at": at, "score": 0.61, "seed": 1}
    quiz = QuizFactory(lesson=lesson, title=f"Quiz on {lesson.title}")
    found: Attempt = Attempt.objects.create(
        user=autumn.learner.user, quiz=quiz, **{**values, **fields}
    )
    return found


def test_what_one_learner_did(autumn: ClassOf, lesson: Lesson, teacher: Client) -> None:
    now, user = timezone.now(), autumn.learner.user
    ticked, _other = ConceptFactory(lesson=lesson), ConceptFactory(lesson=lesson)
    ConceptTick.objects.create(user=user, concept=ticked, ticked_at=now)
    LessonProgress.objects.create(user=user, lesson=lesson, started_at=now, last_read_at=now)
    taken = attempt(autumn, lesson)
    deadline = DeadlineFactory(
        cohort=autumn.cohort, assignment=None, lesson=lesson, due_at=now - DAY
    )
    Extension.objects.create(
        deadline=deadline,
        membership=autumn.learner,
        due_at=now + DAY,
        reason="Was ill",
        given_by=autumn.owner.user,
        given_at=now,
    )
    work = AssignmentFactory(cohort=autumn.cohort, title="Essay")
    handed_in = SubmissionFactory(assignment=work, membership=autumn.learner)
    html = teacher.get(page_of(autumn)).content.decode()
    said = plain(html)
    assert "0 of 1 lessons done" in said
    assert "Quantization Begun 1 / 2 –" in said
    assert "longer" in said
    assert "Was ill (Amara Osei)" in said
    assert "Quiz on Quantization" in said
    assert "61% Not passed" in said
    assert f"/cohorts/autumn/attempts/{taken.pk}/" in html
    assert f"/cohorts/autumn/grading/work/{handed_in.pk}/" in html
    assert "Lessons begun, ticks, quizzes and hand-ins: " in html


def test_nothing_of_other_courses_and_classes(
    autumn: ClassOf, lesson: Lesson, teacher: Client
) -> None:
    another = LessonFactory(
        track__course=Course.objects.create(slug="another", title="Another"), title="Elsewhere"
    )
    now, user = timezone.now(), autumn.learner.user
    LessonProgress.objects.create(user=user, lesson=another, started_at=now, last_read_at=now)
    attempt(autumn, another)
    theirs = MembershipFactory(cohort=autumn.other, user=user)
    work = AssignmentFactory(cohort=autumn.other, title="Their essay")
    SubmissionFactory(assignment=work, membership=theirs)
    Note.objects.create(
        membership=theirs, author=autumn.owner.user, body="Said elsewhere", written_at=now
    )
    said = text(teacher, page_of(autumn))
    assert "Elsewhere" not in said
    assert "Their essay" not in said
    assert "Said elsewhere" not in said
    assert "Last seen not yet" in said


def test_work_without_names_tells_nothing(autumn: ClassOf, lesson: Lesson, teacher: Client) -> None:
    assignment, url = nameless(autumn), page_of(autumn)
    handed_in = SubmissionFactory(assignment=assignment, membership=autumn.learner)
    item = GradeItem.objects.get(assignment=assignment)
    GradeFactory(item=item, membership=autumn.learner, submission=handed_in, score=37)
    html = teacher.get(url).content.decode()
    assert "Graded without names" in html
    assert str(handed_in.pk) not in html
    assert "37" not in plain(html).split("Grade so far")[1].split("Extensions")[0]
    assert "Grade so far –" in plain(html)
    item.released_at = timezone.now()
    item.save(update_fields=["released_at"])
    assert f"/grading/work/{handed_in.pk}/" in teacher.get(url).content.decode()
    assert "37 of 100" in text(teacher, url)


def nameless(autumn: ClassOf) -> Assignment:
    assignment: Assignment = AssignmentFactory(cohort=autumn.cohort, anonymous=True)
    category = CategoryFactory(cohort=autumn.cohort)
    GradeItemFactory(category=category, assignment=assignment, title="", released_at=None)
    return assignment


def test_neighbours_by_name(autumn: ClassOf, lesson: Lesson, teacher: Client) -> None:
    """Yi-Ting Chen stands between them; two of one name one after the other."""
    before = MembershipFactory(cohort=autumn.cohort, listed_as="Xu")
    same = MembershipFactory(cohort=autumn.cohort, listed_as="Yi-Ting Chen")
    MembershipFactory(cohort=autumn.cohort, listed_as="Zoe", left_at=timezone.now())
    MembershipFactory(cohort=autumn.other, listed_as="Yo")
    links = re.compile(r'rel="(prev|next)" href="/cohorts/autumn/people/(\d+)/"')
    html = teacher.get(page_of(autumn)).content.decode()
    assert links.findall(html) == [("prev", str(before.pk)), ("next", str(same.pk))]
    last = teacher.get(f"/cohorts/autumn/people/{same.pk}/").content.decode()
    assert links.findall(last) == [("prev", str(autumn.learner.pk))]


@pytest.mark.parametrize("who", ["left", "removed", "observer", "owner"])
def test_only_learners_who_are_here(who: str, autumn: ClassOf, teacher: Client) -> None:
    found = getattr(autumn, who)
    assert teacher.get(f"/cohorts/autumn/people/{found.pk}/").status_code == 404


def test_an_observer_sees_no_notes_and_no_work(
    autumn: ClassOf, lesson: Lesson, client: Client
) -> None:
    work = SubmissionFactory(assignment__cohort=autumn.cohort, membership=autumn.learner)
    note(autumn, "Needs a word")
    client.force_login(autumn.observer.user)
    html = client.get(page_of(autumn)).content.decode()
    assert "Needs a word" not in html
    assert "Notes among the staff" not in html
    assert str(work.pk) not in html
    assert "Handed in" in html


def note(autumn: ClassOf, body: str) -> Note:
    return Note.objects.create(
        membership=autumn.learner,
        author=autumn.assistant.user,
        body=body,
        written_at=timezone.now(),
    )


def test_a_note(autumn: ClassOf, lesson: Lesson, client: Client) -> None:
    client.force_login(autumn.assistant.user)
    url = page_of(autumn)
    answer = client.post(
        f"{url}notes/", {"body": " Has <b>three</b> jobs.\r\n\r\nCall on Monday. "}
    )
    assert (answer.status_code, answer["Location"]) == (302, f"{url}#notes")
    made = Note.objects.get()
    assert (made.membership, made.author) == (autumn.learner, autumn.assistant.user)
    assert made.body == "Has <b>three</b> jobs.\n\nCall on Monday."
    html = client.get(url).content.decode()
    assert "Has &lt;b&gt;three&lt;/b&gt; jobs." in html
    assert f"/cohorts/autumn/notes/{made.pk}/delete/" in html
    client.force_login(autumn.owner.user)
    html = client.get(url).content.decode()
    assert "Call on Monday." in html
    assert "/delete/" not in html


def test_a_learner_never_sees_notes(autumn: ClassOf, lesson: Lesson, client: Client) -> None:
    note(autumn, "Needs a word")
    client.force_login(autumn.learner.user)
    assert "Needs a word" not in client.get("/cohorts/autumn/").content.decode()
    assert client.get(page_of(autumn)).status_code == 403


@pytest.mark.parametrize(
    ("body", "kept"), [("", ""), (" \n ", ""), ("a" * 5001, "a" * 5001), ("bell \x07", "bell")]
)
def test_notes_that_cannot_be(
    body: str, kept: str, autumn: ClassOf, lesson: Lesson, teacher: Client
) -> None:
    answer = teacher.post(f"{page_of(autumn)}notes/", {"body": body})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_body"' in html
    assert kept in html.split("<textarea")[1].split("</textarea>")[0]
    assert Note.objects.count() == 0


def test_a_note_is_deleted_by_who_wrote_it(autumn: ClassOf, lesson: Lesson, client: Client) -> None:
    made = note(autumn, "Needs a word")
    url = f"/cohorts/autumn/notes/{made.pk}/delete/"
    client.force_login(autumn.assistant.user)
    html = client.get(url).content.decode()
    assert "Your note about Yi-Ting Chen" in html
    assert Note.objects.count() == 1
    answer = client.post(url)
    assert (answer.status_code, answer["Location"]) == (302, page_of(autumn))
    assert Note.objects.count() == 0
    assert client.post(url).status_code == 404


@pytest.mark.usefixtures("same_content")
def test_as_many_queries_in_a_class_of_three_hundred(
    autumn: ClassOf, lesson: Lesson, teacher: Client
) -> None:
    url = page_of(autumn)
    attempt(autumn, lesson)
    note(autumn, "One")
    graded(autumn)
    teacher.get(url)
    with queries(25):
        teacher.get(url)
    MembershipFactory.create_batch(20, cohort=autumn.cohort)
    for title in ("Agents", "Evaluation"):
        attempt(autumn, LessonFactory(track=lesson.track, title=title))
        note(autumn, title)
        graded(autumn)
    teacher.get(url)
    with queries(25):
        teacher.get(url)


def graded(autumn: ClassOf) -> None:
    assignment = AssignmentFactory(cohort=autumn.cohort)
    category = autumn.cohort.categories.first() or CategoryFactory(cohort=autumn.cohort)
    item = GradeItemFactory(category=category, assignment=assignment, title="")
    due = DeadlineFactory(cohort=autumn.cohort, assignment=assignment)
    Extension.objects.create(
        deadline=due,
        membership=autumn.learner,
        due_at=due.due_at + DAY,
        reason="ill",
        given_by=autumn.owner.user,
        given_at=timezone.now(),
    )
    work = SubmissionFactory(assignment=assignment, membership=autumn.learner)
    GradeFactory(item=item, membership=autumn.learner, submission=work)
