"""What the editor's pages say of a lesson, a save, a part."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.changes.labels import field_label, field_name, thing_label
from courses.editor.desk import Desk, differences
from courses.editor.parts import LISTS, Path
from courses.editor.states import moment
from courses.models import LessonDraft, Status

KINDS = {"concepts": gettext_lazy("concept"), "references": gettext_lazy("reference")}


def said_of(desk: Desk, user: Any, now: datetime) -> list[str]:
    """Which text readers have, and what becomes of the one in the form; a sentence each."""
    if desk.lesson.status != Status.PUBLISHED:
        return said_unpublished(desk)
    lesson, draft = desk.lesson, desk.draft
    if desk.is_with_readers(now):
        day = date_format(localtime(lesson.updated_at), "DATE_FORMAT")
        has = _("Readers have the version of %s.") % day
    else:
        has = _("Readers get this lesson on %s.") % moment(lesson.publish_at or now)
    if draft is None:
        return [has, _("What you save waits as a draft until you publish it.")]
    return [has, *said_of_draft(desk, draft, user)]


def said_unpublished(desk: Desk) -> list[str]:
    says = {
        Status.DRAFT: _("Readers do not have this lesson: it is a draft."),
        Status.REVIEW: _("Readers do not have this lesson: it is in review."),
        Status.ARCHIVED: _("Readers do not have this lesson: it is archived."),
    }
    waits = [_("Changes that were not published wait with it.")] if desk.draft else []
    return [says[Status(desk.lesson.status)], *waits]


def said_of_draft(desk: Desk, draft: LessonDraft, user: Any) -> Iterator[str]:
    who = draft.updated_by
    at = moment(draft.updated_at)
    if who == user:
        yield _("Your changes of %s wait as a draft.") % at
    else:
        somebody = who or _("Somebody who has left")
        yield _("Changes by %(who)s of %(at)s wait as a draft.") % {"who": somebody, "at": at}
    yield from said_of_date(desk, draft)
    if draft.state == LessonDraft.State.REVIEW and not draft.publish_at:
        yield _("They are in review.")
    if desk.is_stale:
        yield _(
            "Since the draft was begun, the text that readers have was changed, too. "
            "Save the draft: you are shown both and decide."
        )


def said_of_date(desk: Desk, draft: LessonDraft) -> Iterator[str]:
    """Never that they will be published where they will not."""
    if not draft.publish_at:
        return
    at = moment(draft.publish_at)
    if draft.problem == LessonDraft.Problem.CHANGED and desk.is_stale:
        yield _("They were to be published on %s and could not be.") % at
    elif draft.problem:
        says = _("They were to be published on %(at)s and could not be: %(why)s.")
        yield says % {"at": at, "why": draft.get_problem_display()}
    elif desk.is_stale:
        yield _("They are not published on %s as planned unless you save them before.") % at
    else:
        yield _("They are published on %s.") % at


def saved(desk: Desk) -> str:
    if desk.draft and desk.draft.state == LessonDraft.State.REVIEW:
        return _("Saved and in review. Readers still have the version that they had.")
    if desk.draft:
        return _("Saved as a draft. Readers still have the version that they had.")
    if desk.waits:
        return _("Nothing differs from what readers have, so there is no draft.")
    if desk.lesson.status == Status.REVIEW:
        return _("Saved and in review. Readers do not have this lesson yet.")
    return _("Saved. Readers do not have this lesson.")


def change_message(before: Desk, after: Desk) -> list[dict[str, Any]]:
    """For the admin's log: what was changed, added, removed; empty where nothing was."""
    told: dict[tuple[str, str], list[str]] = {}
    for path in differences(before.text, after.text):
        row = (path[0], path[1]) if len(path) > 1 else ("", "")
        told.setdefault(row, []).append(field_of(path))
    return [entry(before, after, row, fields) for row, fields in told.items()]


def field_of(path: Path) -> str:
    if len(path) == 1 and path[0] in KINDS:
        return _("order of the %ss") % KINDS[path[0]]
    return field_name(path) if len(path) != 2 else ""


def entry(before: Desk, after: Desk, row: tuple[str, str], fields: list[str]) -> dict[str, Any]:
    name, key = row
    if not name:
        return {"changed": {"fields": fields}}
    what = {"name": str(KINDS[name]), "object": called(name, key, [after.text, before.text])}
    if fields != [""]:
        return {"changed": {**what, "fields": fields}}
    return {"added" if has(after.text, name, key) else "deleted": what}


def rows(document: Any, name: str) -> dict[str, Any]:
    return {row[LISTS[name][0]]: row for row in document.get(name) or ()}


def has(document: Any, name: str, key: str) -> bool:
    return key in rows(document, name)


def row_of(name: str, key: str, documents: Iterable[Any]) -> Mapping[str, Any]:
    """The row, from the first of the documents that has it."""
    found = (rows(document, name).get(key) for document in documents)
    return next(filter(None, found), {"title": key})


def called(name: str, key: str, documents: Iterable[Any]) -> str:
    row = row_of(name, key, documents)
    return str(row.get("name") or row.get("title"))


def label_of(path: Path, documents: Iterable[Any]) -> str:
    """A part in words, as in “Concept “Base techniques”: text”."""
    name = path[0]
    if len(path) == 1:
        orders = {
            "concepts": _("Order of the concepts"),
            "references": _("Order of the references"),
        }
        return orders.get(name) or field_label(path, "")
    thing = thing_label(name, row_of(name, path[1], documents))
    return field_label(path, thing) if len(path) > 2 else thing
