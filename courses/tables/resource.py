"""What the tables of references and of questions have in common, on django-import-export."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from import_export import resources
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import Result
from tablib import Dataset

from accounts.models import User
from courses import editing
from courses.content.documents import name_of
from courses.content.problems import Problem
from courses.history.recording import Change, catch_up, record
from courses.models import Course, Lesson, Revision
from courses.signals import renew
from courses.tables.plan import FieldChange, RowChange
from courses.tables.reading import MOST_ROWS, Table, TableError

BATCH = 500
NEVER = datetime.min.replace(tzinfo=UTC)
# The columns by which a lesson is found.
PLACE = ("course", "track", "lesson")

Key = tuple[str, ...]
Thing = TypeVar("Thing", bound=models.Model)


class TableResource(resources.Resource, Generic[Thing]):
    """Rows matched by natural keys, checked by the rules of the files, written all or none.

    One is made for one table: it remembers what it saw.
    """

    # All columns in their order; those that tell rows apart, and those that say what to change.
    columns: ClassVar[Key]
    key: ClassVar[Key]
    editable: ClassVar[Key]
    # Rows that one table may change: each is checked twice, in the time of a request.
    most_changes: ClassVar[int] = MOST_ROWS
    # Files of the course that may differ beside the lessons' own.
    besides: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        use_transactions = True
        use_bulk = True
        batch_size = BATCH
        skip_diff = True
        skip_unchanged = True
        clean_model_instances = False
        instance_loader_class = BaseInstanceLoader

    def __init__(
        self, table: Table, *, by: User | None = None, now: datetime = NEVER, writes: bool = False
    ) -> None:
        super().__init__()
        self.table, self.by, self.now, self.writes = table, by, now, writes
        self.lessons: dict[Key, Lesson] = {}
        self.found: dict[Key, Thing] = {}
        self.known: dict[Key, dict[str, str]] = {}
        self.seen: set[Key] = set()
        self.touched: set[int] = set()
        self.changes: list[RowChange] = []
        self.written: list[Thing] = []
        self.before: dict[str, str] = {}

    @classmethod
    def of(cls, things: QuerySet[Thing]) -> Dataset:
        """The rows of `things` as text."""
        return cls(Table(Dataset(), ())).export(things)

    # What each table says for itself.

    def stored(self, lessons: Iterable[Lesson]) -> Iterator[tuple[Key, Thing]]:
        """The rows of these lessons, each with its key."""
        raise NotImplementedError

    def key_in(self, thing: Thing) -> Key:
        raise NotImplementedError

    def made(self, row: Mapping[str, str], lesson: Lesson) -> Thing:
        raise NotImplementedError

    def problems(self, row: Mapping[str, str], thing: Thing) -> Iterator[Problem]:
        raise NotImplementedError

    def take(self, row: Mapping[str, str], thing: Thing) -> None:
        """Give `thing` what the sound `row` says."""
        raise NotImplementedError

    def values(self, thing: Thing) -> dict[str, str]:
        """The `editable` columns as a table has them."""
        raise NotImplementedError

    def revises(self) -> bool:
        """Whether it is the text of lessons that changes."""
        return False

    # The way of a table through django-import-export.

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        slugs = set(dataset["course"])
        if self.writes:
            list(Course.objects.select_for_update().filter(slug__in=slugs).order_by("pk"))
        lessons = Lesson.objects.filter(track__course__slug__in=slugs)
        for lesson in lessons.select_related("track__course").prefetch_related("concepts"):
            self.lessons[lesson.track.course.slug, lesson.track.slug, lesson.slug] = lesson
        named = {self.place_of(row) for row in dataset.dict}
        wanted = [lesson for place, lesson in self.lessons.items() if place in named]
        self.found = dict(self.stored(wanted))
        self.known = {key: self.values(thing) for key, thing in self.found.items()}
        if sum(not self.is_known(row) for row in dataset.dict) > self.most_changes:
            text = _("The table changes over %d rows. Split it.")
            raise TableError(text % self.most_changes)
        if self.writes:
            for course, names in by_course(wanted):
                catch_up(course=course, names=names | self.besides, now=self.now)

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        self.number = self.table.numbers[kwargs["row_number"] - 1]
        if self.place_of(row) not in self.lessons:
            where = " / ".join(self.place_of(row))
            raise ValidationError({"lesson": _("There is no lesson “%s”.") % where})
        key = self.key_of(row)
        if key in self.seen:
            raise ValidationError({self.key[-1]: _("It stands in the table twice.")})
        self.seen.add(key)

    def get_or_init_instance(self, instance_loader: Any, row: Any) -> tuple[Thing, bool]:
        found = self.found.get(self.key_of(row))
        self.before = self.known.get(self.key_of(row), {})
        return found or self.made(row, self.lessons[self.place_of(row)]), found is None

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        if self.is_known(row):
            return
        wrong: dict[str, list[str]] = {}
        for problem in self.problems(row, instance):
            wrong.setdefault(self.column_of(problem), []).append(problem.message)
        if wrong:
            raise ValidationError(wrong)
        self.take(row, instance)

    def skip_row(
        self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        if import_validation_errors:
            return False
        after = self.values(instance)
        fields = tuple(
            FieldChange(name, self.before.get(name, ""), after[name])
            for name in self.editable
            if self.before.get(name, "") != after[name]
        )
        kind = self.kind_of(fields)
        self.changes.append(RowChange(self.number, kind, " / ".join(self.key_of(row)[1:]), fields))
        if kind != "unchanged":
            self.touched.add(self.lessons[self.place_of(row)].pk)
            self.written.append(instance)
        return kind == "unchanged"

    def is_known(self, row: Mapping[str, str]) -> bool:
        """Whether the row says what is stored: most do, and checking Markdown takes time."""
        before = self.known.get(self.key_of(row))
        return before is not None and all(
            row.get(name, before[name]) == before[name] for name in self.editable
        )

    def kind_of(self, fields: tuple[FieldChange, ...]) -> str:
        if not self.before:
            return "new"
        if {one.column for one in fields} == {"position"}:
            return "moved"
        return "changed" if fields else "unchanged"

    def after_import(self, dataset: Any, result: Result, **kwargs: Any) -> None:
        if not self.writes or result.has_validation_errors():
            return
        lessons = [lesson for lesson in self.lessons.values() if lesson.pk in self.touched]
        if self.revises():
            editing.revise(lessons=self.touched, now=self.now)
        change = Change(Revision.Source.TABLE, self.by)
        for course, names in by_course(lessons):
            record(course=course, names=names | self.besides, change=change, now=self.now)
            renew(course.pk)

    def get_bulk_update_fields(self) -> list[str]:
        raise NotImplementedError

    def get_export_headers(self, selected_fields: Any = None) -> list[str]:
        return list(self.columns)

    def export_resource(self, instance: Any, selected_fields: Any = None, **kwargs: Any) -> Any:
        place = dict(zip(self.key, self.key_in(instance), strict=True))
        shown = {**self.values(instance), **place}
        return [shown[name] for name in self.columns]

    def place_of(self, row: Mapping[str, str]) -> Key:
        return tuple(row[name].strip() for name in PLACE)

    def key_of(self, row: Mapping[str, str]) -> Key:
        return tuple(row[name].strip() for name in self.key)

    def column_of(self, problem: Problem) -> str:
        """The column that the first step of a problem's path is in."""
        return str(problem.path[0]) if problem.path else self.key[-1]


def by_course(lessons: Iterable[Lesson]) -> list[tuple[Course, set[str]]]:
    names: dict[Course, set[str]] = {}
    for lesson in lessons:
        names.setdefault(lesson.track.course, set()).add(name_of(lesson))
    return sorted(names.items(), key=lambda one: one[0].pk)
