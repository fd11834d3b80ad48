from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from courses.history.recording import Change, record
from courses.images.library import (
    add_image,
    delete_image,
    describe_image,
    is_remembered,
    load_image,
    used_names,
)
from courses.images.picture import PictureError
from courses.models import Image, LessonDraft, Revision
from tests.courses.images.pictures import drawn, photo, saved
from tests.factories import ConceptFactory, CourseFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _files(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]


def add(data: bytes = b"", **more: object) -> Image:
    values = {"alt": "A red square", "name": "red.png", "by": None, "now": NOW, **more}
    return add_image(course=CourseFactory(), data=data or saved("PNG"), **values)  # type: ignore[arg-type]


def stored(image: Image) -> bytes:
    with image.file.open("rb") as file:
        return file.read()


def test_a_picture_goes_into_the_library(editor: User) -> None:
    image = add(photo(), name="My photo.jpeg", by=editor)
    assert (image.name[:15], image.format, image.width) == ("my-photo-20x40-", "jpg", 20)
    assert (image.alt, image.uploaded_by) == ("A red square", editor)
    assert stored(image)[:2] == b"\xff\xd8"
    assert image.get_absolute_url() == f"/images/{image.name}.jpg"


def test_a_drawing_is_kept_as_it_was_sent(editor: User) -> None:
    image = add(drawn(), name="Red square.svg", by=editor)
    assert (image.name[:15], image.format, image.width) == ("red-square-4x3-", "svg", 4)
    assert stored(image) == drawn()


def test_the_same_picture_again_is_the_same(editor: User) -> None:
    first = add()
    assert add(name="other.png", alt="Else") == first
    assert Image.objects.get().alt == "A red square"


def test_a_picture_from_the_files_keeps_name_and_bytes() -> None:
    ours = add()
    data, name = stored(ours), ours.name
    delete_image(image=ours, by=None, now=NOW)
    course = CourseFactory()
    loaded = load_image(course=course, data=data, alt="Red", name=name, now=NOW)
    assert (loaded.name, stored(loaded), loaded.digest) == (name, data, ours.digest)
    assert load_image(course=course, data=data, alt="Reddish", name=name, now=NOW) == loaded
    assert Image.objects.get().alt == "Reddish"
    with pytest.raises(PictureError):
        load_image(course=course, data=photo(), alt="x", name="other-20x40-00000000", now=NOW)


def test_what_happens_to_a_picture_is_in_the_history(editor: User) -> None:
    image = add(by=editor)
    describe_image(image=image, alt="Crimson", by=editor, now=NOW)
    delete_image(image=image, by=editor, now=NOW)
    kept = Revision.objects.filter(name="images.yaml", made_by=editor).order_by("pk")
    rows = [[row["alt"] for row in revision.data.get("images", [])] for revision in kept]
    assert rows == [["A red square"], ["Crimson"], []]


def test_what_is_shown_is_used() -> None:
    texts = [add(saved("PNG", (size, 3))) for size in (4, 5, 6)]
    shown, drafted, _unused = (f"![Red]({image.get_absolute_url()})" for image in texts)
    lesson = ConceptFactory(body=shown).lesson
    change = Change(Revision.Source.EDITOR)
    [revision] = record(
        course=lesson.track.course,
        names=[f"{lesson.track.slug}/{lesson.slug}.yaml"],
        change=change,
        now=NOW,
    )
    LessonDraft.objects.create(
        lesson=lesson, data={"introduction": drafted}, base=revision, updated_at=NOW
    )
    assert used_names(lesson.track.course) == {texts[0].name, texts[1].name}
    assert [is_remembered(image) for image in texts] == [True, False, False]


def test_deleting_takes_the_file_along(django_capture_on_commit_callbacks: object) -> None:
    image = add()
    stored, name = image.file.storage, image.file.name or ""
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        delete_image(image=image, by=None, now=NOW)
    assert (Image.objects.exists(), stored.exists(name)) == (False, False)


def test_looking_for_use_asks_as_often_for_many_lessons() -> None:
    course = ConceptFactory().lesson.track.course
    with CaptureQueriesContext(connection) as few:
        used_names(course)
    for _ in range(3):
        ConceptFactory(lesson__track__course=course)
    with CaptureQueriesContext(connection) as many:
        used_names(course)
    assert len(many) == len(few) < 18
