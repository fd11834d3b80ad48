"""Which questions an attempt asks: the fixed list, then what the draws give."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from random import Random
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from courses.models import Lesson
from courses.statements import fetch
from quizzes.attempts.journal import loaded
from quizzes.attempts.responses import as_points
from quizzes.kinds import KINDS, is_sound
from quizzes.models import Draw, Question, Quiz

GRADED_BY_PEOPLE = [name for name, kind in KINDS.items() if kind.self_assessed]
logger = logging.getLogger(__name__)

# The fixed list, the same as `quiz.places.askable()`, and the draws, each in their order.
LISTED = """
SELECT place.position AS place, place.id AS row, place.points,
       question.id, question.kind, question.prompt, question.payload, question.explanation,
       NULL AS lesson, NULL AS concept, NULL AS difficulty, NULL AS number
  FROM quizzes_quizquestion place
  JOIN quizzes_question question
    ON question.id = place.question_id AND question.status = 'published'
  JOIN courses_concept concept ON concept.id = question.concept_id AND NOT concept.archived
 WHERE place.quiz_id = %s
UNION ALL
SELECT draw.position, draw.id, draw.points, NULL, NULL, NULL, NULL, NULL,
       draw.lesson_id, draw.concept_id, draw.difficulty, draw.number
  FROM quizzes_draw draw
 WHERE draw.quiz_id = %s
 ORDER BY place, row"""
SAID = ["id", "kind", "prompt", "payload", "explanation"]
# In the order of the model's fields, by which `from_db` goes.
DRAWN = ["id", "lesson_id", "concept_id", "difficulty", "number", "points"]


@dataclass(frozen=True, slots=True)
class Chosen:
    question: Question
    points: Decimal


@dataclass(frozen=True, slots=True)
class Supply:
    """How many questions a draw gives of those that it asks for."""

    draw: Draw
    given: int

    @property
    def is_short(self) -> bool:
        return self.given < self.draw.number


def choose(quiz: Quiz, *, now: datetime, rng: Random) -> list[Chosen]:
    """The questions of one attempt, none twice, all published and sound.

    One query, and one more with draws.
    """
    listed, draws = listed_in(quiz)
    if not draws:
        return listed
    taken = {chosen.question.pk for chosen in listed}
    found = [one for one in drawable(quiz, draws, now) if one.pk not in taken and is_askable(one)]
    rng.shuffle(found)
    drawn = fill(draws, found)
    return listed + [Chosen(one, draw.points) for draw, one in drawn]


def fixed(quiz: Quiz) -> list[Chosen]:
    """The questions that every attempt asks, in their order."""
    return listed_in(quiz)[0]


def listed_in(quiz: Quiz) -> tuple[list[Chosen], list[Draw]]:
    """The fixed questions, no more of each than a version needs, and the draws."""
    listed, draws = [], []
    for _place, row, points, *rest in fetch(LISTED, [quiz.pk, quiz.pk]):
        said, drawn = rest[:5], rest[5:]
        if said[0] is None:
            draws.append(Draw.from_db(connection.alias, DRAWN, [row, *drawn, as_points(points)]))
        else:
            listed.append(chosen(points, *said))
    return [one for one in listed if is_askable(one.question)], draws


def chosen(points: Any, pk: int, kind: str, prompt: str, payload: Any, reason: str) -> Chosen:
    said = [pk, kind, prompt, loaded(payload), reason]
    return Chosen(Question.from_db(connection.alias, SAID, said), as_points(points))


def drawable(quiz: Quiz, draws: Sequence[Draw], now: datetime) -> QuerySet[Question]:
    """Every question that `draws` could give, of lessons that can be read, in a steady order.

    A placement decides when it is handed in, so it draws nothing that waits for a person.
    """
    lessons = {draw.lesson_id for draw in draws} - {None}
    concepts = {draw.concept_id for draw in draws} - {None}
    among = Question.objects.published().filter(
        Q(concept__lesson__in=lessons) | Q(concept__in=concepts),
        concept__lesson__in=Lesson.objects.published(now),
    )
    if quiz.mode == Quiz.Mode.PLACEMENT:
        among = among.exclude(kind__in=GRADED_BY_PEOPLE)
    return among.select_related("concept").order_by("pk")


def is_askable(question: Question) -> bool:
    if is_sound(question.kind, question.payload):
        return True
    logger.error("Question %s cannot be asked: its payload is broken.", question.pk)
    return False


def fits(draw: Draw, question: Question) -> bool:
    wanted = draw.difficulty in {None, question.difficulty}
    if draw.concept_id is not None:
        return wanted and question.concept_id == draw.concept_id
    return wanted and question.concept.lesson_id == draw.lesson_id


def fill(draws: Sequence[Draw], questions: Sequence[Question]) -> list[tuple[Draw, Question]]:
    """As many of `draws` as can be filled with `questions`, each given once, the first first.

    Draws may overlap, as a concept's with its lesson's. So that none takes what only another
    could use, this is a maximum matching by augmenting paths (Kuhn, The Hungarian method for the
    assignment problem, 1955): how many are given does not depend on chance.
    """
    wants = [[at for at, one in enumerate(questions) if fits(draw, one)] for draw in draws]
    owner: dict[int, int] = {}
    for place, draw in enumerate(draws):
        for _ in range(draw.number):
            if not give(place, wants, owner, {place}):
                break
    return [
        (draw, questions[at])
        for place, draw in enumerate(draws)
        for at in wants[place]
        if owner.get(at) == place
    ]


def give(draw: int, wants: Sequence[Sequence[int]], owner: dict[int, int], seen: set[int]) -> bool:
    """Give `draw` one more question: a free one, or another's who can have a different one."""
    free = next((at for at in wants[draw] if at not in owner), None)
    if free is not None:
        owner[free] = draw
        return True
    for at in wants[draw]:
        other = owner[at]
        if other not in seen:
            seen.add(other)
            if give(other, wants, owner, seen):
                owner[at] = draw
                return True
    return False


def supplies(quiz: Quiz, *, now: datetime) -> list[Supply]:
    """What each draw of `quiz` gives today, payloads not looked at. Three queries at most."""
    places = ("lesson__track__course", "concept__lesson__track__course")
    draws = list(quiz.draws.select_related(*places).order_by("position", "pk"))
    if not draws:
        return []
    listed = quiz.places.askable().values("question")
    light = drawable(quiz, draws, now).exclude(pk__in=listed)
    drawn = fill(draws, list(light.only("difficulty", "concept__lesson")))
    return [Supply(draw, sum(one is draw for one, _ in drawn)) for draw in draws]
