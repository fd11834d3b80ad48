from datetime import UTC, datetime
from typing import Any

import pytest

from accounts.models import User
from courses.content.documents import document, name_of, text_document
from courses.history.recording import PAST, Change, record
from courses.links.fixing import ClashError, keep_old_address, use_new_address
from courses.links.moving import Fixed
from courses.models import LessonDraft, Link, Mark, Revision
from tests.factories import CourseFactory, NotebookFactory, ReferenceFactory

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OLD, NEW = "https://old.example/page", "https://new.example/page"

pytestmark = pytest.mark.django_db


@pytest.fixture
def link() -> Link:
    return Link.objects.create(url=OLD, state=Link.State.MOVED, moved_to=NEW, answered_at=NOW)


@pytest.fixture
def reference() -> Any:
    return ReferenceFactory(url=OLD, title="Paper", author_url=OLD)


def use(link: Link, by: User, **options: Any) -> Fixed:
    return use_new_address(link=link, by=by, now=NOW, **options)


def row(reference: Any) -> tuple[str, str, bool]:
    reference.refresh_from_db()
    return reference.url, reference.author_url, reference.archived


def test_the_new_address_stands_everywhere(link: Link, reference: Any, editor: User) -> None:
    course = reference.lesson.track.course
    book: Any = NotebookFactory(course=course, colab=OLD, article="https://x.example/")
    other: Any = ReferenceFactory(url=OLD, lesson__track__course=CourseFactory(slug="other"))
    kept: Any = ReferenceFactory(url="https://kept.example/", lesson=reference.lesson)
    gone: Any = ReferenceFactory(url=OLD, archived=True)
    assert use(link, editor) == Fixed(changed=3)
    assert row(reference) == (NEW, NEW, False)
    assert row(other) == (NEW, "", False)
    assert row(kept) == ("https://kept.example/", "", False)
    assert row(gone) == (OLD, "", True)
    book.refresh_from_db()
    assert (book.colab, book.article) == (NEW, "https://x.example/")
    found = Link.objects.get()
    assert (found.url, found.state, found.answered_at) == (NEW, Link.State.OK, NOW)


def test_history_has_it_and_readers_a_new_version(link: Link, reference: Any, editor: User) -> None:
    lesson, course = reference.lesson, reference.lesson.track.course
    before = course.version
    use(link, editor)
    past, made = Revision.objects.filter(name=name_of(lesson)).order_by("pk")
    assert (past.source, past.data["references"][0]["url"]) == (Revision.Source.OUTSIDE, OLD)
    assert (made.source, made.made_by, made.mark) == (Revision.Source.LINKS, editor, Mark.FIX)
    assert made.note == f"{OLD} moved to {NEW}."
    assert made.data == document(course, made.name)
    course.refresh_from_db()
    lesson.refresh_from_db()
    assert course.version > before
    assert (lesson.version, lesson.updated_at, made.version) == (2, NOW, 2)


def test_a_lesson_that_has_the_new_address_is_asked_about(
    link: Link, reference: Any, editor: User
) -> None:
    there: Any = ReferenceFactory(url=NEW, lesson=reference.lesson)
    with pytest.raises(ClashError) as caught:
        use(link, editor)
    assert [(clash.old, clash.new) for clash in caught.value.clashes] == [(reference, there)]
    assert row(reference) == (OLD, OLD, False)
    assert not Revision.objects.exists()

    assert use(link, editor, merge=True) == Fixed(archived=1)
    assert row(reference) == (OLD, NEW, True)
    assert row(there) == (NEW, "", False)


def test_a_reference_in_the_archive_gives_the_address_away(
    link: Link, reference: Any, editor: User
) -> None:
    there: Any = ReferenceFactory(url=NEW, lesson=reference.lesson, archived=True)
    assert use(link, editor) == Fixed(changed=1)
    assert row(reference) == (NEW, NEW, False)
    assert row(there) == (OLD, "", True)


@pytest.mark.parametrize("fits", [True, False])
def test_a_draft_that_waits_gets_the_new_address(
    fits: bool, link: Link, reference: Any, editor: User
) -> None:
    lesson = reference.lesson
    course = lesson.track.course
    base = record(course=course, names={name_of(lesson)}, change=PAST, now=NOW)[0]
    data = {**text_document(lesson), "title": "Better"}
    draft = LessonDraft.objects.create(lesson=lesson, data=data, base=base, updated_at=NOW)
    if not fits:
        lesson.title = "Readers have this by now"
        lesson.save()
        record(course=course, names={name_of(lesson)}, change=Change("editor"), now=NOW)
    use(link, editor)
    draft.refresh_from_db()
    assert draft.data["title"] == "Better"
    assert draft.data["references"][0]["url"] == NEW
    assert draft.edit == 2
    newest = Revision.objects.of_lesson(lesson).first()
    assert draft.base == (newest if fits else base)


def test_a_draft_has_no_address_twice(link: Link, reference: Any, editor: User) -> None:
    lesson = reference.lesson
    base = record(course=lesson.track.course, names={name_of(lesson)}, change=PAST, now=NOW)[0]
    data = text_document(lesson)
    data["references"].append({"title": "New", "url": NEW, "kind": "paper"})
    draft = LessonDraft.objects.create(lesson=lesson, data=data, base=base, updated_at=NOW)
    use(link, editor)
    draft.refresh_from_db()
    assert [one["url"] for one in draft.data["references"]] == [NEW]


def test_the_old_address_can_stay(link: Link) -> None:
    assert not keep_old_address(link_id=link.pk, moved_to="https://other.example/")
    assert not keep_old_address(link_id=0, moved_to=NEW)
    assert keep_old_address(link_id=link.pk, moved_to=NEW)
    link.refresh_from_db()
    assert (link.state, link.move_declined) == (Link.State.OK, NEW)
