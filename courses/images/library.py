"""Pictures into the library, and what is known of their use."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from accounts.models import User
from courses.content.documents import documents_of
from courses.content.normal import IMAGES
from courses.history.recording import Change, catch_up, record
from courses.images.encoding import encoded, examined
from courses.images.naming import name_for, shown_in
from courses.images.picture import Picture
from courses.models import Course, Image, LessonDraft, Revision


@transaction.atomic
def add_image(
    *, course: Course, data: bytes, alt: str, name: str, by: User | None, now: datetime
) -> Image:
    """The picture in `data`, encoded anew; the one that is there where it is there already.

    `name` is that of the file it came in. Raises PictureError.
    """
    picture = encoded(data)
    # Locks the course: of two who bring the same picture, the second finds it.
    catch_up(course=course, names=[IMAGES], now=now)
    known = Image.objects.filter(course=course, digest=picture.digest).first()
    if known:
        return known
    name = name_for(name, picture.width, picture.height, picture.digest)
    image = Image(course=course, name=name, alt=alt, uploaded_at=now, uploaded_by=by)
    keep(image, picture)
    note_change(course, by, now)
    return image


@transaction.atomic
def describe_image(*, image: Image, alt: str, by: User, now: datetime) -> None:
    """Say anew what a picture shows; texts that show it say it in their own words."""
    catch_up(course=image.course, names=[IMAGES], now=now)
    image.alt = alt
    image.save(update_fields=["alt"])
    note_change(image.course, by, now)


def note_change(course: Course, by: User | None, now: datetime) -> None:
    record(course=course, names=[IMAGES], change=Change(Revision.Source.EDITOR, by), now=now)


@transaction.atomic
def load_image(*, course: Course, data: bytes, alt: str, name: str, now: datetime) -> Image:
    """The picture of the course's files, byte for byte, under its very name. Raises PictureError.

    What a picture shows never changes under its name, so one that is there only gets its `alt`.
    """
    image = Image.objects.filter(course=course, name=name).first()
    if image is None:
        image = Image(course=course, name=name, alt=alt, uploaded_at=now)
        return keep(image, examined(data))
    if image.alt != alt:
        image.alt = alt
        image.save(update_fields=["alt"])
    return image


def keep(image: Image, picture: Picture) -> Image:
    image.format = picture.format
    image.width, image.height = picture.width, picture.height
    image.size, image.digest = len(picture.data), picture.digest
    image.file.save(str(image), ContentFile(picture.data), save=False)
    image.save()
    return image


def used_names(course: Course) -> set[str]:
    """The names of pictures in what readers have and in what editors prepare. A fixed number of
    queries; reads the whole course."""
    drafts = LessonDraft.objects.filter(lesson__track__course=course)
    texts: Iterable[object] = [
        *documents_of(course).values(),
        *drafts.values_list("data", flat=True),
    ]
    return {name for text in texts for name in shown_in(json.dumps(text))}


def is_remembered(image: Image) -> bool:
    """Whether an earlier version of a text shows it: bringing that back would need it."""
    revisions = Revision.objects.exclude(name=IMAGES).annotate(text=Cast("data", TextField()))
    return revisions.filter(course=image.course_id, text__contains=image.name).exists()


@transaction.atomic
def delete_image(*, image: Image, by: User | None, now: datetime) -> None:
    """Take a picture that nothing shows out of the library, with its file."""
    course, stored, name = image.course, image.file.storage, image.file.name or ""
    catch_up(course=course, names=[IMAGES], now=now)
    image.delete()
    note_change(course, by, now)
    transaction.on_commit(lambda: stored.delete(name))
