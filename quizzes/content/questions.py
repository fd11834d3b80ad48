"""The questions of a lesson's file: checked, and brought into the database."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from courses.content.normal import time_of
from courses.content.problems import Problem
from courses.content.saving import Changes, assign
from courses.content.shapes import (
    MARKDOWN,
    MOMENT,
    SLUG_KEY,
    Key,
    markdown_text,
    problems_of_rows,
)
from courses.models import Lesson, Status
from quizzes.content.shapes import POINTS
from quizzes.kinds import KINDS, PayloadError
from quizzes.models import Question


def known_difficulty(value: int) -> None:
    if value not in Question.Difficulty.values:
        raise ValidationError("must be 1 (recall), 2 (apply) or 3 (reason).")


QUESTION = {
    "slug": SLUG_KEY,
    "concept": Key(),
    "kind": Key(choices=frozenset(KINDS)),
    "difficulty": Key(int, required=False, check=known_difficulty),
    "status": Key(choices=frozenset(Question.State.values) - {Status.ARCHIVED}, required=False),
    "publish_at": MOMENT,
    "in_quiz": Key(bool, required=False),
    "points": POINTS,
    "prompt": Key(check=markdown_text),
    "payload": Key(dict),
    "explanation": Key(required=False, check=MARKDOWN.check),
}


def validate_questions(rows: object, concepts: Collection[str]) -> Iterator[Problem]:
    """Everything wrong with a file's `questions`, whose concepts have the slugs `concepts`.

    Pure and total. The paths start at a row's place: `(2, "payload", "options", 0, "text")`.
    """
    yield from problems_of_rows(rows, QUESTION, "slug", within="concept")
    for at, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict):
            yield from (problem.under(at) for problem in problems_of_question(row, concepts))


def problems_of_question(row: dict[str, Any], concepts: Collection[str]) -> Iterator[Problem]:
    concept, kind, payload = row.get("concept"), row.get("kind"), row.get("payload")
    if row.get("status") == Question.State.SCHEDULED and not row.get("publish_at"):
        yield Problem(("status",), "needs the time in publish_at.")
    if isinstance(concept, str) and concept not in concepts:
        yield Problem(("concept",), f"the lesson has no concept “{concept}”.")
    if isinstance(kind, str) and kind in KINDS and isinstance(payload, dict):
        try:
            KINDS[kind].check(payload)
        except PayloadError as error:
            yield Problem(("payload", *error.path), error.message)


@transaction.atomic
def save_questions(lesson: Lesson, data: Mapping[str, Any]) -> Changes:
    """Make the questions of `lesson` what the checked `data` of its file says.

    A question is matched by concept and slug, else by its slug within the lesson: it moved.
    What left the file is archived; attempts keep the versions that they were asked. Questions of
    an archived concept stay as they are. When nothing differs, nothing is written.
    """
    concepts = {concept.slug: concept for concept in lesson.concepts.all()}
    stored = list(
        Question.objects.filter(concept__lesson=lesson).select_related("concept").order_by("pk")
    )
    new: list[Question] = []
    changed: list[Question] = []
    fields = {"status"}
    rows = data.get("questions") or []
    found = matched(rows, stored)
    for row, question in zip(rows, found, strict=True):
        values = values_of(row, concepts[row["concept"]].pk)
        if question is None:
            new.append(Question(slug=row["slug"], **values))
        elif names := assign(question, values):
            changed.append(question)
            fields.update(names)
    kept = {question.pk for question in found if question}
    gone = [one for one in stored if one.pk not in kept and not one.concept.archived]
    gone = [one for one in gone if assign(one, {"status": Status.ARCHIVED})]
    Question.objects.bulk_create(new)
    if changed or gone:
        Question.objects.bulk_update([*changed, *gone], sorted(fields))
    return Changes(len(new), len(changed), len(gone))


def matched(rows: list[dict[str, Any]], stored: list[Question]) -> list[Question | None]:
    """The stored question of each row, each at most once; None for a new one."""
    exact = {(question.concept.slug, question.slug): question for question in stored}
    found = [exact.get((row["concept"], row["slug"])) for row in rows]
    claimed = {question.pk for question in found if question}
    moved = {one.slug: one for one in reversed(stored) if one.pk not in claimed}
    return [
        question or moved.pop(row["slug"], None) for row, question in zip(rows, found, strict=True)
    ]


def values_of(row: dict[str, Any], concept_id: int) -> dict[str, Any]:
    return {
        "concept_id": concept_id,
        "kind": row["kind"],
        "difficulty": row.get("difficulty", Question.Difficulty.APPLY),
        "prompt": row["prompt"],
        "payload": row["payload"],
        "explanation": row.get("explanation", ""),
        "status": row.get("status", Status.PUBLISHED),
        "publish_at": time_of(row.get("publish_at")),
    }
