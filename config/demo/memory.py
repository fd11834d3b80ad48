"""What some learners of the demo class reviewed: their cards, and every review of them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from config.demo.bulk import Rows
from config.demo.learners import Person
from config.demo.plan import Plan
from quizzes.models import Algorithm, ReviewCard, ReviewLog
from quizzes.review.rating import AFTER, MEMORY, algorithm
from quizzes.review.scheduling import Memory, schedule

CARDS = 20
RETENTION = 0.9
RATINGS = (1, 2, 3, 3, 3, 3, 4)


@dataclass
class Reviewed:
    """Cards that are to be written before their logs, which point at them."""

    algorithm: Algorithm = field(default_factory=algorithm)
    cards: list[ReviewCard] = field(default_factory=list)
    logs: list[tuple[ReviewCard, dict[str, Any]]] = field(default_factory=list)

    def write(self, rows: Rows) -> None:
        ReviewCard.objects.bulk_create(self.cards, batch_size=2000)
        for card, log in self.logs:
            rows.add(ReviewLog, card_id=card.pk, **log)
        rows.write()
        self.cards.clear()
        self.logs.clear()


def review(person: Person, plan: Plan, reviewed: Reviewed) -> None:
    """Two of five learners review; the cards of the first lessons they have reached."""
    if person.rng.random() > 0.4:
        return
    until = min(plan.now, plan.at(0) + timedelta(weeks=person.weeks))
    for question, made in reached(person, plan, until):
        walk(person, question, made, until, reviewed)


def reached(person: Person, plan: Plan, until: datetime) -> Iterable[tuple[int, datetime]]:
    asked = [
        (one.question, lesson.due_at)
        for lesson in plan.lessons
        if lesson.test
        for one in lesson.test.asked
    ]
    return [(question, at) for question, at in asked if at < until][:CARDS]


def walk(
    person: Person, question: int, made: datetime, until: datetime, reviewed: Reviewed
) -> None:
    """Reviewed when due, or an evening or two later, until now."""
    card = ReviewCard(
        user_id=person.user,
        question_id=question,
        made_at=made,
        due_at=made,
        first_score=person.rng.choice((0.0, 1.0, 1.0)),
    )
    memory = Memory(0, None, None, None, made, None)
    while (at := memory.due + lateness(person.rng)) < until:
        rating = person.rng.choice(RATINGS)
        before, memory = memory, schedule(memory, rating, at, RETENTION)
        card.reviews += 1
        reviewed.logs.append((card, log_of(card, before, memory, rating, reviewed.algorithm)))
    set_memory(card, memory)
    card.algorithm = reviewed.algorithm if card.reviews else None
    reviewed.cards.append(card)


def lateness(rng: Random) -> timedelta:
    return timedelta(hours=rng.choice((1, 2, 20, 30, 50)), seconds=rng.randrange(3600))


def values(memory: Memory) -> dict[str, object]:
    return {
        "state": memory.state,
        "step": memory.step,
        "stability": memory.stability,
        "difficulty": memory.difficulty,
        "due_at": memory.due,
        "reviewed_at": memory.reviewed,
        "lapses": memory.lapses,
    }


def set_memory(card: ReviewCard, memory: Memory) -> None:
    for name in MEMORY:
        setattr(card, name, values(memory)[name])


def log_of(
    card: ReviewCard, before: Memory, memory: Memory, rating: int, by: Algorithm
) -> dict[str, Any]:
    after = values(memory)
    return {
        "user_id": card.user_id,
        "algorithm_id": by.pk,
        "rating": rating,
        "seconds": float(5 + card.reviews * 3),
        "retention": RETENTION,
        "before": json.dumps(before.as_json()),
        **{name: after[name] for name in AFTER},
    }
