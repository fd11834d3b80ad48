"""Questions as a table: a row each, found by concept and slug."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.content.documents import QUIZZES
from courses.content.normal import moment, time_of
from courses.content.problems import Problem
from courses.models import Lesson
from courses.tables.resource import PLACE, Key, TableResource
from quizzes.content.questions import validate_questions
from quizzes.models import Question
from quizzes.tables.answers import (
    COLUMNS,
    AnswersError,
    columns_of,
    in_column,
    payload_in,
    same,
)

FIELDS = ("kind", "difficulty", "status", "publish_at", "prompt", "payload", "explanation")


class QuestionTable(TableResource[Question]):
    key: ClassVar[Key] = (*PLACE, "concept", "slug")
    editable: ClassVar[Key] = (
        *("kind", "difficulty", "status", "publish_at", "prompt"),
        *COLUMNS,
        "explanation",
    )
    columns: ClassVar[Key] = (*key, *editable)
    most_changes: ClassVar[int] = 1_000
    besides: ClassVar[frozenset[str]] = frozenset({QUIZZES})

    class Meta(TableResource.Meta):
        model = Question

    def key_in(self, thing: Question) -> Key:
        lesson = thing.concept.lesson
        place = (lesson.track.course.slug, lesson.track.slug, lesson.slug)
        return (*place, thing.concept.slug, thing.slug)

    def stored(self, lessons: Iterable[Lesson]) -> Iterator[tuple[Key, Question]]:
        places = {lesson.pk: place for place, lesson in self.lessons.items()}
        self.concepts = {
            (lesson.pk, one.slug): one for lesson in lessons for one in lesson.concepts.all()
        }
        found = Question.objects.filter(concept__lesson__in=lessons).select_related("concept")
        for one in found:
            yield (*places[one.concept.lesson_id], one.concept.slug, one.slug), one

    def made(self, row: Mapping[str, str], lesson: Lesson) -> Question:
        concept = self.concepts.get((lesson.pk, row["concept"].strip()))
        if concept is None:
            text = _("The lesson has no concept “%s”.")
            raise ValidationError({"concept": text % row["concept"].strip()})
        return Question(concept=concept, slug=row["slug"].strip(), payload={})

    def problems(self, row: Mapping[str, str], thing: Question) -> Iterator[Problem]:
        try:
            data = self.said(row, thing)
        except AnswersError as error:
            yield error.problem
            return
        yield from self.problems_of_state(data)
        for problem in validate_questions([data], {thing.concept.slug}):
            inner = Problem(problem.path[1:], problem.message)
            of_answers = inner.path[:1] == ("payload",)
            yield in_column(inner, data["kind"], row) if of_answers else inner

    def problems_of_state(self, data: dict[str, Any]) -> Iterator[Problem]:
        """States that the files' own rules have no word for."""
        status = data["status"]
        if status == Question.State.SCHEDULED and "publish_at" not in data:
            yield Problem(("publish_at",), _("is empty, though the question is scheduled."))
        if status in {Question.State.SCHEDULED, Question.State.ARCHIVED}:
            del data["status"]

    def said(self, row: Mapping[str, str], thing: Question) -> dict[str, Any]:
        """The row as one of a lesson's file; a column that is not there says nothing new."""
        kind = row.get("kind", thing.kind).strip()
        difficulty = row.get("difficulty", "").strip() or str(thing.difficulty)
        data = {
            "slug": thing.slug,
            "concept": thing.concept.slug,
            "kind": kind,
            "difficulty": int(difficulty) if difficulty in {"1", "2", "3"} else difficulty,
            "status": row.get("status", thing.status).strip() or thing.status,
            "publish_at": row.get("publish_at", moment(thing.publish_at) or "").strip() or None,
            "prompt": row.get("prompt", thing.prompt),
            "payload": self.payload(kind, row, thing),
            "explanation": row.get("explanation", thing.explanation),
        }
        return {name: value for name, value in data.items() if value is not None}

    def payload(self, kind: str, row: Mapping[str, str], thing: Question) -> Any:
        """The very payload that is stored, where the row says the same."""
        if not any(name in row for name in COLUMNS):
            return thing.payload
        found = payload_in(kind, row)
        return thing.payload if same(found, thing.payload) else found

    def take(self, row: Mapping[str, str], thing: Question) -> None:
        data = self.said(row, thing)
        data["publish_at"] = time_of(data.get("publish_at"))
        for name in FIELDS:
            setattr(thing, name, data[name])

    def values(self, thing: Question) -> dict[str, str]:
        return {
            **{name: str(getattr(thing, name)) for name in ("kind", "difficulty", "status")},
            "publish_at": moment(thing.publish_at) or "",
            "prompt": thing.prompt,
            **columns_of(thing.kind, thing.payload),
            "explanation": thing.explanation,
        }

    def get_bulk_update_fields(self) -> list[str]:
        return list(FIELDS)
