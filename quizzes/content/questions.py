"""The questions of a lesson's file: checked, and brought into the database."""

from collections.abc import Collection, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from courses import versions
from courses.content.problems import Problem
from courses.content.saving import Changes, assign
from courses.content.shapes import SLUG_KEY, Key, markdown_text, problems_of_rows
from courses.models import Lesson, Status
from quizzes.kinds import KINDS, PayloadError
from quizzes.models import Question, Quiz, QuizQuestion


def known_difficulty(value: int) -> None:
    if value not in Question.Difficulty.values:
        raise ValidationError("must be 1 (recall), 2 (apply) or 3 (reason).")


QUESTION = {
    "slug": SLUG_KEY,
    "concept": Key(),
    "kind": Key(choices=frozenset(KINDS)),
    "difficulty": Key(int, required=False, check=known_difficulty),
    "prompt": Key(check=markdown_text),
    "payload": Key(dict),
    "explanation": Key(check=markdown_text),
}


def validate_questions(rows: object, concepts: Collection[str]) -> Iterator[Problem]:
    """Everything wrong with a file's `questions`, whose concepts have the slugs `concepts`.

    Pure and total. The paths start at a row's place: `(2, "payload", "options", 0, "text")`.
    """
    yield from problems_of_rows(rows, QUESTION, "slug")
    for at, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict):
            yield from (problem.under(at) for problem in problems_of_question(row, concepts))


def problems_of_question(row: dict[str, Any], concepts: Collection[str]) -> Iterator[Problem]:
    concept, kind, payload = row.get("concept"), row.get("kind"), row.get("payload")
    if isinstance(concept, str) and concept not in concepts:
        yield Problem(("concept",), f"the lesson has no concept “{concept}”.")
    if isinstance(kind, str) and kind in KINDS and isinstance(payload, dict):
        try:
            KINDS[kind].check(payload)
        except PayloadError as error:
            yield Problem(("payload", *error.path), error.message)


@transaction.atomic
def save_questions(lesson: Lesson, rows: list[dict[str, Any]]) -> Changes:
    """Make the questions of `lesson` and its quiz what the checked `rows` say.

    A question is matched by concept and slug, else by its slug within the lesson: it moved.
    What left the file is archived; attempts keep the versions that they were asked. When
    nothing differs, nothing is written.
    """
    questions, changes = sync_questions(lesson, rows)
    changes += sync_quiz(lesson, questions)
    if changes:
        versions.bump(lesson.track.course_id)
    return changes


def sync_questions(lesson: Lesson, rows: list[dict[str, Any]]) -> tuple[list[Question], Changes]:
    concepts = {concept.slug: concept for concept in lesson.concepts.all()}
    stored = Question.objects.filter(concept__lesson=lesson).select_related("concept")
    exact = {(question.concept.slug, question.slug): question for question in stored}
    by_slug = {question.slug: question for question in stored}
    listed: list[Question] = []
    new: list[Question] = []
    changed: list[Question] = []
    fields: set[str] = set()
    for row in rows:
        key = (row["concept"], row["slug"])
        question = exact.get(key) or by_slug.get(row["slug"]) or Question(slug=row["slug"])
        names = assign(question, values_of(row, concepts[row["concept"]].pk))
        listed.append(question)
        if question.pk is None:
            new.append(question)
        elif names:
            changed.append(question)
            fields.update(names)
    kept = {question.pk for question in listed}
    gone = [one for one in stored if one.pk not in kept and archive(one)]
    Question.objects.bulk_create(new)
    if changed or gone:
        Question.objects.bulk_update([*changed, *gone], sorted(fields | {"status"}))
    return listed, Changes(len(new), len(changed), len(gone))


def values_of(row: dict[str, Any], concept_id: int) -> dict[str, Any]:
    return {
        "concept_id": concept_id,
        "kind": row["kind"],
        "difficulty": row.get("difficulty", Question.Difficulty.APPLY),
        "prompt": row["prompt"],
        "payload": row["payload"],
        "explanation": row["explanation"],
        "status": Status.PUBLISHED,
    }


def archive(thing: Question | Quiz) -> bool:
    return bool(assign(thing, {"status": Status.ARCHIVED}))


def sync_quiz(lesson: Lesson, questions: list[Question]) -> Changes:
    """The quiz of `lesson` asks `questions` in their order; without any it is archived."""
    slug = quiz_slug(lesson)
    quiz = Quiz.objects.filter(lesson=lesson, slug=slug).first()
    if quiz is None:
        return create_quiz(lesson, slug, questions) if questions else Changes()
    if not questions:
        gone = archive(quiz)
        if gone:
            quiz.save(update_fields=["status"])
        return Changes(archived=int(gone))
    values = {"title": title_of(lesson), "course_id": lesson.track.course_id}
    changed = assign(quiz, {**values, "status": Status.PUBLISHED})
    if changed:
        quiz.save(update_fields=changed)
    return Changes(updated=int(sync_places(quiz, questions) or bool(changed)))


def create_quiz(lesson: Lesson, slug: str, questions: list[Question]) -> Changes:
    quiz = Quiz.objects.create(
        course_id=lesson.track.course_id,
        lesson=lesson,
        slug=slug,
        title=title_of(lesson),
        status=Status.PUBLISHED,
    )
    sync_places(quiz, questions)
    return Changes(created=1)


def sync_places(quiz: Quiz, questions: list[Question]) -> bool:
    """Whether the list of the quiz differed; if so it is written anew."""
    wanted = [(question.pk, place) for place, question in enumerate(questions, 1)]
    if list(quiz.places.values_list("question_id", "position")) == wanted:
        return False
    quiz.places.all().delete()
    QuizQuestion.objects.bulk_create(
        QuizQuestion(quiz=quiz, question_id=pk, position=place) for pk, place in wanted
    )
    return True


def quiz_slug(lesson: Lesson) -> str:
    """The lesson's own slug, with its track before it where another lesson's quiz has that."""
    taken = Quiz.objects.filter(slug=lesson.slug).exclude(lesson=lesson).exists()
    return longer_slug(lesson) if taken else lesson.slug


def longer_slug(lesson: Lesson) -> str:
    return f"{lesson.track.slug}-{lesson.slug}"[:80]


def title_of(lesson: Lesson) -> str:
    return f"Quiz: {lesson.title}"[:200]
