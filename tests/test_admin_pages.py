"""The administration as each persona sees it, and what its lists cost."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses.models import Edition, LessonProgress, Link
from quizzes.models import AnswerRecord, Attempt, QuestionVersion, Response
from tests import factories, quiz_factories
from tests.quiz_factories import payload

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

CONTENT = [
    "courses_concept",
    "courses_course",
    "courses_lesson",
    "courses_notebook",
    "courses_reference",
    "courses_term",
    "courses_track",
    "quizzes_question",
    "quizzes_quiz",
]
PROGRESS = ["courses_enrolment", "courses_lessonprogress", "quizzes_attempt", "quizzes_response"]
PEOPLE = ["accounts_user", "auth_group", "account_emailaddress", "mfa_authenticator"]


def course_number(number: int) -> Any:
    return factories.CourseFactory(slug=f"course-{number}")


def enrolment(number: int) -> Any:
    return factories.EnrolmentFactory(course=course_number(number), enrolled_at=NOW)


def edition(number: int) -> Edition:
    return Edition.objects.create(course=course_number(number), name="2026", made_at=NOW)


def link(number: int) -> Link:
    made: Any = factories.ReferenceFactory()
    return Link.objects.create(url=made.url)


def lesson_progress(number: int) -> LessonProgress:
    return LessonProgress.objects.create(
        user=factories.UserFactory(),
        lesson=factories.LessonFactory(),
        started_at=NOW,
        last_read_at=NOW,
        quiz_score=0.8,
    )


def attempt(number: int) -> Attempt:
    return Attempt.objects.create(
        user=factories.UserFactory(),
        quiz=quiz_factories.QuizFactory(),
        seed=number,
        started_at=NOW,
        submitted_at=NOW + timedelta(minutes=9),
        score=2 / 3,
    )


def response(number: int) -> Response:
    version = QuestionVersion.objects.create(
        question=quiz_factories.QuestionFactory(),
        digest="",
        kind="single",
        prompt="What is *asked*?",
        payload=payload(),
        created_at=NOW,
    )
    given = {"chosen": ["b"]}
    made = Response.objects.create(
        attempt=attempt(number), position=1, version=version, answer=given, score=0
    )
    AnswerRecord.objects.create(response=made, sequence=1, answer=given, received_at=NOW)
    return made


# Session, person, count (twice), rows; one for each filter by another table or by free words; two
# for a hierarchy of dates.
LISTS: list[tuple[str, Callable[[int], Any], int]] = [
    ("courses_concept", lambda number: factories.ConceptFactory(), 6),
    ("courses_course", course_number, 5),
    ("courses_lesson", lambda number: factories.LessonFactory(), 6),
    ("courses_notebook", lambda number: factories.NotebookFactory(category="Tools"), 7),
    ("courses_reference", lambda number: factories.ReferenceFactory(), 6),
    ("courses_term", lambda number: factories.TermFactory(), 6),
    ("courses_track", lambda number: factories.TrackFactory(), 6),
    ("quizzes_question", lambda number: quiz_factories.QuestionFactory(), 6),
    ("quizzes_quiz", lambda number: quiz_factories.QuizFactory(), 6),
    ("courses_edition", edition, 5),
    ("courses_link", link, 9),
    ("courses_enrolment", enrolment, 8),
    ("courses_lessonprogress", lesson_progress, 8),
    ("quizzes_attempt", attempt, 8),
    ("quizzes_response", response, 8),
]


def page(name: str, action: str = "changelist") -> str:
    return reverse(f"admin:{name}_{action}")


def listed(client: Client) -> set[str]:
    """The models on the administration's first page."""
    html = client.get(reverse("admin:index")).content.decode()
    rows = re.findall(r'<tr class="model-(\w+)', html)
    return set(rows)


def names(pages: list[str]) -> set[str]:
    return {name.split("_")[1] for name in pages}


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "make", "queries"), LISTS, ids=[name for name, *_ in LISTS])
def test_lists_cost_the_same_for_many_rows(
    client: Client,
    superuser: User,
    django_assert_num_queries: Any,
    name: str,
    make: Callable[[int], Any],
    queries: int,
    number: int,
) -> None:
    for index in range(number):
        make(index)
    client.force_login(superuser)
    client.get(page(name))
    with django_assert_num_queries(queries):
        answer = client.get(page(name))
    assert answer.status_code == 200
    assert len(answer.context["cl"].result_list) == number


@pytest.mark.parametrize("name", CONTENT + PROGRESS)
def test_lists_have_50_rows_a_page(name: str, client: Client, superuser: User) -> None:
    client.force_login(superuser)
    assert client.get(page(name)).context["cl"].list_per_page == 50


def test_an_editor_sees_the_content_and_nothing_about_people(client: Client, editor: User) -> None:
    client.force_login(editor)
    shown = {"edition", "image", "link", "readmeimport", "regrade", "revision"}
    assert listed(client) == names(CONTENT) | shown
    assert [client.get(page(name)).status_code for name in CONTENT] == [200] * 9
    assert [client.get(page(name, "add")).status_code for name in CONTENT] == [200] * 9
    assert [client.get(page(name)).status_code for name in PROGRESS + PEOPLE] == [403] * 8


