"""The queue with many cards: `REVIEW_CARDS=100000` makes it so many."""

import os
import time
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import connection

from accounts.models import User
from courses.models import Concept, Status
from quizzes.models import Question, ReviewCard
from quizzes.review.day import Today
from quizzes.review.queue import AHEAD, MOST_LEARNING, QUEUE, Limits, queue_of
from tests.factories import ConceptFactory, LessonFactory
from tests.quiz_factories import payload
from tests.quizzes.sql import queries

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
CARDS = int(os.environ.get("REVIEW_CARDS", "5000"))
State = ReviewCard.State


@pytest.fixture
def many(learner: User) -> User:
    """`learner` with CARDS cards: three in five due, one in five new, one in five for later."""
    concepts = [ConceptFactory(lesson=LessonFactory()) for _ in range(5)]
    questions = Question.objects.bulk_create(
        [question(concepts[at % 5], at) for at in range(CARDS)], batch_size=5000
    )
    rng = Random(1)
    ReviewCard.objects.bulk_create(
        [card(learner, one, at, rng) for at, one in enumerate(questions)], batch_size=5000
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return learner


def question(concept: Concept, at: int) -> Question:
    texts = {"prompt": "?", "explanation": "!", "payload": payload()}
    return Question(concept=concept, slug=f"q{at}", kind="single", status=Status.PUBLISHED, **texts)


def card(user: User, question: Question, at: int, rng: Random) -> ReviewCard:
    one = ReviewCard(user=user, question=question, made_at=NOW, due_at=NOW)
    one.first_score = rng.random()
    if at % 5 == 0:
        return one
    one.state = State.LEARNING if at % 97 == 0 else State.REVIEW
    one.stability, one.difficulty, one.reviewed_at = 9.0, 5.0, NOW - timedelta(days=400)
    later = timedelta(days=rng.random() * 300)
    one.due_at = NOW + later if at % 5 == 1 else NOW - later
    return one


def test_the_most_urgent_in_one_query_along_the_indices(many: User) -> None:
    began = time.perf_counter()
    with queries(1):
        queue = queue_of(many, Today(NOW.date()), Limits(due=60, new=10), NOW)
    print(f"{CARDS} cards: {(time.perf_counter() - began) * 1000:.1f} ms")  # noqa: T201
    due = ReviewCard.objects.filter(state=State.REVIEW).order_by("due_at")
    assert [place.card for place in queue.due] == list(due.values_list("pk", flat=True)[:60])
    assert queue.new == ()
    said = plan(many)
    if connection.vendor == "sqlite":
        assert (said.count("card_due"), said.count("card_new")) == (2, 1)
        scanned = {line for line in said.split("\n") if line.startswith("SCAN")}
        assert scanned == {"SCAN learning", "SCAN due", "SCAN fresh"}
    elif CARDS >= 50_000:
        # A small table that is one person's PostgreSQL rightly reads from end to end.
        assert "Seq Scan on quizzes_reviewcard" not in said


def plan(user: User) -> str:
    """How the database goes about it."""
    at = connection.ops.adapt_datetimefield_value
    own = [user.pk, at(NOW)]
    values = [*own, at(NOW + AHEAD), MOST_LEARNING, *own, at(NOW), 60, *own, 10]
    how = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {QUEUE}", values)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())
