"""What each learner of the demo class is like, and what they did in the course."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from config.demo.bulk import Rows
from config.demo.plan import SAID, Asked, LessonPlan, Plan, Test
from courses.models import ConceptTick, Enrolment, LessonProgress
from quizzes.attempts.counting import passes
from quizzes.attempts.scoring import score_of
from quizzes.models import Attempt, Quiz, Response

DAY = timedelta(days=1)
# The share of free answers of the midterm that a person has graded.
GRADED = 0.6


@dataclass(frozen=True, slots=True)
class Person:
    """`pace` 1 keeps to the schedule; `skill` is the share of right answers; who has dropped out
    stopped after `weeks`."""

    user: int
    member: int
    number: int
    pace: float
    skill: float
    weeks: float
    rng: Random


def person(user: int, member: int, number: int) -> Person:
    rng = Random(number)  # noqa: S311  (plausible, not secret)
    stays = rng.random() < 0.88
    return Person(
        user,
        member,
        number,
        pace=min(1.7, max(0.6, rng.gauss(1.2, 0.2))),
        skill=min(0.97, max(0.5, rng.gauss(0.82, 0.1))),
        weeks=99.0 if stays else rng.uniform(1, 6),
        rng=rng,
    )


def study(person: Person, plan: Plan, rows: Rows) -> None:
    """Enrol, read, tick and take quizzes until now, or until they dropped out."""
    begin = plan.at(0, 9) + person.rng.random() * 2 * DAY
    rows.add(Enrolment, user_id=person.user, course_id=course_of(plan), enrolled_at=begin)
    until = min(plan.now, plan.at(0) + timedelta(weeks=person.weeks))
    at = begin
    for lesson in plan.lessons:
        length = (lesson.due_at - plan.at(0)) / person.pace
        finish = max(at + DAY / 2, plan.at(0) + length - person.rng.random() * 3 * DAY)
        if at >= until:
            return
        read(person, lesson, at, finish, until, rows)
        at = finish


def course_of(plan: Plan) -> int:
    return plan.lessons[0].lesson.track.course_id


def read(
    person: Person, lesson: LessonPlan, at: datetime, finish: datetime, until: datetime, rows: Rows
) -> None:
    """One lesson, from `at` to `finish`; what would come after `until` has not happened yet."""
    ticked = list(ticks(person, lesson, at, finish, until))
    for concept, moment in ticked:
        rows.add(ConceptTick, user_id=person.user, concept_id=concept, ticked_at=moment)
    taken = list(take_all(person, lesson, finish, until, rows))
    passed = next((moment for score, moment in taken if passes(score, pass_mark(lesson))), None)
    done = passed if len(ticked) == len(lesson.concepts) else None
    rows.add(
        LessonProgress,
        user_id=person.user,
        lesson_id=lesson.lesson.pk,
        started_at=at,
        last_read_at=max([at, *(moment for _, moment in (*ticked, *taken))]),
        version_read=lesson.lesson.version,
        quiz_score=max((score for score, _ in taken), default=None),
        quiz_passed_at=passed,
        completed_at=done,
        by_hand=False,
    )


def pass_mark(lesson: LessonPlan) -> int:
    return lesson.test.quiz.pass_mark if lesson.test else 100


def sit_midterm(person: Person, plan: Plan, rows: Rows) -> None:
    """On its day, who was still there; some missed it."""
    end = plan.at(plan.midterm_day, 14, 40)
    stopped = plan.at(0) + timedelta(weeks=person.weeks)
    if plan.midterm and end < min(plan.now, stopped) and person.rng.random() < 0.93:
        take(person, plan.midterm, end - person.rng.random() * timedelta(minutes=30), 0.0, rows)


def ticks(
    person: Person, lesson: LessonPlan, at: datetime, finish: datetime, until: datetime
) -> Iterator[tuple[int, datetime]]:
    step = (finish - at) / (len(lesson.concepts) + 1)
    for place, concept in enumerate(lesson.concepts, 1):
        moment = at + place * step
        if moment < until and person.rng.random() < 0.995:
            yield concept, moment


def take_all(
    person: Person, lesson: LessonPlan, finish: datetime, until: datetime, rows: Rows
) -> Iterator[tuple[float, datetime]]:
    """Once, and mostly again after failing; each with its score and when it was handed in."""
    test = lesson.test
    if test is None:
        return
    for again in range(4):
        at = finish + again * DAY
        if at >= until:
            return
        score = take(person, test, at, 0.12 * again, rows)
        yield score, at
        if passes(score, test.quiz.pass_mark) or person.rng.random() < 0.04:
            return


def take(person: Person, test: Test, end: datetime, better: float, rows: Rows) -> float:
    """One attempt, handed in at `end`; its score from 0 to 1."""
    rng = person.rng
    seconds = [rng.uniform(15, 90) for _ in test.asked]
    attempt = UUID(int=rng.getrandbits(128), version=4)
    given = [answer(person, test, one, better) for one in test.asked]
    score = score_of((one.points, got[1]) for one, got in zip(test.asked, given, strict=True))
    rows.add(
        Attempt,
        id=attempt,
        user_id=person.user,
        quiz_id=test.quiz.pk,
        seed=rng.randrange(1, 2**62),
        started_at=end - timedelta(seconds=sum(seconds)),
        submitted_at=end,
        closed_by=Attempt.ClosedBy.LEARNER.value,
        awaiting=sum(got is None for _, got, _ in given),
        score=score,
        passed=passes(score, test.quiz.pass_mark),
        withheld=False,
    )
    graded = zip(test.asked, given, seconds, strict=True)
    for position, (one, (said, got, by), took) in enumerate(graded, 1):
        rows.add(
            Response,
            attempt_id=attempt,
            position=position,
            version_id=one.version,
            points=one.points,
            answer=said,
            score=got,
            checked_at=end if test.quiz.mode == Quiz.Mode.PRACTICE else None,
            graded_by=by,
            comment="",
            seconds=took,
        )
    return score


def answer(
    person: Person, test: Test, asked: Asked, better: float
) -> tuple[str, float | None, str]:
    """What was answered, as JSON, its score, and who graded it; None: nobody has yet."""
    rng, by = person.rng, Response.GradedBy
    if asked.by_person:
        if test.quiz.mode == Quiz.Mode.PRACTICE:
            return asked.right, float(rng.random() < person.skill), by.SELF.value
        said = json.dumps({"text": rng.choice(SAID)})
        done = rng.random() < GRADED
        return said, rng.choice((0.5, 0.75, 1.0)) if done else None, by.PERSON.value if done else ""
    if not asked.others or rng.random() < person.skill + better:
        return asked.right, 1.0, by.MACHINE.value
    return *rng.choice(asked.others), by.MACHINE.value