def test_a_teacher_looks_and_changes_nothing(client: Client, teacher: User) -> None:
    """What learners did is seen in their classes, by who teaches those."""
    client.force_login(teacher)
    assert listed(client) == names(CONTENT) | {"regrade"}
    assert [client.get(page(name)).status_code for name in CONTENT] == [200] * 9
    assert [client.get(page(name, "add")).status_code for name in CONTENT + PROGRESS] == [403] * 13
    assert [client.get(page(name)).status_code for name in PROGRESS + PEOPLE] == [403] * 8


@pytest.mark.parametrize(("name", "make", "queries"), LISTS[: len(CONTENT)], ids=CONTENT)
def test_what_a_teacher_opens_has_no_button_to_save(
    client: Client, teacher: User, name: str, make: Callable[[int], Any], queries: int
) -> None:
    thing = make(1)
    client.force_login(teacher)
    where = reverse(f"admin:{name}_change", args=[thing.pk])
    answer = client.get(where)
    assert answer.status_code == 200
    assert 'name="_save"' not in answer.content.decode()
    assert client.post(where, {}).status_code == 403
    assert client.post(reverse(f"admin:{name}_delete", args=[thing.pk])).status_code == 403


@pytest.mark.parametrize("name", PROGRESS)
def test_what_learners_did_is_changed_by_nobody(client: Client, superuser: User, name: str) -> None:
    thing = {row[0]: row[1] for row in LISTS}[name](1)
    client.force_login(superuser)
    assert client.get(page(name, "add")).status_code == 403
    assert client.post(reverse(f"admin:{name}_change", args=[thing.pk]), {}).status_code == 403
    assert client.post(reverse(f"admin:{name}_delete", args=[thing.pk])).status_code == 403
    assert type(thing).objects.filter(pk=thing.pk).exists()


@pytest.mark.parametrize("name", PROGRESS)
def test_what_learners_did_is_found_by_e_mail(client: Client, superuser: User, name: str) -> None:
    make = {row[0]: row[1] for row in LISTS}[name]
    wanted, _other = make(1), make(2)
    person = wanted.attempt.user if name == "quizzes_response" else wanted.user
    client.force_login(superuser)
    found = client.get(page(name), {"q": person.email}).context["cl"].result_list
    assert list(found) == [wanted]


def test_a_person_goes_with_all_they_did(client: Client, superuser: User) -> None:
    """Rows that nobody deletes by themselves do not keep an account from being deleted."""
    answered = response(1)
    person = answered.attempt.user
    client.force_login(superuser)
    where = reverse("admin:accounts_user_delete", args=[person.pk])
    answer = client.post(where, {"post": "yes"})
    assert answer.status_code == 302
    assert not Response.objects.filter(pk=answered.pk).exists()
    assert not User.objects.filter(pk=person.pk).exists()


def test_a_learner_is_refused(client: Client, learner: User) -> None:
    client.force_login(learner)
    answer = client.get(reverse("admin:index"), follow=True)
    assert answer.status_code == 403
    assert client.get(page("courses_lesson")).status_code == 302


@pytest.mark.django_db
def test_a_visitor_signs_in_where_everyone_does(client: Client) -> None:
    """The site's own sign-in knows second factors and rate limits; the admin's is not there."""
    answer = client.get(page("courses_lesson"), follow=True)
    where, query = answer.redirect_chain[-1][0].split("?")
    assert where == reverse("account_login")
    assert parse_qs(query) == {"next": [page("courses_lesson")]}
    before = client.post(reverse("admin:login"), {"username": "root", "password": "x"})
    assert (before.status_code, before.url.split("?")[0]) == (302, reverse("account_login"))


def test_the_way_in(client: Client, editor: User, teacher: User, learner: User) -> None:
    for person, shown in ((editor, True), (teacher, True), (learner, False)):
        client.force_login(person)
        html = client.get(reverse("account")).content.decode()
        assert ('href="/admin/"' in html) is shown


def test_the_way_back_and_the_name(client: Client, editor: User) -> None:
    client.force_login(editor)
    html = client.get(reverse("admin:index")).content.decode()
    assert "Cairn administration</a>" in html
    assert '<a href="/">Back to the site</a>' in html
    assert f'action="{reverse("account_logout")}"' in html


@pytest.mark.parametrize("name", CONTENT)
def test_forms_have_nothing_that_the_policy_stops(client: Client, editor: User, name: str) -> None:
    client.force_login(editor)
    answer = client.get(page(name, "add"))
    html = answer.content.decode()
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert re.findall(r"<script(?![^>]*src)[^>]*>|<[^>]+\s(?:style|on\w+)=", html) == []
    assert html.index("admin/css/forms.css") < html.index("css/admin.css")
