"""What a double click does, and two people who do the same at the same moment: nothing twice."""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.test import Client

from cohorts.gradebook.items import AlreadyThereError, add_item
from cohorts.models import Assignment, GradeItem, LogEntry
from cohorts.schedule.setting import Times
from cohorts.views import gradebook_setup
from cohorts.work.assignments import Worth, add_assignment
from tests.at_once import at_once
from tests.class_factories import NOW, ClassOf, autumn_class
from tests.quiz_factories import QuizFactory

NEW = "/cohorts/autumn/assignments/new/"
SENT = {"title": "Essay", "takes_text": "on", "most_files": "2", "most_megabytes": "5"}


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment() -> None:
    autumn = autumn_class()
    quiz = QuizFactory(course=autumn.cohort.course)
    said = {"cohort": autumn.cohort, "by": autumn.owner.user, "now": NOW}

    def add() -> object:
        return add_item(quiz=quiz, points=Decimal(10), **said)

    found = at_once(add, add, add, expected=(AlreadyThereError,))
    assert sorted(type(one) is GradeItem for one in found) == [False, False, True]

    key = uuid4()

    def make() -> Assignment:
        fields = {"title": "Essay"}
        worth = Worth(points=Decimal(5))
        return add_assignment(fields=fields, worth=worth, times=Times(), sent_as=key, **said)

    assert set(at_once(make, make, make)) == {Assignment.objects.get()}
    assert GradeItem.objects.count() == 2


def test_whoever_was_slower_is_told(
    client: Client, autumn: ClassOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiz = QuizFactory(course=autumn.cohort.course, title="Quiz: Agents")
    client.force_login(autumn.owner.user)
    whole = gradebook_setup.add_item

    def add_after_another(**said: object) -> object:
        """Somebody is faster once the form has been read."""
        whole(**said)
        return whole(**said)

    monkeypatch.setattr(gradebook_setup, "add_item", add_after_another)
    sent = {"quiz": quiz.pk, "points": "10", "title": ""}
    page = client.post("/cohorts/autumn/gradebook/items/new/", sent, follow=True)
    assert page.status_code == 200
    assert "Quiz: Agents is in the gradebook already: it was added a moment ago." in page.text
    assert GradeItem.objects.count() == LogEntry.objects.count() == 1


def key_on(client: Client) -> UUID:
    form = client.get(NEW).context["form"]
    return UUID(str(form["key"].value()))


def test_a_form_that_is_sent_twice_makes_one_assignment(client: Client, autumn: ClassOf) -> None:
    client.force_login(autumn.owner.user)
    sent = {**SENT, "key": str(key_on(client))}
    first = client.post(NEW, sent)
    assert client.post(NEW, {**sent, "title": "Essay"})["Location"] == first["Location"]
    assert Assignment.objects.count() == 1
    for key in (str(key_on(client)), "", "nonsense"):
        client.post(NEW, {**SENT, "key": key})
    assert Assignment.objects.count() == 4
    assert f'name="key" value="{sent["key"]}"' in client.post(NEW, {**sent, "title": ""}).text
    made = Assignment.objects.earliest("pk")
    edit = client.get(f"/cohorts/autumn/assignments/{made.pk}/edit/")
    assert 'name="key"' not in edit.text
