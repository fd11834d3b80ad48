"""`quizzes.yaml`: the quizzes that belong to no single lesson's questions."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, cast

from django.db.models import Field, Model

from courses.content.problems import Problem
from courses.content.saving import Changes, assign
from courses.content.shapes import NUMBER, SLUG_KEY, TITLE, Key, problems_of, problems_of_rows
from courses.models import Concept, Course, Lesson, Status, Track
from quizzes.models import Draw, Question, Quiz, QuizQuestion

LessonData = Mapping[str, dict[str, Any]]
SETTINGS = ("pass_mark", "shuffle", "feedback", "time_limit", "grace", "counts")


def bounds_of(model: type[Quiz | Draw], name: str) -> Callable[[Any], None]:
    """The model field's own validators."""
    field = cast("Field[Any, Any]", model._meta.get_field(name))

    def check(value: Any) -> None:
        field.run_validators(Decimal(str(value)) if name == "points" else value)

    return check


def number_of(model: type[Quiz | Draw], name: str) -> Key:
    return Key(int, required=False, check=bounds_of(model, name))


def one_of(choices: Any) -> Key:
    return Key(choices=frozenset(choices.values), required=False)


POINTS = Key(NUMBER, required=False, check=bounds_of(Draw, "points"))
QUIZ = {
    "slug": SLUG_KEY,
    "title": TITLE,
    "mode": Key(choices=frozenset(Quiz.Mode.values)),
    "status": one_of(Status),
    "track": Key(required=False),
    "lesson": Key(required=False),
    "pass_mark": number_of(Quiz, "pass_mark"),
    "shuffle": Key(bool, required=False),
    "feedback": one_of(Quiz.Feedback),
    "time_limit": number_of(Quiz, "time_limit"),
    "grace": number_of(Quiz, "grace"),
    "attempts": number_of(Quiz, "attempts_allowed"),
    "counts": one_of(Quiz.Counts),
    "questions": Key(list, required=False),
    "draws": Key(list, required=False),
}
PLACE = {"lesson": Key(), "question": Key(), "points": POINTS}
DRAW = {
    "lesson": Key(),
    "concept": Key(required=False),
    "difficulty": number_of(Draw, "difficulty"),
    "number": number_of(Draw, "number"),
    "points": POINTS,
}


def validate_quizzes(rows: object, lessons: LessonData) -> Iterator[Problem]:
    """Everything wrong with the list `quizzes`; `lessons` are the files by `track/lesson`.

    Total; the paths start at a row's place: `(0, "draws", 2, "lesson")`.
    """
    yield from problems_of_rows(rows, QUIZ, "slug")
    for at, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict):
            yield from (problem.under(at) for problem in problems_of_quiz(row, lessons))


def problems_of_quiz(row: dict[str, Any], lessons: LessonData) -> Iterator[Problem]:
    tracks = {name.split("/")[0] for name in lessons}
    if isinstance(row.get("track"), str) and row["track"] not in tracks:
        yield Problem(("track",), f"no track “{row['track']}”.")
    if isinstance(row.get("lesson"), str) and row["lesson"] not in lessons:
        yield Problem(("lesson",), f"no lesson “{row['lesson']}”.")
    if not row.get("questions") and not row.get("draws"):
        yield Problem((), "needs questions, draws, or both.")
    for name, shape, inner in (("questions", PLACE, "question"), ("draws", DRAW, "concept")):
        listed = row.get(name)
        for at, part in enumerate(listed if isinstance(listed, list) else ()):
            for problem in problems_of_part(part, shape, inner, lessons):
                yield problem.under(name, at)


def problems_of_part(
    part: Any, shape: Mapping[str, Key], inner: str, lessons: LessonData
) -> Iterator[Problem]:
    """Of one question or draw: its lesson must exist, and in it what `inner` names."""
    found = list(problems_of(part, shape))
    yield from found
    if found:
        return
    if part["lesson"] not in lessons:
        yield Problem(("lesson",), f"no lesson “{part['lesson']}”.")
        return
    listed = lessons[part["lesson"]].get(f"{inner}s") or ()
    if inner in part and part[inner] not in {row["slug"] for row in listed}:
        yield Problem((inner,), f"the lesson has no {inner} “{part[inner]}”.")


def save_quizzes(
    course: Course, rows: list[dict[str, Any]], lessons: Mapping[str, Lesson]
) -> Changes:
    """Make the quizzes what the checked `rows` say, matched by slug.

    A quiz that is no longer listed stays as it is: it may be an editor's own.
    """
    changes = Changes()
    for row in rows:
        changes += save_quiz(course, row, lessons)
    return changes


def save_quiz(course: Course, row: dict[str, Any], lessons: Mapping[str, Lesson]) -> Changes:
    quiz = Quiz.objects.filter(slug=row["slug"]).first() or Quiz(slug=row["slug"])
    new = quiz.pk is None
    names = assign(quiz, values_of(course, row, lessons))
    if names:
        quiz.save()
    questions = sync_rows(quiz, QuizQuestion, list(places_of(row, lessons)))
    draws = sync_rows(quiz, Draw, list(draws_of(row, lessons)))
    changed = bool(names or questions or draws)
    return Changes(created=int(new), updated=int(changed and not new))


def values_of(course: Course, row: dict[str, Any], lessons: Mapping[str, Lesson]) -> dict[str, Any]:
    blank = Quiz()
    return {
        **{name: row.get(name, getattr(blank, name)) for name in SETTINGS},
        "attempts_allowed": row.get("attempts"),
        "course_id": course.pk,
        "lesson_id": lessons[row["lesson"]].pk if "lesson" in row else None,
        "track_id": track_of(course, row["track"]).pk if "track" in row else None,
        "title": row["title"],
        "mode": row["mode"],
        "status": row.get("status", Status.PUBLISHED),
    }


def track_of(course: Course, slug: str) -> Track:
    return course.tracks.get(slug=slug)


def points_of(part: dict[str, Any]) -> Decimal:
    return Decimal(str(part.get("points", 1)))


def places_of(row: dict[str, Any], lessons: Mapping[str, Lesson]) -> Iterator[dict[str, Any]]:
    for part in row.get("questions") or ():
        # An editor may have given the slug to another concept's question since.
        named = Question.objects.filter(concept__lesson=lessons[part["lesson"]])
        question = named.filter(slug=part["question"]).earliest("pk")
        yield {"question_id": question.pk, "points": points_of(part)}


def draws_of(row: dict[str, Any], lessons: Mapping[str, Lesson]) -> Iterator[dict[str, Any]]:
    for part in row.get("draws") or ():
        lesson = lessons[part["lesson"]]
        concept = (
            Concept.objects.get(lesson=lesson, slug=part["concept"]) if "concept" in part else None
        )
        yield {
            "lesson_id": None if concept else lesson.pk,
            "concept_id": concept.pk if concept else None,
            "difficulty": part.get("difficulty"),
            "number": part.get("number", 1),
            "points": points_of(part),
        }


def sync_rows(quiz: Quiz, model: type[Model], wanted: list[dict[str, Any]]) -> bool:
    """Whether the quiz's rows of `model` differed; if so they are written anew."""
    wanted = [{**row, "position": place} for place, row in enumerate(wanted, 1)]
    stored = model._default_manager.filter(quiz=quiz).order_by("position", "id")
    if list(stored.values(*wanted[0])) == wanted if wanted else not stored.exists():
        return False
    stored.delete()
    model._default_manager.bulk_create([model(quiz=quiz, **row) for row in wanted])
    return True
