"""What each learner has for each item, in one statement: a text for each learner.

The text has a piece for each item, in the order of the columns, between `;`. Pieces have no name
in them and, unless something was late, no time: so most learners' are alike, and what a piece
means is worked out once (`cohorts.gradebook.pieces`). A piece is, between `|`:

- attempts at the quiz, the first first, between `/`: share, `a` where answers of it wait to be
  graded or `w` where the quiz tells no results yet, and, where it was handed in after the class's
  due date, when, and when it was started;
- points, points by hand, and `x` where it is excused;
- `i` where something was handed in, or `r` where that is newer than what was graded; and, where
  it was after the class's due date, when (what was graded, else the newest).
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from cohorts.gradebook.layout import Column, Layout
from courses.statements import fetch

TEXT = {"postgresql": "CAST({} AS text)", "sqlite": "printf('%%!.17g', {})"}
ATTEMPTS = """
SELECT attempt.user_id, attempt.quiz_id, attempt.id, attempt.submitted_at,
       {share} || ',' ||
       CASE WHEN attempt.awaiting > 0 THEN 'a' WHEN attempt.withheld THEN 'w' ELSE '' END || ',' ||
       CASE WHEN {ended} > deadline.due_at
            THEN CAST({ended} AS text) || ',' || CAST(attempt.started_at AS text)
            ELSE ',' END AS said
  FROM quizzes_attempt attempt
  JOIN item ON item.quiz_id = attempt.quiz_id
  LEFT JOIN cohorts_deadline deadline ON deadline.id = item.deadline_id
 WHERE attempt.user_id {users} AND attempt.submitted_at >= %s
"""
# What is handed in during the grace after the end is handed in at the end.
ENDED = """CASE WHEN attempt.deadline_at < attempt.submitted_at
            THEN attempt.deadline_at ELSE attempt.submitted_at END"""
OF_MEMBER = "PARTITION BY user_id, quiz_id ORDER BY submitted_at, id"
TRIES = {
    "postgresql": """
SELECT user_id, quiz_id, string_agg(said, '/' ORDER BY submitted_at, id) AS said
  FROM attempts GROUP BY user_id, quiz_id""",
    "sqlite": f"""
SELECT DISTINCT user_id, quiz_id, group_concat(said, '/') OVER ({OF_MEMBER}
       ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS said
  FROM attempts""",  # noqa: S608  (of constants)
}
# Named in each part on its own, so that PostgreSQL goes by an index for few, and not for many.
MEMBERS = {"postgresql": "= ANY(%s)", "sqlite": "IN (SELECT value FROM json_each(%s))"}
USERS = {
    "postgresql": "= ANY(ARRAY(SELECT user_id FROM member))",
    "sqlite": "IN (SELECT user_id FROM member)",
}
SAID = """COALESCE(tries.said, '') || '|' ||
       COALESCE(CAST(given.score AS text), '') || ',' ||
       COALESCE(CAST(given.override AS text), '') || ',' ||
       CASE WHEN given.excused THEN 'x' ELSE '' END || '|' ||
       CASE WHEN newest.number IS NULL THEN ''
            WHEN given.graded < newest.number THEN 'r' ELSE 'i' END
       || ',' ||
       CASE WHEN COALESCE(given.at, newest.submitted_at) > deadline.due_at
            THEN CAST(COALESCE(given.at, newest.submitted_at) AS text) ELSE '' END"""
WORK = """
  FROM member CROSS JOIN item
  LEFT JOIN cohorts_deadline deadline ON deadline.id = item.deadline_id
  LEFT JOIN tries ON tries.user_id = member.user_id AND tries.quiz_id = item.quiz_id
  LEFT JOIN given ON given.membership_id = member.id AND given.item_id = item.id
  LEFT JOIN newest ON newest.membership_id = member.id
        AND newest.assignment_id = item.assignment_id
"""
EVERYTHING = {
    "postgresql": f"""
SELECT member.id, string_agg({SAID}, ';' ORDER BY item.place) {WORK} GROUP BY member.id""",
    # Its aggregates keep no order: one row for each piece.
    "sqlite": f"SELECT member.id, {SAID} {WORK} ORDER BY member.id, item.place",
}
STATEMENTS = {
    vendor: f"""
WITH item(place, id, quiz_id, assignment_id, deadline_id) AS (VALUES {{items}}),
member AS (SELECT id, user_id FROM cohorts_membership WHERE id {MEMBERS[vendor]}),
attempts AS ({
        ATTEMPTS.format(
            share=TEXT[vendor].format("attempt.score"), ended=ENDED, users=USERS[vendor]
        )
    }),
tries AS ({TRIES[vendor]}),
newest AS (
SELECT membership_id, assignment_id, MAX(number) AS number, MAX(submitted_at) AS submitted_at
  FROM cohorts_submission WHERE number > 0 AND membership_id {MEMBERS[vendor]}
 GROUP BY membership_id, assignment_id),
given AS (
SELECT grade.membership_id, grade.item_id, grade.score, grade.override, grade.excused,
       graded.number AS graded, graded.submitted_at AS at
  FROM cohorts_grade grade
  LEFT JOIN cohorts_submission graded ON graded.id = grade.submission_id
        AND graded.membership_id {MEMBERS[vendor]}
 WHERE grade.membership_id {MEMBERS[vendor]})
{EVERYTHING[vendor]}
"""  # noqa: S608  (of constants)
    for vendor in EVERYTHING
}
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
Pieces = Sequence[str]


def pieces_of(layout: Layout, members: Sequence[int]) -> dict[int, Pieces]:
    """The pieces of each of `members` (keys of memberships). One query, none without items."""
    if not layout.columns or not members:
        return {}
    vendor = connection.vendor
    items = ", ".join(values(place, one) for place, one in enumerate(layout.columns))
    begin = connection.ops.adapt_datetimefield_value(layout.first_at or LONG_AGO)
    statement = STATEMENTS[vendor].replace("{items}", items)
    keys = listed(members)
    found = fetch(statement, [keys, begin, keys, keys, keys])
    if vendor == "postgresql":
        return {member: said.split(";") for member, said in found}
    pieces: dict[int, list[str]] = {}
    for member, said in found:
        pieces.setdefault(member, []).append(said)
    return dict(pieces)


def values(place: int, column: Column) -> str:
    numbers = (place, column.id, column.quiz, column.assignment, column.deadline)
    return f"({', '.join('CAST(NULL AS bigint)' if n is None else str(n) for n in numbers)})"


def listed(members: Sequence[int]) -> Any:
    """As the database takes many numbers in one place."""
    return list(members) if connection.vendor == "postgresql" else json.dumps(list(members))
