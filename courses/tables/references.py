"""References as a table: a row each, found by lesson and address."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django.db.models import Max

from courses.content.problems import Problem
from courses.content.schema import REFERENCE
from courses.content.shapes import problems_of
from courses.models import Lesson, Reference
from courses.tables.resource import PLACE, Key, TableResource

TEXTS = ("title", "author", "author_url", "kind", "level", "note")
LAST = 32_767
YES, NO = {"yes", "true", "1", "x"}, {"", "no", "false", "0"}


class ReferenceTable(TableResource[Reference]):
    columns: ClassVar[Key] = (*PLACE, "position", "url", *TEXTS, "archived")
    key: ClassVar[Key] = (*PLACE, "url")
    editable: ClassVar[Key] = (*TEXTS, "position", "archived")

    class Meta(TableResource.Meta):
        model = Reference

    def key_in(self, thing: Reference) -> Key:
        lesson = thing.lesson
        return (lesson.track.course.slug, lesson.track.slug, lesson.slug, thing.url)

    def stored(self, lessons: Iterable[Lesson]) -> Iterator[tuple[Key, Reference]]:
        places = {lesson.pk: place for place, lesson in self.lessons.items()}
        self.last = dict(
            Reference.objects.filter(lesson__in=list(places))
            .order_by()
            .values_list("lesson")
            .annotate(Max("position"))
        )
        for one in Reference.objects.filter(lesson__in=[lesson.pk for lesson in lessons]):
            yield (*places[one.lesson_id], one.url), one

    def made(self, row: Mapping[str, str], lesson: Lesson) -> Reference:
        return Reference(lesson=lesson, url=row["url"].strip(), position=0)

    def problems(self, row: Mapping[str, str], thing: Reference) -> Iterator[Problem]:
        yield from problems_of({"url": thing.url, **said(row, thing)}, REFERENCE)
        position, archived = row.get("position", "").strip(), row.get("archived", "")
        if position and not (position.isascii() and position.isdigit() and int(position) <= LAST):
            yield Problem(("position",), f"must be a number from 0 to {LAST}, or empty.")
        if archived.strip().lower() not in YES | NO:
            yield Problem(("archived",), "must be yes or no.")

    def take(self, row: Mapping[str, str], thing: Reference) -> None:
        for name in TEXTS:
            if name in row:
                setattr(thing, name, row[name])
        if "archived" in row:
            thing.archived = row["archived"].strip().lower() in YES
        if place := row.get("position", "").strip():
            thing.position = int(place)
        elif thing.pk is None:
            last = min(self.last.get(thing.lesson_id, 0) + 1, LAST)
            thing.position = self.last[thing.lesson_id] = last

    def values(self, thing: Reference) -> dict[str, str]:
        texts = {name: str(getattr(thing, name)) for name in TEXTS}
        archived = "yes" if thing.archived else "no"
        return {**texts, "position": str(thing.position), "archived": archived}

    def revises(self) -> bool:
        return True

    def get_bulk_update_fields(self) -> list[str]:
        return list(self.editable)


def said(row: Mapping[str, str], thing: Reference) -> dict[str, Any]:
    """The row as one of a lesson's file; a column that is not there says nothing new."""
    values = {name: row.get(name, getattr(thing, name)) for name in TEXTS}
    optional = {"author", "author_url", "level", "note"}
    return {name: value for name, value in values.items() if value or name not in optional}
