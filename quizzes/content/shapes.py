"""The shapes of quizzes.yaml, and of a lesson's own quiz."""

from collections.abc import Callable
from decimal import Decimal
from math import isfinite
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Field

from courses.content.schema import STATUSES
from courses.content.shapes import MOMENT, NUMBER, SLUG_KEY, TITLE, Key
from quizzes.models import Draw, Question, Quiz


def bounds_of(model: type[Quiz | Draw], name: str) -> Callable[[Any], None]:
    """The model field's own validators."""
    field = cast("Field[Any, Any]", model._meta.get_field(name))

    def check(value: Any) -> None:
        field.run_validators(Decimal(str(value)) if name == "points" else value)

    return check


def worth(value: int | float) -> None:
    if not isfinite(value):
        raise ValidationError("must be a number.")
    bounds_of(Draw, "points")(value)


def known_difficulty(value: int) -> None:
    if value not in Question.Difficulty.values:
        raise ValidationError("must be 1 (recall), 2 (apply) or 3 (reason).")


def number_of(model: type[Quiz | Draw], name: str) -> Key:
    return Key(int, required=False, check=bounds_of(model, name))


def one_of(choices: Any) -> Key:
    return Key(choices=frozenset(choices.values), required=False)


DIFFICULTY = Key(int, required=False, check=known_difficulty)
POINTS = Key(NUMBER, required=False, check=worth)
SETTINGS = {
    "status": Key(choices=STATUSES, required=False),
    "track": Key(required=False),
    "pass_mark": number_of(Quiz, "pass_mark"),
    "shuffle": Key(bool, required=False),
    "feedback": one_of(Quiz.Feedback),
    "time_limit": number_of(Quiz, "time_limit"),
    "grace": number_of(Quiz, "grace"),
    "attempts": number_of(Quiz, "attempts_allowed"),
    "counts": one_of(Quiz.Counts),
    "opens_at": MOMENT,
    "closes_at": MOMENT,
    "draws": Key(list, required=False),
    "questions": Key(list, required=False),
}
QUIZ = {
    "slug": SLUG_KEY,
    "title": TITLE,
    "mode": Key(choices=frozenset(Quiz.Mode.values)),
    "lesson": Key(required=False),
    **SETTINGS,
}
OWN_QUIZ = {"title": Key(longest=200, required=False), "mode": one_of(Quiz.Mode), **SETTINGS}
PLACE = {"lesson": Key(), "question": Key(), "concept": Key(required=False), "points": POINTS}
DRAW = {
    "lesson": Key(),
    "concept": Key(required=False),
    "difficulty": DIFFICULTY,
    "number": number_of(Draw, "number"),
    "points": POINTS,
}
