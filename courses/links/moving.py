"""One address in place of another, in the rows of a course and in the drafts that wait."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from courses import editing
from courses.content.documents import PARTS, text_document
from courses.content.saving import assign
from courses.links.uses import OF_NOTEBOOKS, fields_with, notebooks, one_of, references
from courses.models import Course, Lesson, LessonDraft, Reference, Revision

# What a draft says of a lesson; its state and its questions are not in it.
TEXT = (
    "title",
    "summary",
    "minutes",
    "quiz_required",
    "outcomes",
    "introduction",
    "concepts",
    "exercise",
    "references",
)
# An address that nothing has, for the moment in which two references change theirs.
NOWHERE = "https://archived.invalid/{}"


@dataclass(frozen=True, slots=True)
class Clash:
    """A reference with the old address, and one of the same lesson that has the new one."""

    old: Reference
    new: Reference


@dataclass(frozen=True, slots=True)
class Fixed:
    """How many references and notebooks got the new address, and how many were archived."""

    changed: int = 0
    archived: int = 0

    def __add__(self, other: "Fixed") -> "Fixed":
        return Fixed(self.changed + other.changed, self.archived + other.archived)


@dataclass(frozen=True, slots=True)
class Move:
    old: str
    new: str

    def lessons(self, course: Course) -> list[Lesson]:
        """Those whose references name the old address."""
        named = references(course).filter(Q(url=self.old) | Q(author_url=self.old))
        lessons = Lesson.objects.filter(pk__in=named.order_by().values("lesson"))
        return list(lessons.select_related("track").prefetch_related(*PARTS))

    def clashes(self) -> list[Clash]:
        """Where a lesson has both addresses already, in all courses; two queries."""
        old = list(references().filter(url=self.old).select_related("lesson"))
        there = Reference.objects.current().filter(
            lesson__in=[one.lesson_id for one in old], url=self.new
        )
        new = {one.lesson_id: one for one in there}
        return [Clash(one, new[one.lesson_id]) for one in old if one.lesson_id in new]

    def in_rows(self, course: Course, clashing: Collection[int], now: datetime) -> Fixed:
        """Change what names the old address; references whose ids are `clashing` are archived."""
        done = Fixed()
        lessons = set()
        named = references(course).filter(Q(url=self.old) | Q(author_url=self.old))
        for one in named.select_related("lesson__track"):
            archive = one.pk in clashing
            self.change(one, archive)
            lessons.add(one.lesson_id)
            done += Fixed(archived=1) if archive else Fixed(changed=1)
        editing.revise(lessons=lessons, now=now)
        for book in notebooks(course).filter(one_of(OF_NOTEBOOKS, [self.old])):
            fields = fields_with(book, OF_NOTEBOOKS, [self.old])
            assign(book, dict.fromkeys(fields, self.new))
            book.save(update_fields=fields)
            done += Fixed(changed=1)
        return done

    def change(self, reference: Reference, archive: bool) -> None:
        values: dict[str, Any] = {"archived": True} if archive else {}
        if reference.url == self.old and not archive:
            self.make_room(reference)
            values["url"] = self.new
        if reference.author_url == self.old:
            values["author_url"] = self.new
        reference.save(update_fields=assign(reference, values))

    def make_room(self, reference: Reference) -> None:
        """One in the archive may have the new address: the two change theirs."""
        there = Reference.objects.filter(lesson=reference.lesson_id, url=self.new)
        for one in there:
            there.filter(pk=one.pk).update(url=NOWHERE.format(one.pk))
            reference.save(update_fields=assign(reference, {"url": self.new}))
            Reference.objects.filter(pk=one.pk).update(url=self.old)

    def in_draft(self, draft: LessonDraft, base: Revision | None) -> None:
        """The draft with the new address. `base` is what readers have now, where it fits."""
        data = draft.data
        if "references" in data:
            data = {**data, "references": list(self.in_document(data["references"]))}
        changed = assign(draft, {"data": data, **({"base": base} if base else {})})
        if "data" in changed:
            draft.edit += 1
            changed.append("edit")
        draft.save(update_fields=changed)

    def in_document(self, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        known = {row["url"] for row in rows}
        for row in rows:
            swapped = {
                key: self.new if key in {"url", "author_url"} and value == self.old else value
                for key, value in row.items()
            }
            if row["url"] != self.old or self.new not in known:
                yield swapped


def drafts_of(lessons: Collection[Lesson]) -> list[tuple[LessonDraft, bool]]:
    """The drafts of `lessons`, and whether each was begun on what readers have now."""
    by_id = {lesson.pk: lesson for lesson in lessons}
    drafts = LessonDraft.objects.filter(lesson__in=by_id).select_related("base")
    return [
        (draft, text_of(draft.base.data) == text_of(text_document(by_id[draft.lesson_id])))
        for draft in drafts.select_for_update(of=("self",))
    ]


def text_of(document: Mapping[str, Any]) -> list[Any]:
    return [document.get(key) for key in TEXT]
