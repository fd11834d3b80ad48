"""Quizzes for the browser's tests, a fresh one for each test."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import psycopg

from tests.browser.site import Site

# In a lesson that only editors see, so that no other page changes. Option 1 is right everywhere.
MAKE = """
from courses.models import Track
from quizzes.models import Quiz, QuizQuestion
from tests.factories import ConceptFactory, LessonFactory
from tests.quiz_factories import PAYLOADS, QuestionFactory

track = Track.objects.get(slug="the-llm-scientist")
lesson = LessonFactory(track=track, slug="proving-ground", status="draft", position=99)
concept = ConceptFactory(lesson=lesson, slug="proving")
simple = [QuestionFactory(concept=concept, slug=f"simple-{n}") for n in range(3)]
every = [
    QuestionFactory(concept=concept, slug=f"every-{kind}", kind=kind, payload=payload)
    for kind, payload in PAYLOADS.items()
]

def make(slug, questions=simple, **fields):
    quiz = Quiz.objects.create(
        course=track.course, slug=slug, title=f"Quiz {slug}", status="published", shuffle=False,
        **{"mode": "graded", **fields},
    )
    for position, question in enumerate(questions, 1):
        QuizQuestion.objects.create(quiz=quiz, question=question, position=position)

for number in range(%d):
    make(f"try-{number}")
for number in range(%d):
    make(f"timed-{number}", time_limit=6)
for number in range(3):
    make(f"practice-{number}", mode="practice")
    make(f"enter-{number}", mode="practice")
make("every-kind", every)
wide = QuestionFactory(concept=concept, slug="wide", prompt=%r, explanation=%r)
make("wide-0", [*every, wide], mode="practice")
"""
# Each wider than a phone.
CODE = f"```python run\nprint({', '.join(str(n) for n in range(40))})\n```"
FORMULA = " + ".join(f"\\frac{{x_{{{n}}}}}{{y_{{{n}}}}}" for n in range(20))
TABLE = f"|{'Name |' * 20}\n|{'---|' * 20}\n|{'value |' * 20}"
WIDE = f"Look at `code`:\n\n{CODE}\n\nand ${FORMULA}$\n\n$${FORMULA}$$\n\n{TABLE}"
SIMPLE, TIMED = 24, 6


class Shelf:
    """Hands out quizzes that nobody has begun yet."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.taken: dict[str, int] = {}
        site.run("shell", "-v0", "-c", MAKE % (SIMPLE, TIMED, WIDE, WIDE))

    def take(self, sort: str = "try") -> str:
        self.taken[sort] = self.taken.get(sort, -1) + 1
        return f"/quizzes/{sort}-{self.taken[sort]}/"

    def leave_time(self, attempt: str, seconds: float) -> None:
        """Of the attempt at the address `attempt`, by the site's clock."""
        end = datetime.now(UTC) + timedelta(seconds=seconds)
        key = attempt.rstrip("/").split("/")[-1].replace("-", "")
        change = f"UPDATE quizzes_attempt SET deadline_at = '{end}' WHERE id = '{key}'"  # noqa: S608
        address = self.site.environment["DATABASE_URL"]
        if address.startswith("sqlite"):
            with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as database:
                database.execute(change)
                database.commit()
        else:
            with psycopg.connect(address, autocommit=True) as database:
                database.execute(change.encode())
