import pytest
from django.test import Client

from accounts.models import User
from courses.models import Lesson
from tests import people
from tests.factories import ConceptFactory, LessonFactory, ReferenceFactory, TrackFactory


@pytest.fixture
def as_editor(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def other(db: None) -> Client:
    """A second editor."""
    client = Client()
    client.force_login(people.person("otto@example.org", "Otto Berg", "Editors", staff=True))
    return client


@pytest.fixture
def lesson(db: None) -> Lesson:
    """A published lesson with two concepts and a reference."""
    track = TrackFactory(slug="scientist", title="The Scientist")
    lesson = LessonFactory(
        track=track, title="Quantization", slug="quantization", introduction="Read.\n"
    )
    ConceptFactory(lesson=lesson, name="Rounding", slug="rounding", body="Old.\n", position=1)
    ConceptFactory(lesson=lesson, name="Scaling", slug="scaling", body="Scale.\n", position=2)
    ReferenceFactory(lesson=lesson, title="A paper", url="https://example.org/paper", position=1)
    return lesson
