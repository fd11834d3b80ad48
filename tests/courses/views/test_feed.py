from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client

from courses.models import Lesson, Mark
from tests.courses.views.test_changes import FIRST, edit, lesson

__all__ = ["lesson"]  # a fixture
pytestmark = pytest.mark.django_db
URL = "/courses/llm-course/changes/feed/"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_entries(client: Client, lesson: Lesson) -> None:
    edit(lesson, "A large stone.", mark=Mark.NEW, note="Larger \x0bthan before, & heavier.")
    answer = client.get(URL)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)  # noqa: S314  (our own)
    newest, first = root.findall("a:entry", ATOM)
    assert newest.findtext("a:title", namespaces=ATOM) == "Quantization: New material"
    assert newest.findtext("a:summary", namespaces=ATOM) == (
        "Larger than before, & heavier.\nConcept “Base”\nWords: 1 added, 1 removed"
    )
    assert newest.findtext("a:updated", namespaces=ATOM) == (FIRST + timedelta(days=1)).isoformat()
    link = newest.find("a:link", ATOM)
    assert link is not None
    assert link.get("href", "").startswith(
        "http://testserver/courses/llm-course/scientist/quantization/changes/#change-"
    )
    assert newest.findtext("a:id", namespaces=ATOM) == link.get("href")
    assert first.findtext("a:summary", namespaces=ATOM) == "The course was loaded: 2 lessons."


def test_what_has_not_changed_is_not_sent_again(client: Client, lesson: Lesson) -> None:
    answer = client.get(URL)
    known = {"If-None-Match": answer["ETag"]}
    assert client.get(URL, headers=known).status_code == 304
    since = {"If-Modified-Since": answer["Last-Modified"]}
    assert client.get(URL, headers=since).status_code == 304
    edit(lesson, "A large stone.")
    assert client.get(URL, headers=known).status_code == 200


def test_the_page_leads_to_it(client: Client, lesson: Lesson) -> None:
    page = client.get("/courses/llm-course/changes/").content.decode()
    assert 'rel="alternate" type="application/atom+xml"' in page
    assert page.count(f'href="{URL}"') == 2


def test_unknown_course_and_wrong_method(client: Client, lesson: Lesson) -> None:
    assert client.get("/courses/nothing/changes/feed/").status_code == 404
    assert client.post(URL).status_code == 405
