"""What the demo class does in a term: its lessons, when each is due, what their quizzes ask."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from courses.models import Course, Lesson, Status
from quizzes.kinds import KINDS, AnswerError
from quizzes.models import Question, QuestionVersion, Quiz, QuizQuestion
from quizzes.question_versions import versions_of

MIDTERM = "demo-midterm"
WEEKS = 12
WEEKS_GONE = 8
SEEDS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a quiz: a right answer, and some others with what each is worth."""

    question: int
    version: int
    points: Decimal
    by_person: bool
    right: str
    others: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Test:
    quiz: Quiz
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class LessonPlan:
    lesson: Lesson
    concepts: tuple[int, ...]
    test: Test | None
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    first_day: date
    zone: ZoneInfo
    now: datetime
    lessons: tuple[LessonPlan, ...]
    midterm: Test | None = None
    midterm_day: int = 7 * 6 + 3

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(weeks=WEEKS) - timedelta(days=3)

    def at(self, days: float, hour: int = 0, minute: int = 0) -> datetime:
        """Local time, so many days after the first."""
        day = self.first_day + timedelta(days=int(days))
        return datetime.combine(day, time(hour, minute), self.zone)


def plan_of(course: Course, now: datetime, zone: ZoneInfo) -> Plan:
    """Twelve weeks, of which eight are gone; the lessons that are not optional, evenly spread."""
    monday = now.astimezone(zone).date() - timedelta(weeks=WEEKS_GONE)
    monday -= timedelta(days=monday.weekday())
    empty = Plan(monday, zone, now, ())
    lessons = list(
        Lesson.objects.published(now)
        .filter(track__course=course, track__optional=False)
        .in_order()
        .prefetch_related("concepts")
    )
    step = (WEEKS * 7 - 7) / max(1, len(lessons))
    quizzes = {one.lesson_id: one for one in Quiz.objects.published(now).filter(course=course)}
    return Plan(
        monday,
        zone,
        now,
        tuple(
            lesson_plan(lesson, quizzes.get(lesson.pk), empty.at(7 + index * step, 23, 59), now)
            for index, lesson in enumerate(lessons)
        ),
        midterm=midterm_of(course, now) if lessons else None,
    )


def lesson_plan(lesson: Lesson, quiz: Quiz | None, due_at: datetime, now: datetime) -> LessonPlan:
    concepts = tuple(one.pk for one in lesson.concepts.all() if not one.archived)
    return LessonPlan(lesson, concepts, test_of(quiz, now) if quiz else None, due_at)


def test_of(quiz: Quiz, now: datetime) -> Test | None:
    places = list(QuizQuestion.objects.askable().filter(quiz=quiz).select_related("question"))
    versions = versions_of([place.question for place in places], now=now)
    return Test(quiz, tuple(map(asked, places, versions))) if places else None


def midterm_of(course: Course, now: datetime) -> Test | None:
    """A graded quiz of its own: two free answers, which a person grades, and eight others."""
    questions = Question.objects.published().filter(concept__lesson__track__course=course)
    some = [
        *questions.filter(kind=Question.Kind.FREE).order_by("pk")[:2],
        *questions.filter(kind=Question.Kind.SINGLE).order_by("pk")[::9][:8],
    ]
    quiz, _ = Quiz.objects.update_or_create(
        slug=MIDTERM,
        defaults={
            "course": course,
            "title": "Midterm of the demo class",
            "mode": Quiz.Mode.GRADED,
            "status": Status.PUBLISHED,
            "attempts_allowed": 1,
            "time_limit": 45,
            "pass_mark": 60,
            # Of the demo class, not of the course.
            "in_files": False,
        },
    )
    QuizQuestion.objects.filter(quiz=quiz).delete()
    QuizQuestion.objects.bulk_create(
        QuizQuestion(quiz=quiz, question=question, position=place, points=2 if place < 3 else 1)
        for place, question in enumerate(some, 1)
    )
    return test_of(quiz, now)


def asked(place: QuizQuestion, version: QuestionVersion) -> Asked:
    kind = KINDS[version.kind]
    right = kind.right_answer(version.payload)
    outcome = kind.grade(version.payload, right)
    return Asked(
        question=place.question_id,
        version=version.pk,
        points=place.points,
        by_person=outcome.pending,
        right=json.dumps(right),
        others=tuple(others(version, right)),
    )


def others(version: QuestionVersion, right: dict[str, Any]) -> Iterable[tuple[str, float]]:
    """Answers that somebody might give, each with its score; none that is right."""
    kind, seen = KINDS[version.kind], {json.dumps(right)}
    for seed in range(SEEDS):
        answer = spoilt(right, version.payload, Random(seed))  # noqa: S311
        said = json.dumps(answer)
        try:
            outcome = kind.grade(version.payload, answer)
        except AnswerError:
            continue
        if said not in seen and outcome.score < 1:
            seen.add(said)
            yield said, outcome.score


def spoilt(answer: Any, payload: dict[str, Any], rng: Random) -> Any:
    """`answer` with its choices, order, pairs or words changed; of any kind of question."""
    if "chosen" in answer:
        return {"chosen": [rng.choice(ids_of(payload))]}
    if "order" in answer:
        return {"order": rng.sample(answer["order"], len(answer["order"]))}
    if "pairs" in answer:
        given = list(answer["pairs"].values())
        return {"pairs": dict(zip(answer["pairs"], rng.sample(given, len(given)), strict=True))}
    if "value" in answer:
        return {"value": str(rng.choice([1, 2, 4, 8, 10, 16, 100, 1000]))}
    if "blanks" in answer:
        return {"blanks": some_of(answer["blanks"], rng)}
    return {"text": rng.choice(SAID)}


def ids_of(payload: dict[str, Any]) -> Sequence[str]:
    options = payload.get("options")
    return [option["id"] for option in options] if options else ["true", "false"]


def some_of(blanks: dict[str, Any], rng: Random) -> dict[str, Any]:
    kept = rng.sample(sorted(blanks), rng.randrange(len(blanks)))
    return {name: blanks[name] for name in sorted(kept)}


SAID = (
    "attention",
    "It keeps what matters and leaves out the rest, though I am not sure about the second part.",
    "The loss goes down because the gradient of the softmax is the difference of the two.",
    "tokens",
    "Because the cache grows with the sequence, so memory is what runs out first.",
)
