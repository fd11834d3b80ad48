"""Finished attempts at the last quizzes of each learner, and one open attempt each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random
from urllib.parse import urlencode

from accounts.models import User
from courses.models import Lesson
from quizzes.attempts.choosing import fixed
from quizzes.kinds import KINDS, Answer
from quizzes.models import AnswerRecord, Attempt, QuestionVersion, Quiz, Response
from quizzes.question_versions import versions_of

BATCH = 2000
RECENT = timedelta(days=5)  # the last two or three quizzes; more would only take longer to make
Asked = dict[int, tuple[Quiz, list[QuestionVersion]]]  # by lesson


@dataclass(frozen=True)
class Rows:
    attempts: list[Attempt]
    responses: list[Response]
    records: list[AnswerRecord]

    def save(self) -> None:
        Attempt.objects.bulk_create(self.attempts, batch_size=BATCH)
        Response.objects.bulk_create(self.responses, batch_size=BATCH)
        AnswerRecord.objects.bulk_create(self.records, batch_size=BATCH)


def attempts_of(
    users: Sequence[User],
    done: Iterable[tuple[User, Lesson, datetime]],
    now: datetime,
    rng: Random,
) -> dict[int, dict[str, str]]:
    """What `pages.py` asks for, by the learner's key: `open` with the `position` of a question and
    an `answer` to it as a form sends it, and `finished`."""
    asked = asked_by_lesson(now)
    rows = Rows([], [], [])
    named: dict[int, dict[str, str]] = {user.pk: {} for user in users}
    for user, lesson, at in done:
        if lesson.pk in asked and now - at < RECENT:
            named[user.pk]["finished"] = str(finish(rows, user, *asked[lesson.pk], at, rng).pk)
    for user in users if asked else ():
        quiz, versions = rng.choice(list(asked.values()))
        named[user.pk] |= opened(rows, user, quiz, versions, now, rng)
    rows.save()
    return named


def asked_by_lesson(now: datetime) -> Asked:
    return {
        quiz.lesson_id: (quiz, versions_of([one.question for one in fixed(quiz)], now=now))
        for quiz in Quiz.objects.published(now)
        if quiz.lesson_id
    }


def opened(
    rows: Rows, user: User, quiz: Quiz, versions: list[QuestionVersion], now: datetime, rng: Random
) -> dict[str, str]:
    attempt = Attempt(user=user, quiz=quiz, seed=rng.randrange(1, 2**63), started_at=now)
    rows.attempts.append(attempt)
    rows.responses.extend(
        Response(attempt=attempt, position=position, version=version)
        for position, version in enumerate(versions, 1)
    )
    position, answer = next(answers_of(versions))
    return {"open": str(attempt.pk), "position": str(position), "answer": answer}


def answers_of(versions: Sequence[QuestionVersion]) -> Iterator[tuple[int, str]]:
    """Right answers that are one field of a form, each with the position of its question."""
    for position, version in enumerate(versions, 1):
        answer = right(version)
        if "chosen" in answer:
            yield position, urlencode({"choice": answer["chosen"]}, doseq=True)


def finish(
    rows: Rows, user: User, quiz: Quiz, versions: list[QuestionVersion], at: datetime, rng: Random
) -> Attempt:
    attempt = Attempt(
        user=user,
        quiz=quiz,
        seed=rng.randrange(1, 2**63),
        started_at=at - timedelta(minutes=10),
        submitted_at=at,
        score=1.0,
        passed=True,
    )
    rows.attempts.append(attempt)
    for position, version in enumerate(versions, 1):
        answer = right(version)
        response = Response(
            attempt=attempt, position=position, version=version, answer=answer, score=1.0
        )
        rows.responses.append(response)
        sequence = int(at.timestamp() * 1000) - 1000 * (len(versions) - position)
        rows.records.append(
            AnswerRecord(response=response, sequence=sequence, answer=answer, received_at=at)
        )
    return attempt


@cache
def right(version: QuestionVersion) -> Answer:
    return KINDS[version.kind].right_answer(version.payload)
