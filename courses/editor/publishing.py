"""What becomes of an editor's text: saved, published now or at a time, or refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from courses.content.applying import apply, problems_in
from courses.content.documents import Document, digest_of
from courses.content.problems import Problem
from courses.editor.desk import Desk, Saw, locked
from courses.editor.merging import Merged, Side, merge
from courses.editor.parts import Path, seen_of
from courses.history.recording import Change, record
from courses.models import LessonDraft, Revision


class RefusedError(Exception):
    """The text breaks the rules of the course's files."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


class ChangedError(Exception):
    """What the editor agreed to is not what is there any more."""


class MovedError(Exception):
    """Somebody else saved since. Nothing is written; `merged` is what both together would say."""

    def __init__(self, desk: Desk, saw: Saw, mine: Document, theirs: Document, merged: Merged):
        super().__init__(str(desk.lesson))
        self.desk, self.saw, self.mine, self.theirs, self.merged = desk, saw, mine, theirs, merged

    @property
    def against(self) -> str:
        return digest_of(self.theirs)


@dataclass(frozen=True, slots=True)
class Resolved:
    """An editor's choices, made when the other text had the digest `against`."""

    against: str
    choices: Mapping[Path, Side]


@dataclass(frozen=True, slots=True)
class Words:
    """What the editor says about a change, and whether it is to be reviewed (None: as it is)."""

    mark: str = ""
    note: str = ""
    review: bool | None = None


SILENT = Words()


@transaction.atomic
def save_draft(
    *,
    lesson_id: int,
    text: Document,
    seen: Saw,
    by: User,
    now: datetime,
    words: Words = SILENT,
    resolved: Resolved | None = None,
) -> Desk:
    """Keep `text`: beside what readers have, or in the rows of a lesson that they do not have.

    Raises MovedError where somebody saved since `seen` and `resolved` does not settle it, and
    RefusedError. The desk given back is as it is now.
    """
    desk = locked(lesson_id, now)
    text = text if is_again(desk, text, by) else settled(desk, text, seen, resolved)
    refuse(desk, text)
    if desk.waits:
        put_aside(desk, text, words, by, now)
    else:
        status = {None: {}, True: {"status": "review"}, False: {"status": "draft"}}[words.review]
        write(desk, text, {**desk.state, **status}, words, by, now)
    return locked(lesson_id, now)


def is_again(desk: Desk, text: Document, by: User) -> bool:
    """Whether the same person saved the same just now: a button that was pressed twice."""
    last = desk.draft.updated_by_id if desk.draft else desk.newest and desk.newest.made_by_id
    return last == by.pk and text == desk.text and not desk.is_stale


def settled(desk: Desk, mine: Document, saw: Saw, resolved: Resolved | None) -> Document:
    """`mine` with what others saved since `saw`, by choice where both changed the same."""
    theirs, seen = desk.text, saw.seen
    if desk.saw.seen == seen and desk.waits == saw.waits:
        if not desk.is_stale or desk.draft is None:
            return mine
        theirs, seen = desk.rows, seen_of(desk.draft.base.data)
    fits = resolved is not None and resolved.against == digest_of(theirs)
    merged = merge(seen, mine, theirs, resolved.choices if resolved and fits else {})
    if not fits or merged.conflicts:
        raise MovedError(desk, saw, mine, theirs, merged)
    if desk.is_stale and theirs != desk.rows:
        return settled(desk, merged.document, desk.saw, None)
    return merged.document


def put_aside(desk: Desk, text: Document, words: Words, by: User, now: datetime) -> None:
    """As the lesson's draft; none is left where it says what readers have."""
    draft = desk.draft or LessonDraft(lesson=desk.lesson, edit=0)
    if text == desk.rows:
        if draft.pk:
            draft.delete()
        return
    if desk.newest is None:
        raise Revision.DoesNotExist
    draft.base = desk.newest
    draft.data = text
    if words.review is not None:
        draft.state = LessonDraft.State.REVIEW if words.review else LessonDraft.State.DRAFT
    # What somebody else said about their part of it is not taken back by saying nothing.
    theirs = draft.pk and draft.updated_by_id != by.pk
    draft.mark = words.mark or (draft.mark if theirs else "")
    draft.note = words.note or (draft.note if theirs else "")
    if draft.problem:  # its date has passed: when readers get it is decided anew
        draft.publish_at, draft.problem = None, ""
    draft.edit += 1
    draft.updated_at, draft.updated_by = now, by
    draft.save()


def write(
    desk: Desk,
    text: Document,
    state: Mapping[str, Any],
    words: Words,
    by: User | None,
    now: datetime,
) -> None:
    """Into the rows, and into history."""
    document = {**text, **{key: value for key, value in state.items() if value}}
    apply(course=desk.course, name=desk.name, data=document, now=now)
    change = Change(Revision.Source.EDITOR, by, words.mark, words.note)
    record(course=desk.course, names=desk.touched(), change=change, now=now)


def refuse(desk: Desk, text: Document) -> None:
    if problems := list(problems_in(desk.course, desk.name, text)):
        raise RefusedError(problems)


def agreed(lesson_id: int, seen: str, now: datetime) -> Desk:
    """The desk, if it is still the one that the editor agreed to publish."""
    desk = locked(lesson_id, now)
    if desk.stamp != seen or desk.is_stale:
        raise ChangedError
    refuse(desk, desk.text)
    return desk


@transaction.atomic
def publish(
    *, lesson_id: int, seen: str, by: User | None, now: datetime, words: Words = SILENT
) -> None:
    """Give readers the text. `seen` is the stamp of the desk that the editor agreed to.

    Raises ChangedError and RefusedError.
    """
    desk = agreed(lesson_id, seen, now)
    past = desk.state.get("publish_at") if desk.is_with_readers(now) else None
    write(desk, desk.text, {"publish_at": past}, words, by, now)
    clear(desk)


@transaction.atomic
def schedule(
    *, lesson_id: int, seen: str, at: datetime, by: User, now: datetime, words: Words = SILENT
) -> None:
    """Give readers the text at `at`, which lies ahead: a draft waits, a new lesson has its date."""
    desk = agreed(lesson_id, seen, now)
    if desk.draft and desk.is_with_readers(now):
        draft = desk.draft
        draft.publish_at, draft.mark, draft.note = at, words.mark, words.note
        draft.problem = ""
        draft.edit += 1
        draft.updated_at, draft.updated_by = now, by
        draft.save()
        return
    write(desk, desk.text, {"publish_at": at.isoformat()}, words, by, now)
    clear(desk)


@transaction.atomic
def unschedule(*, lesson_id: int, now: datetime) -> None:
    """The draft waits for somebody again."""
    desk = locked(lesson_id, now)
    if desk.draft and desk.draft.publish_at:
        desk.draft.publish_at, desk.draft.problem = None, ""
        desk.draft.edit += 1
        desk.draft.save(update_fields=["publish_at", "problem", "edit"])


@transaction.atomic
def discard(*, lesson_id: int, seen: str, now: datetime) -> None:
    """Throw the draft away; raises ChangedError where it is not the one that was shown."""
    desk = locked(lesson_id, now)
    if desk.stamp != seen:
        raise ChangedError
    clear(desk)


def clear(desk: Desk) -> None:
    if desk.draft:
        desk.draft.delete()
