"""What a double click and a second window do to progress: nothing that a learner could see."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from accounts.erasure import erase
from accounts.models import User
from courses import progress
from courses.models import ConceptTick, Enrolment, LessonProgress
from tests.at_once import at_once
from tests.factories import ConceptFactory, LessonFactory, ReferenceFactory

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def press(user: User, path: str, **fields: Any) -> Callable[[], int]:
    """Sends the form at `path` as `user` from a window of its own; answers with the status."""
    client = Client()
    client.force_login(user)
    return lambda: client.post(path, fields).status_code


def test_ticking_and_unticking(learner: User) -> None:
    concept = ConceptFactory()
    path = f"/concepts/{concept.pk}/tick/"
    ticks = [press(learner, path, concept=concept.pk) for _ in range(2)]
    unticks = [press(learner, path) for _ in range(2)]
    for _ in range(5):
        assert at_once(*ticks, *unticks) == [302] * 4
    assert ConceptTick.objects.count() <= 1
    assert LessonProgress.objects.count() == Enrolment.objects.count() == 1


def test_the_last_two_concepts_make_it_done(learner: User) -> None:
    for _ in range(3):
        lesson = LessonFactory(quiz_required=False)
        concepts = ConceptFactory.create_batch(4, lesson=lesson)
        at_once(*[press(learner, f"/concepts/{one.pk}/tick/", concept=one.pk) for one in concepts])
        assert LessonProgress.objects.get(lesson=lesson).completed_at is not None


def test_references_in_a_list_and_one_by_one(learner: User) -> None:
    lesson = LessonFactory()
    one, two = ReferenceFactory.create_batch(2, lesson=lesson)
    all_of_them = f"{lesson.get_absolute_url()}references/"
    found = at_once(
        press(learner, all_of_them, reference=[one.pk, two.pk]),
        press(learner, all_of_them, reference=[two.pk]),
        press(learner, f"/references/{one.pk}/tick/", reference=one.pk),
        press(learner, f"/references/{one.pk}/tick/"),
    )
    assert found == [302] * 4


def test_enrolling_and_leaving(learner: User) -> None:
    course = LessonFactory().track.course
    enrol, leave = f"{course.get_absolute_url()}enrol/", f"{course.get_absolute_url()}leave/"
    for _ in range(3):
        pressed = [press(learner, path) for path in (enrol, enrol, leave, leave)]
        assert at_once(*pressed) == [302] * 4
    assert Enrolment.objects.count() == 1


def test_opening_marking_and_ticking(learner: User) -> None:
    concept = ConceptFactory()
    address = concept.lesson.get_absolute_url()
    progress.enrol(user=learner, course=concept.lesson.track.course, now=NOW)
    reader = Client()
    reader.force_login(learner)
    found = at_once(
        lambda: reader.get(address).status_code,
        press(learner, f"{address}done/", done="1"),
        press(learner, f"{address}done/"),
        press(learner, f"/concepts/{concept.pk}/tick/", concept=concept.pk),
    )
    assert found == [200, 302, 302, 302]
    assert LessonProgress.objects.count() == 1


def test_erasing_while_ticking(learner: User) -> None:
    window = User.objects.get()
    concepts = ConceptFactory.create_batch(3, lesson=LessonFactory())
    ticks = [
        lambda one=one: progress.tick_concept(user=window, concept=one, now=NOW) for one in concepts
    ]
    at_once(lambda: erase(user=learner), *ticks, expected=(IntegrityError,))
    assert User.objects.count() == ConceptTick.objects.count() == 0
