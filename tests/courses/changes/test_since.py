"""What a learner sees who comes back to a lesson that has changed."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses import progress
from courses.history.recording import Change, record
from courses.models import Concept, Course, Lesson, LessonProgress, Mark, Revision
from tests.factories import ConceptFactory, LessonFactory, TrackFactory

pytestmark = pytest.mark.django_db
URL = "/courses/llm-course/scientist/quantization/"
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def lesson() -> Lesson:
    lesson = LessonFactory(
        track=TrackFactory(slug="scientist"), slug="quantization", introduction="Fewer bits."
    )
    ConceptFactory(lesson=lesson, slug="base", name="Base", body="A small stone lies here.")
    ConceptFactory(lesson=lesson, slug="other", name="Other", body="Another text.")
    keep(lesson)
    return lesson


def keep(lesson: Lesson, **said: Any) -> None:
    change = Change(Revision.Source.EDITOR, **said)
    course = Course.objects.get()
    record(course=course, names=["scientist/quantization.yaml"], change=change, now=NOW)


def edit(lesson: Lesson, body: str = "A large stone lies here.", **said: Any) -> None:
    Concept.objects.filter(slug="base").update(body=body)
    lesson.version += 1
    lesson.save()
    keep(lesson, **said)


@pytest.fixture
def reader(as_learner: Client, learner: User, lesson: Lesson) -> Client:
    """Somebody enrolled who has read the lesson."""
    progress.enrol(user=learner, course=Course.objects.get(), now=NOW)
    as_learner.get(URL)
    return as_learner


def text(client: Client, query: str = "") -> str:
    response = client.get(f"{URL}{query}")
    assert response.status_code == 200
    return response.content.decode()


MARKED = 'A <del data-said="removed">small</del><ins data-said="added">large</ins> stone lies here.'


def test_the_change_is_told_and_marked(reader: Client, lesson: Lesson) -> None:
    assert 'id="changes"' not in text(reader)
    edit(lesson, mark=Mark.NEW, note="Stones are larger now.")
    page = text(reader)
    assert MARKED in page
    assert "New material since you read this lesson" in page
    assert f"on {timezone.localdate():%-d %B %Y}" in page
    assert "Stones are larger now." in page
    assert '<li><a href="#base">Base</a></li>' in page
    assert '<li><a href="#other">' not in page.split("</section>")[0]


@pytest.mark.parametrize("by", ["placement", "quiz"])
def test_nothing_is_told_before_the_first_opening(
    as_learner: Client, learner: User, lesson: Lesson, by: str
) -> None:
    if by == "placement":
        progress.mark_done(user=learner, lesson=lesson, now=NOW, opened=False)
    else:
        progress.quiz_finished(user=learner, lesson=lesson, score=1, passed=True, now=NOW)
    edit(lesson)
    assert 'id="changes"' not in text(as_learner)
    assert 'id="changes"' not in text(as_learner)
    edit(lesson, "A large stone lies there.")
    assert 'id="changes"' in text(as_learner)


def test_it_stays_until_it_is_said_to_be_seen(
    reader: Client, lesson: Lesson, learner: User
) -> None:
    edit(lesson)
    for _ in range(2):
        assert MARKED in text(reader)
    row = LessonProgress.objects.get()
    assert (row.version_read, row.changes_from) == (2, 1)
    answer = reader.post(f"{URL}changes/seen/", {"version": 2})
    assert (answer.status_code, answer.url) == (302, URL)
    assert LessonProgress.objects.get().changes_from == 0
    assert "<ins" not in text(reader)
    assert 'id="changes"' not in text(reader)


def test_seen_by_htmx_swaps_the_notice(reader: Client, lesson: Lesson) -> None:
    edit(lesson)
    text(reader)
    answer = reader.post(f"{URL}changes/seen/", {"version": 2}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert 'data-kind="seen" hx-swap-oob="true" role="status"' in answer.content.decode()


def test_what_changed_after_the_page_was_shown_stays_marked(reader: Client, lesson: Lesson) -> None:
    edit(lesson)
    text(reader)
    edit(lesson, "A large stone lies there.")
    reader.post(f"{URL}changes/seen/", {"version": 2})
    page = text(reader)
    assert 'A large stone lies <del data-said="removed">here</del>' in page


def test_the_marks_can_be_hidden(reader: Client, lesson: Lesson) -> None:
    edit(lesson)
    page = text(reader, "?marks=off")
    assert "A large stone lies here." in page
    assert "This lesson has changed since you read it" in page
    assert 'href="?marks=on#changes"' in page


def test_a_small_fix_is_quiet(reader: Client, lesson: Lesson) -> None:
    edit(lesson, mark=Mark.FIX, note="A typo.")
    page = text(reader)
    assert "Small fixes since you read this lesson" in page
    assert "A typo." not in page
    assert "<ins" not in page
    assert MARKED in text(reader, "?marks=on")


def test_what_it_said_then_may_be_unknown(reader: Client, lesson: Lesson) -> None:
    Revision.objects.all().delete()
    edit(lesson)
    page = text(reader)
    assert "What it said then was not kept" in page
    assert "<ins" not in page


def test_what_was_taken_back_is_no_change(reader: Client, lesson: Lesson) -> None:
    edit(lesson)
    edit(lesson, "A small stone lies here.")
    assert 'id="changes"' not in text(reader)


def test_a_new_concept_and_one_that_is_gone(reader: Client, lesson: Lesson) -> None:
    ConceptFactory(lesson=lesson, slug="fresh", name="Fresh", body="Quite fresh.")
    Concept.objects.filter(slug="other").update(archived=True)
    edit(lesson)
    page = text(reader)
    assert '<a href="#fresh">Fresh</a> <span class="tag">New</span>' in page
    assert '<ins data-said="added"><p>Quite fresh.</p></ins>' in page
    assert "No longer here: Other" in page


def test_who_reads_it_for_the_first_time_or_is_not_enrolled(
    client: Client, stranger: User, lesson: Lesson
) -> None:
    edit(lesson)
    client.get(URL)
    client.force_login(stranger)
    assert 'id="changes"' not in text(client)
    progress.enrol(user=stranger, course=Course.objects.get(), now=NOW)
    assert 'id="changes"' not in text(client)
    assert LessonProgress.objects.get().changes_from == 0


def test_it_costs_no_query_once_one_reader_has_seen_it(
    reader: Client, lesson: Lesson, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    edit(lesson)
    text(reader)
    with django_assert_num_queries(3):  # session, user, marks
        text(reader)


@pytest.mark.parametrize("version", ["", "0", "x", "9" * 30, "1\0"])
def test_seen_of_no_version(reader: Client, version: str) -> None:
    assert reader.post(f"{URL}changes/seen/", {"version": version}).status_code == 404


def test_seen_is_posted_and_ones_own(reader: Client, lesson: Lesson, client: Client) -> None:
    edit(lesson)
    text(reader)
    assert reader.get(f"{URL}changes/seen/").status_code == 405
    assert reader.post("/courses/llm-course/scientist/no/changes/seen/").status_code == 404
    client.logout()
    assert client.post(f"{URL}changes/seen/", {"version": 2}).status_code == 302
    assert LessonProgress.objects.get().changes_from == 1


def test_what_one_can_do_and_the_exercise_are_named(reader: Client, lesson: Lesson) -> None:
    lesson.outcomes, lesson.exercise_task = ["Round it"], "Do.\n"
    edit(lesson, body="A small stone lies here.")
    told = text(reader).partition('id="changes"')[2].partition("</section>")[0]
    assert '<li><a href="#outcomes">What you can do afterwards</a></li>' in told
    assert '<li><a href="#exercise">Exercise</a></li>' in told
    assert "#base" not in told
    assert "Mark them in the text" not in told
