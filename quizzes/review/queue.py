"""What one learner is asked now, and how much is left for today.

Cards that are being learnt and whose ten minutes have passed come first, then what is due, the
most overdue first, then new cards, the worst first score first; `ordering` lets lessons take
turns. Cards of today's limits come back tomorrow. When nothing else is left, a card that is
being learnt is shown up to twenty minutes ahead, unless it is the one just seen.

A card is asked while its question is published, or its concept ticked and with a key fact, in a
lesson that learners can read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from accounts.models import User
from courses.statements import aware, fetch
from quizzes.models import ReviewPreferences
from quizzes.review.day import Today
from quizzes.review.ordering import Place, in_turn

AHEAD = timedelta(minutes=20)
# Nobody has so many ten-minute cards at once; a bound, should it come otherwise.
MOST_LEARNING = 200

# Cross joins, because SQLite keeps their order: cards first, and it can stop at a limit.
ASKABLE = """
  FROM quizzes_reviewcard card
  LEFT JOIN quizzes_question question ON question.id = card.question_id
 CROSS JOIN courses_concept concept
 CROSS JOIN courses_lesson lesson
 CROSS JOIN courses_track track
 WHERE concept.id = COALESCE(card.concept_id, question.concept_id)
   AND lesson.id = concept.lesson_id AND track.id = lesson.track_id
   AND card.user_id = %s AND card.suspended_at IS NULL
   AND NOT concept.archived AND NOT track.archived AND lesson.status = 'published'
   AND (lesson.publish_at IS NULL OR lesson.publish_at <= %s)
   AND (question.status = 'published' OR (
     card.question_id IS NULL AND concept.fact_prompt <> '' AND EXISTS (
       SELECT 1 FROM courses_concepttick tick
        WHERE tick.user_id = card.user_id AND tick.concept_id = concept.id)))
"""
# For statements that look at all cards of a learner. How many those are would be estimated anew
# for each learner, and these joins planned at each execution, which takes longer than answering;
# of a number that is not known, one plan is made for everybody and kept with the connection.
ANY_LEARNER = "(SELECT CAST(%s AS bigint))"
ALL_ASKABLE = ASKABLE.replace("card.user_id = %s", f"card.user_id = {ANY_LEARNER}")
# Three walks along an index, each ending at its limit, however many cards there are.
QUEUE = f"""
SELECT * FROM (SELECT 1 AS part, card.id, lesson.id AS lesson_id, card.due_at {ASKABLE}
   AND card.state IN (1, 3) AND card.due_at <= %s ORDER BY card.due_at, card.id LIMIT %s) learning
UNION ALL
SELECT * FROM (SELECT 2 AS part, card.id, lesson.id AS lesson_id, card.due_at {ASKABLE}
   AND card.state = 2 AND card.due_at <= %s ORDER BY card.due_at, card.id LIMIT %s) due
UNION ALL
SELECT * FROM (SELECT 3 AS part, card.id, lesson.id AS lesson_id, card.due_at {ASKABLE}
   AND card.state = 0 ORDER BY card.first_score, card.made_at, card.id LIMIT %s) fresh
"""  # noqa: S608  (of constants)
# Whether one card can be asked at this moment: new, or due, or being learnt and nearly due.
ONE = f"SELECT card.id {ASKABLE} AND card.id = %s AND (card.state = 0 OR card.due_at <= %s)"


@dataclass(frozen=True, slots=True)
class Limits:
    """How many cards may still be asked today; learning does not count."""

    due: int
    new: int


@dataclass(frozen=True, slots=True)
class Queue:
    """`ahead` are cards being learnt that are not due yet, as (when, place), the next first."""

    learning: tuple[Place, ...]
    due: tuple[Place, ...]
    new: tuple[Place, ...]
    ahead: tuple[tuple[datetime, Place], ...]
    seed: str
    last_lesson: int | None
    last_card: int | None

    def __len__(self) -> int:
        return len(self.learning) + len(self.due) + len(self.new) + len(self.ahead)

    def in_order(self, *, early: bool = False) -> Iterator[Place]:
        """What to ask, the first first. `early` shows what was just seen once more."""
        groups = (self.learning, self.due, self.new)
        yield from in_turn(groups, last=self.last_lesson, seed=self.seed)
        for _at, place in self.ahead:
            if early or place.card != self.last_card:
                yield place


def limits_of(preferences: ReviewPreferences, today: Today, more: int) -> Limits:
    """`more` is by how much the learner has raised today's limits."""
    due = max(preferences.reviews_a_day + more - today.counted, 0)
    new = max(preferences.new_a_day + more - today.new, 0)
    return Limits(due, min(new, due))


def queue_of(user: User, today: Today, limits: Limits, now: datetime) -> Queue:
    """One query, whose cost is bounded by the limits."""
    at = connection.ops.adapt_datetimefield_value
    own = [user.pk, at(now)]
    values = [*own, at(now + AHEAD), MOST_LEARNING, *own, at(now), limits.due, *own, limits.new]
    rows = [
        (part, Place(card, lesson), aware(due)) for part, card, lesson, due in fetch(QUEUE, values)
    ]
    due_now = tuple(place for part, place, _ in rows if part == 2)
    new = tuple(place for part, place, _ in rows if part == 3)
    return Queue(
        learning=tuple(place for part, place, due in rows if part == 1 and due <= now),
        due=due_now,
        new=new[: max(limits.due - len(due_now), 0)],
        ahead=tuple((due, place) for part, place, due in rows if part == 1 and due > now),
        seed=seed_of(user, today.day),
        last_lesson=today.last.lesson if today.last else None,
        last_card=today.last.card if today.last else None,
    )


def is_asked(user: User, card_id: int, now: datetime) -> bool:
    """Whether the card can be asked at this moment, whatever the limits. One query."""
    at = connection.ops.adapt_datetimefield_value
    return bool(fetch(ONE, [user.pk, at(now), card_id, at(now + AHEAD)]))


def seed_of(user: User, day: date) -> str:
    return f"{user.pk}:{day.isoformat()}"
