"""What finished attempts say about each version of a question, added up by the database.

Three statements, whatever the number of questions, versions and attempts; the rows that come back
grow with the versions alone.
"""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from courses.statements import fetch
from quizzes.analysis.statistics import Sums
from quizzes.models import Attempt

# So many different answers to a version are told apart, the most frequent first, and none that is
# longer than so many characters: what is left is counted, not read. Eight options can be ticked
# in 256 ways.
DIFFERENT, LONGEST = 256, 500

GIVEN = """
WITH given AS (
  SELECT version.question_id AS question, response.version_id AS version, response.attempt_id,
         response.answer, response.score, response.seconds,
         CAST(response.points AS double precision) AS points
    FROM quizzes_response response
    JOIN quizzes_questionversion version ON version.id = response.version_id
   WHERE response.attempt_id IN ({attempts}))"""

# x: the score of the question, y: of the rest of the same attempt.
SCORES = """,
scored AS (
  SELECT given.*, SUM(points * score) OVER whole AS gained, SUM(points) OVER whole AS possible
    FROM given WHERE score IS NOT NULL WINDOW whole AS (PARTITION BY attempt_id)),
paired AS (
  SELECT question, version, score AS x,
         (gained - points * score) / NULLIF(possible - points, 0) AS y
    FROM scored)
SELECT version, COUNT(*), SUM(x), COUNT(y), SUM(CASE WHEN y IS NOT NULL THEN x END), SUM(y),
       SUM(CASE WHEN y IS NOT NULL THEN x * x END), SUM(y * y), SUM(x * y)
  FROM paired WHERE {asked} GROUP BY version"""

ANSWERS = """,
said AS (
  SELECT version, CASE WHEN LENGTH(CAST(answer AS text)) > %s THEN ''
                       ELSE CAST(answer AS text) END AS words
    FROM given WHERE {asked}),
counted AS (
  SELECT version, words, COUNT(*) AS number, SUM(COUNT(*)) OVER (PARTITION BY version) AS total,
         ROW_NUMBER() OVER (PARTITION BY version ORDER BY COUNT(*) DESC, words) AS place
    FROM said GROUP BY version, words)
SELECT version, words, number, total FROM counted WHERE place <= %s"""

# The one or two in the middle, of each question and of each version.
TIMES = """,
timed AS (
  SELECT question, version, seconds,
         ROW_NUMBER() OVER (PARTITION BY question ORDER BY seconds) AS place,
         COUNT(*) OVER (PARTITION BY question) AS number,
         ROW_NUMBER() OVER (PARTITION BY version ORDER BY seconds) AS version_place,
         COUNT(*) OVER (PARTITION BY version) AS version_number
    FROM given WHERE seconds IS NOT NULL AND {asked}),
middle AS (
  SELECT question, version, seconds,
         CASE WHEN place IN ((number + 1) / 2, (number + 2) / 2) THEN 1 ELSE 0 END AS of_all,
         CASE WHEN version_place IN ((version_number + 1) / 2, (version_number + 2) / 2)
              THEN 1 ELSE 0 END AS of_version
    FROM timed)
SELECT question, version, seconds, of_all, of_version FROM middle WHERE of_all + of_version > 0"""


@dataclass(slots=True)
class Tally:
    """One version: how often it was `asked`, and of the `scored` ones the `total` and `sums`.

    `answers` holds (answer, how often), the most frequent first; `seconds` the middle times.
    """

    asked: int = 0
    scored: int = 0
    total: float = 0.0
    sums: Sums = field(default_factory=Sums)
    answers: list[tuple[Any, int]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tallies:
    """By version, and the middle times by question."""

    versions: dict[int, Tally]
    seconds: dict[int, list[float]]


def tallies(attempts: QuerySet[Attempt], questions: Collection[int] = ()) -> Tallies:
    """Of finished `attempts`; of some `questions` alone if named. Three queries."""
    found = Tallies(defaultdict(Tally), defaultdict(list))
    finished = attempts.filter(submitted_at__isnull=False).order_by().values("pk")
    try:
        sql, values = finished.query.sql_with_params()
    except EmptyResultSet:
        return found
    given = GIVEN.format(attempts=sql)
    places = ", ".join(["%s"] * len(questions))
    asked = f"question IN ({places})" if questions else "1 = 1"
    add_answers(
        found, fetch(given + ANSWERS.format(asked=asked), [*values, LONGEST, *questions, DIFFERENT])
    )
    add_scores(found, fetch(given + SCORES.format(asked=asked), [*values, *questions]))
    add_times(found, fetch(given + TIMES.format(asked=asked), [*values, *questions]))
    return found


def add_answers(found: Tallies, rows: list[tuple[Any, ...]]) -> None:
    for version, words, number, total in rows:
        tally = found.versions[version]
        tally.asked = int(total)
        if words != "":
            tally.answers.append((None if words is None else json.loads(words), number))


def add_scores(found: Tallies, rows: list[tuple[Any, ...]]) -> None:
    for version, scored, total, n, *sums in rows:
        tally = found.versions[version]
        tally.scored, tally.total = scored, total
        tally.sums = Sums(n, *(value or 0.0 for value in sums))


def add_times(found: Tallies, rows: list[tuple[Any, ...]]) -> None:
    for question, version, seconds, of_all, of_version in rows:
        if of_all:
            found.seconds[question].append(seconds)
        if of_version:
            found.versions[version].seconds.append(seconds)
