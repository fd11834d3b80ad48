from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from courses.models import Course, Lesson, Status
from courses.search.index import rebuild
from tests.factories import ConceptFactory, LessonFactory, NotebookFactory, TrackFactory

pytestmark = pytest.mark.django_db

WORDS = 1 if connection.vendor == "sqlite" else 0
HTMX = {"HX-Request": "true"}


@pytest.fixture
def course() -> Course:
    track = TrackFactory(slug="t", title="Scientist")
    lesson = LessonFactory(track=track, slug="l", title="Alignment")
    for number in range(25):
        ConceptFactory(lesson=lesson, slug=f"c{number}", name=f"Reward {number}", position=number)
    NotebookFactory(course=track.course, title="Reward notebook", slug="n")
    rebuild(track.course)
    return track.course


def test_shows_what_was_found(client: Client, course: Course) -> None:
    response = client.get("/search/", {"q": "reward"})
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert "HX-Request" in response["Vary"]
    page = response.content.decode()
    assert page.count('<li class="result">') == 20
    assert page.count('role="status">26 found for “reward” · page 1 of 2') == 1
    assert '<a href="/courses/llm-course/t/l/#c0"><mark>Reward</mark> 0</a>' in page
    assert 'href="?q=reward&amp;kind=notebook"' in page
    assert 'id="next-page" rel="next" href="?q=reward&amp;page=2"' in page
    assert "previous-page" not in page
    assert page.count("<h1") == 1


def test_the_second_page_has_the_rest(client: Client, course: Course) -> None:
    page = client.get("/search/", {"q": "reward", "page": "2"}).content.decode()
    assert page.count('<li class="result">') == 6
    assert 'rel="prev" href="?q=reward&amp;page=1"' in page
    assert "next-page" not in page


def test_one_kind_keeps_itself_while_typing_goes_on(client: Client, course: Course) -> None:
    page = client.get("/search/", {"q": "reward", "kind": "notebook"}).content.decode()
    assert page.count('<li class="result">') == 1
    assert "1 of 26 found for “reward”" in page
    assert '<input type="hidden" name="kind" value="notebook" form="search">' in page
    assert page.count('aria-current="true"') == 1


def test_a_kind_without_hits_points_to_the_others(client: Client, course: Course) -> None:
    page = client.get("/search/", {"q": "reward", "kind": "lesson"}).content.decode()
    assert "Nothing of this kind has these words." in page
    assert 'id="kind-all" href="?q=reward"' in page


def test_htmx_gets_the_results_alone(client: Client, course: Course) -> None:
    page = client.get("/search/", {"q": "reward"}, headers=HTMX).content.decode()
    assert page.startswith('<p id="search-status" hx-swap-oob="innerHTML">26 found for “reward”')
    assert "<h1" not in page
    assert page.count('<li class="result">') == 20


def test_going_back_gets_the_whole_page(client: Client, course: Course) -> None:
    headers = {**HTMX, "HX-History-Restore-Request": "true"}
    page = client.get("/search/", {"q": "reward"}, headers=headers).content.decode()
    assert page.count("<h1") == 1


def test_nothing_typed_shows_some_of_the_course(client: Client, course: Course) -> None:
    page = client.get("/search/").content.decode()
    assert '<a class="btn btn--sm" href="?q=Reward+0">Reward 0</a>' in page
    assert "found for" not in page


def test_nothing_there_at_all(client: Client) -> None:
    assert "There is nothing to find yet." in client.get("/search/").content.decode()


def test_nothing_found_says_what_to_try(client: Client, course: Course) -> None:
    page = client.get("/search/", {"q": "alignmant"}).content.decode()
    assert "Nothing found for “alignmant”" in page
    assert "Did you mean one of these?" in page
    assert '<a href="/courses/llm-course/t/l/">Alignment</a>' in page
    assert "Check the spelling" in page


def test_drafts_are_for_editors(
    client: Client, course: Course, learner: User, teacher: User, stranger: User, superuser: User
) -> None:
    Lesson.objects.update(status=Status.DRAFT)
    found = {}
    for person in (learner, teacher, stranger, superuser):
        client.force_login(person)
        found[person.email] = client.get("/search/", {"q": "reward"}).context["results"].total
    assert list(found.values()) == [1, 1, 1, 26]


@pytest.mark.parametrize("page", ["0", "3", "-1", "x", "", "9" * 50, "²"])
def test_a_page_that_is_none_is_not_found(client: Client, course: Course, page: str) -> None:
    assert client.get("/search/", {"q": "reward", "page": page}).status_code == 404


def test_an_unknown_kind_is_every_kind(client: Client, course: Course) -> None:
    response = client.get("/search/", {"q": "reward", "kind": "<x>"})
    assert response.context["results"].total == 26
    assert b"<x>" not in response.content


def test_what_was_typed_comes_back_escaped(client: Client, course: Course) -> None:
    page = client.get("/search/", {"q": '"><script>x</script>'}).content.decode()
    assert "<script>x" not in page
    assert 'value="&quot;&gt;&lt;script&gt;x&lt;/script&gt;"' in page


def test_searching_changes_nothing(client: Client) -> None:
    assert client.post("/search/", {"q": "reward"}).status_code == 405


@pytest.mark.parametrize("concepts", [1, 3])
def test_queries_of_the_page(
    as_learner: Client, django_assert_num_queries: Any, concepts: int
) -> None:
    lesson = LessonFactory()
    for _ in range(concepts):
        ConceptFactory(lesson=lesson, name="Reward")
    rebuild(lesson.track.course)
    with django_assert_num_queries(4 + WORDS):  # session, user; words, counts, page
        page = as_learner.get("/search/", {"q": "reward"})
    assert page.context["results"].total == concepts
    with django_assert_num_queries(3):  # session, user; suggestions
        as_learner.get("/search/")
