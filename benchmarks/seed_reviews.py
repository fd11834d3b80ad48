"""Review cards with a memory: about a hundred a learner, and a hundred thousand of one.

In SQL, as these are more rows than all others together; chance is PostgreSQL's own, seeded.
"""

from datetime import datetime
from typing import Any

from django.db import connection

from accounts.models import User
from quizzes.review.rating import algorithm

KEEPER_CARDS = 100_000
# Of each concept that a learner ticked, half of its questions, and its key fact. Chance decides
# how old a card is, and what became of it: of 100 cards, 8 are new and
# 3 were just forgotten: those come again within minutes, so that nobody has many of them.
ASKED = """
SELECT tick.user_id, question.id AS question_id, NULL::bigint AS concept_id,
       tick.ticked_at AS made_at, random() AS state, random() AS age, random() AS strength
  FROM courses_concepttick tick JOIN quizzes_question question USING (concept_id)
 WHERE question.status = 'published' AND random() < 0.5
UNION ALL
SELECT tick.user_id, NULL, concept.id, tick.ticked_at, random(), random(), random()
  FROM courses_concepttick tick JOIN courses_concept concept ON concept.id = tick.concept_id
 WHERE concept.fact_prompt <> ''
"""
KEPT = """
SELECT %(user)s::bigint AS user_id, question.id AS question_id, NULL::bigint AS concept_id,
       %(now)s - interval '1 year' AS made_at,
       random() AS state, random() AS age, random() AS strength
  FROM quizzes_question question
 WHERE question.status = 'published' ORDER BY id DESC LIMIT %(cards)s
"""
# Stability from 1 to 60 days, so that a sixth of the cards under review is due.
CARDS = """
WITH card AS MATERIALIZED ({chosen}),
aged AS (SELECT *, 1 + 59 * strength AS stability,
                %(now)s - 1.2 * age * (1 + 59 * strength) * interval '1 day' AS reviewed FROM card)
INSERT INTO quizzes_reviewcard
       (user_id, question_id, concept_id, algorithm_id, made_at, first_score, state, step,
        stability, difficulty, reviewed_at, due_at, reviews, lapses)
SELECT user_id, question_id, concept_id, NULL, made_at, round(age), 0, NULL,
       NULL, NULL, NULL, made_at, 0, 0 FROM aged WHERE state < 0.08
UNION ALL
SELECT user_id, question_id, concept_id, %(algorithm)s, made_at, round(age), 3, 0,
       1, 7, %(now)s, %(now)s + interval '10 minutes', 4, 1
  FROM aged WHERE state >= 0.08 AND state < 0.08 + %(forgotten)s
UNION ALL
SELECT user_id, question_id, concept_id, %(algorithm)s, made_at, round(age), 2, NULL,
       stability, 3 + 5 * age, reviewed, reviewed + stability * interval '1 day', 3, 0
  FROM aged WHERE state >= 0.08 + %(forgotten)s
"""
COPIES = """
INSERT INTO quizzes_question
       (concept_id, slug, kind, prompt, payload, explanation, difficulty, status)
SELECT concept.id, 'kept-' || number, 'boolean', 'Is this statement number ' || number || '?',
       '{"right": true}', 'It says so itself.', 1, 'published'
  FROM courses_concept concept, generate_series(1, 1 + %(cards)s /
       (SELECT count(*) FROM courses_concept WHERE NOT archived)) number
 WHERE NOT concept.archived
"""
# The last review of each card that was reviewed lately; nobody did more than a hundred.
LOGS = """
INSERT INTO quizzes_reviewlog
       (card_id, user_id, algorithm_id, rating, reviewed_at, seconds, retention, before, state,
        stability, difficulty, due_at)
SELECT id, user_id, algorithm_id, CASE state WHEN 3 THEN 1 ELSE 3 END, reviewed_at, 9, 0.9,
       '{"state": 2}', state, stability, difficulty, due_at
  FROM (SELECT *, row_number() OVER (PARTITION BY user_id ORDER BY reviewed_at DESC, id) AS place
          FROM quizzes_reviewcard WHERE reviewed_at > %(now)s - interval '2 days') lately
 WHERE place <= 100
"""


def cards_of_all(keeper: User, now: datetime) -> None:
    values: dict[str, Any] = {
        "now": now,
        "user": keeper.pk,
        "cards": KEEPER_CARDS,
        "algorithm": algorithm().pk,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        # The learners' cards first: nobody but the keeper has those of the copies.
        cursor.execute(CARDS.format(chosen=ASKED), values | {"forgotten": 0.03})
        cursor.execute(COPIES, values)
        cursor.execute(CARDS.format(chosen=KEPT), values | {"forgotten": 3 / KEEPER_CARDS})
        cursor.execute(LOGS, values)
