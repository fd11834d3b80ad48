"""A plan in words and plain data: what the command prints, and what the review screen shows."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.changes.comparing import Difference
from courses.changes.labels import field_label, thing_label
from courses.changes.words import words
from courses.content.normal import COURSE, NOTEBOOKS
from courses.readme.documents import file_of
from courses.readme.inline import shortened
from courses.readme.ledger import counted
from courses.readme.outline import Outline
from courses.readme.plans import FileConflict, Plan, Renaming

LONGEST_LINE, LONGEST_TEXT = 160, 2_000
MOST_REPAIRS = 500


def counts_of(outline: Outline) -> dict[str, int]:
    """How many things of each kind the README holds."""
    return {
        "parts": len(outline.parts),
        "lessons": len(outline.lessons),
        "concepts": sum(len(one.concepts) for one in outline.lessons),
        "references": sum(len(one.references) for one in outline.lessons),
        "notebooks": len(outline.notebooks),
    }


def warnings_of(plan: Plan) -> list[str]:
    """What an editor should look at, a sentence each."""
    outline = plan.reading.outline
    found = []
    if not outline.lessons:
        found.append(_("No lessons were found: there are no headings such as “### 1. Title”."))
    for lesson in outline.lessons:
        if not lesson.concepts:
            found.append(_("“%s” has no concepts.") % lesson.title)
    if repairs := len(plan.reading.decoded.repairs):
        found.append(
            ngettext(
                "%d line was decoded wrongly or holds odd characters; see its account.",
                "%d lines were decoded wrongly or hold odd characters; see their account.",
                repairs,
            )
            % repairs
        )
    if plan.conflicts:
        found.append(
            ngettext(
                "%d text of the course says something else; see below which stays.",
                "%d texts of the course say something else; see below which stay.",
                len(plan.conflicts),
            )
            % len(plan.conflicts)
        )
    return found


def report_of(plan: Plan) -> dict[str, Any]:
    """All that the review screen shows, bounded, as JSON keeps it."""
    return {
        "slug": plan.slug,
        "title": plan.title,
        "stamp": plan.standing.stamp,
        "is_new": plan.standing.course is None,
        "changes_nothing": plan.changes_nothing,
        "encoding": plan.reading.decoded.encoding,
        "counts": counts_of(plan.reading.outline),
        "verdicts": counted(plan.reading.entries),
        "warnings": warnings_of(plan),
        "tree": tree_of(plan),
        "files": list(files_of(plan)),
        "conflicts": [conflict_of(plan, one) for one in plan.conflicts],
        "renamings": [renaming_of(one) for one in plan.renamings],
        "archived": list(plan.archived),
        "left_archived": list(plan.left_archived),
        "moved": list(plan.moved),
        "published": list(plan.published),
        "repairs": [
            [one.line, clip(one.was), clip(one.now), one.how]
            for one in plan.reading.decoded.repairs[:MOST_REPAIRS]
        ],
        "lines": [
            [one.number, one.verdict, one.what, shortened(one.how, 300), clip(text)]
            for one, text in zip(plan.reading.entries, plan.reading.decoded.lines, strict=True)
        ],
    }


def clip(text: str) -> str:
    return shortened(text, LONGEST_LINE)


def tree_of(plan: Plan) -> list[dict[str, Any]]:
    """Parts and lessons as they come, each with its state."""
    own = iter(plan.lesson_names)
    return [
        {
            "title": part.title or plan.title,
            "optional": part.optional,
            "lessons": [
                {
                    "title": lesson.title,
                    "concepts": [one.name for one in lesson.concepts],
                    "references": len(lesson.references),
                    "state": state_of(plan, next(own, "")),
                }
                for lesson in part.lessons
            ],
        }
        for part in plan.reading.outline.parts
    ]


def state_of(plan: Plan, name: str) -> str:
    if plan.standing.course is None or name in plan.new:
        return "new"
    if name in plan.left_archived:
        return "archived"
    return "changed" if file_of(name) in plan.files else "same"


def files_of(plan: Plan) -> Iterator[dict[str, Any]]:
    """The documents that would change, with their differences in words."""
    for name, differences in plan.differences.items():
        yield {
            "name": name,
            "title": title_of(plan, name),
            "waits": waits(plan, name),
            "loses_date": name.removesuffix(".yaml") in plan.standing.scheduled,
            "differences": [difference_of(one) for one in differences],
        }


def waits(plan: Plan, name: str) -> bool:
    """Whether the change waits in a draft, since readers have the lesson."""
    lesson = name.removesuffix(".yaml")
    has_draft = lesson in plan.standing.waiting
    return has_draft or (lesson in plan.standing.published and not plan.publish)


def title_of(plan: Plan, name: str) -> str:
    if name == COURSE:
        return _("Course and parts")
    return _("Notebooks") if name == NOTEBOOKS else str(plan.files[name]["title"])


def difference_of(one: Difference) -> dict[str, Any]:
    before, after = shortened(one.before, LONGEST_TEXT), shortened(one.after, LONGEST_TEXT)
    pieces = [{"kind": "same", "text": f"{before} → {after}"}]
    if one.kind != "moved":
        pieces = pieces_of(before, after)
    return {"label": one.label, "kind": one.kind, "pieces": pieces}


def pieces_of(before: str, after: str) -> list[dict[str, str]]:
    """Word by word, as JSON keeps it."""
    return [{"kind": one.kind, "text": one.text} for one in words(before, after)]


def conflict_of(plan: Plan, one: FileConflict) -> dict[str, Any]:
    path = one.conflict.path
    if not path:
        label = _("The lesson is not in the README any more")
    elif len(path) == 1:
        label = _("Order") if path[0] in {"concepts", "references"} else field_label(path, "")
    else:
        label = thing_label(path[0], row_called(plan, one))
        label = field_label(path, label) if len(path) > 2 else label
    return {
        "file": one.file,
        "label": label,
        "pieces": pieces_of(
            shortened(said(one.conflict.ours), LONGEST_TEXT),
            shortened(said(one.conflict.theirs), LONGEST_TEXT),
        ),
    }


def said(value: Any) -> str:
    """A side of a conflict in words."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("title") or value.get("body") or "")
    return str(value)


def row_called(plan: Plan, one: FileConflict) -> dict[str, Any]:
    """The row that a conflict is about, as the course has it or as the README brings it."""
    name, key = one.conflict.path[:2]
    for side in (one.conflict.ours, one.conflict.theirs):
        if isinstance(side, dict):
            return {**side, "url": key}
    ours = plan.standing.documents
    document = ours.all.get(one.file, {}) if ours else {}
    rows = document.get(name) or []
    return next((row for row in rows if key in (row.get("slug"), row.get("url"))), {"slug": key})


def renaming_of(one: Renaming) -> dict[str, str]:
    return {"kind": one.kind, "address": one.address, "before": one.before, "after": one.after}


def text_of(report: dict[str, Any]) -> str:
    """The account of every line, for a file: number, verdict, what and how, and the line."""
    lines = []
    for number, verdict, what, how, text in report["lines"]:
        account = "; ".join(filter(None, [what, how]))
        lines.append(f"{number:>6} {verdict:<8} {account} | {text}".rstrip(" |"))
    return "\n".join(lines) + "\n"
