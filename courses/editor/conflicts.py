"""Two editors on one lesson: the page that shows the second one both texts, and their choices."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.admin.base import ContentAdmin
from courses.changes.words import Piece, words
from courses.content.normal import Document
from courses.editor import stash
from courses.editor.desk import Desk, Saw
from courses.editor.merging import Conflict, Side
from courses.editor.parts import Path, digest, parts_of, seen_of
from courses.editor.publishing import MovedError, Resolved
from courses.editor.sheet import Sheet
from courses.editor.telling import called, label_of, said_of
from courses.models import Revision

PAGE = "admin/courses/lesson/conflict.html"
CHOICE = "choice-"
SIDES: dict[str, Side] = {"mine": "mine", "theirs": "theirs"}


def resolved_by(data: QueryDict) -> Resolved | None:
    """The choices that came with a form, or None where it offers none."""
    if "against" not in data:
        return None
    choices = {}
    for name in data:
        if name.startswith(CHOICE) and (side := SIDES.get(str(data[name]))):
            choices[path_in(str(data.get(f"path-{name.removeprefix(CHOICE)}", "")))] = side
    return Resolved(str(data["against"]), choices)


def path_in(text: str) -> Path:
    try:
        return tuple(str(part) for part in json.loads(text))
    except (ValueError, TypeError, RecursionError):
        return ()


@dataclass(frozen=True, slots=True)
class Clash:
    """A conflict as the page shows it."""

    number: str
    path: str
    label: str
    mine: tuple[Piece, ...]
    theirs: tuple[Piece, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Save:
    """Who saved what since, and when."""

    who: str
    what: str
    at: Any


def conflict_page(request: HttpRequest, admin: ContentAdmin, moved: MovedError) -> HttpResponse:
    desk = moved.desk
    now = timezone.now()
    known = {concept.slug for concept in desk.lesson.concepts.all()}
    change = {name: request.POST.get(name, "") for name in ("mark", "note")}
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "media": admin.media,
        "title": _("Somebody else saved this lesson"),
        "lesson": desk.lesson,
        "original": desk.lesson,
        "said": said_of(desk, request.user, now),
        "saves": saves_since(desk, moved.saw),
        "clashes": clashes_of(moved, request.POST),
        "asked_again": "against" in request.POST,
        "sheet": Sheet.of(moved.mine, known, change),
        "hidden": {**moved.saw.written(), "for": stash.sign(request, desk.lesson.pk)},
        "against": moved.against,
        "button": next((name for name in BUTTONS if name in request.POST), "_save"),
        "has_view_permission": True,
    }
    return TemplateResponse(request, PAGE, context, status=409)


BUTTONS = ("_review", "_draft", "_publish", "_schedule")


def saves_since(desk: Desk, saw: Saw) -> list[Save]:
    """Newest first, at most ten."""
    found = []
    if desk.draft and desk.draft.edit > saw.edit:
        who = str(desk.draft.updated_by or _("Somebody who has left"))
        found.append(Save(who, _("saved the draft"), desk.draft.updated_at))
    since = Revision.objects.of_lesson(desk.lesson).filter(pk__gt=saw.base)
    for revision in since.select_related("made_by")[:10]:
        late = revision.source == Revision.Source.OUTSIDE
        if late and seen_of(revision.data) == saw.seen:  # what was there, recorded later
            continue
        by_way = _("changed the lesson (%s)") % revision.get_source_display()
        what = _("changed the lesson: %s") % revision.note if revision.note else by_way
        found.append(Save(str(revision.made_by or _("Cairn")), what, revision.made_at))
    return found


def clashes_of(moved: MovedError, data: QueryDict) -> list[Clash]:
    resolved = resolved_by(data)
    choices = resolved.choices if resolved else {}
    base = moved.desk.newest
    bases = [one for one in (base_of(moved), base.data if base else None) if one]
    return [
        clash_of(str(number), conflict, moved, bases, choices)
        for number, conflict in enumerate(moved.merged.conflicts, 1)
    ]


def base_of(moved: MovedError) -> Document | None:
    """The revision that the editor had before them, where there was one."""
    base = Revision.objects.filter(pk=moved.saw.base, lesson=moved.desk.lesson).first()
    return base.data if base else None


def clash_of(
    number: str,
    conflict: Conflict,
    moved: MovedError,
    bases: list[Document],
    choices: Mapping[Path, Side],
) -> Clash:
    documents = [moved.mine, moved.theirs]
    before = common(conflict, moved, bases, documents)
    mine, theirs = (
        text_of(conflict.path, one, documents) for one in (conflict.mine, conflict.theirs)
    )
    return Clash(
        number,
        json.dumps(conflict.path),
        label_of(conflict.path, documents),
        words(before, mine) if before is not None else words(theirs, mine),
        words(before, theirs) if before is not None else (Piece("same", theirs),),
        choices.get(conflict.path, ""),
    )


def common(
    conflict: Conflict, moved: MovedError, bases: list[Document], documents: list[Document]
) -> str | None:
    """The text that both began with, where history still has it."""
    for base in bases:
        values = parts_of(base).values
        if conflict.path in values:
            value = values[conflict.path]
            if moved.saw.seen.digests.get(conflict.path) == digest(value):
                return text_of(conflict.path, value, documents)
    return None


def text_of(path: Path, value: Any, documents: list[Document]) -> str:
    """A part's value as a text to read."""
    if value is None:
        return _("(removed)") if len(path) == 2 else ""
    if len(path) == 1 and isinstance(value, tuple):
        return "\n".join(called(path[0], key, documents) for key in value)
    if isinstance(value, list):
        return "\n".join(value)
    if isinstance(value, dict) and "prompt" in value:
        return f"{value['prompt']}\n{value['answer']}"
    if isinstance(value, dict):
        return "\n\n".join(str(one) for one in value.values() if one)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
