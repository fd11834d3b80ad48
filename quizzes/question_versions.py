"""What a question says right now, as a row that never changes."""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction

from courses.pages.shared import Shelf
from quizzes.models import Question, QuestionVersion

# In this process, by id, and by question and digest: rows never change, and requests share them.
stored, current = Shelf(2000), Shelf(2000)


def digest_of(question: Question) -> str:
    """Of everything that a learner sees or is graded by; slug, concept and difficulty are not."""
    said = [question.kind, question.prompt, question.payload, question.explanation]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def versions_of(questions: Sequence[Question], *, now: datetime) -> list[QuestionVersion]:
    """The current version of each question, in their order, made where it is new.

    Two queries where something is new, one or none else, however many questions. To be read
    alone, as others read the same objects.
    """
    digests = {question.pk: digest_of(question) for question in questions}
    found = find(digests)
    new = [one for one in questions if one.pk not in found]
    if new:
        found |= make(version(question, digests[question.pk], now) for question in new)
    return [found[question.pk] for question in questions]


def make(versions: Iterable[QuestionVersion]) -> dict[int, QuestionVersion]:
    """By the id of the question. What somebody else has just made is taken as it is."""
    made = QuestionVersion.objects.bulk_create(
        # In order of their keys, so that two who make the same ones cannot block each other.
        sorted(versions, key=lambda one: one.question_id),
        # An update that changes nothing, as one digest says one kind: it gives the ids.
        update_conflicts=True,
        unique_fields=["question", "digest"],
        update_fields=["kind"],
    )
    return {one.question_id: one for one in made}


def find(digests: dict[int, str]) -> dict[int, QuestionVersion]:
    """By the id of the question. One query for all that this process has not met, or none."""
    found = {pk: one for pk, digest in digests.items() if (one := current.get((pk, digest)))}
    missing = {pk: digest for pk, digest in digests.items() if pk not in found}
    return found | fetch(missing) if missing else found


def fetch(digests: dict[int, str]) -> dict[int, QuestionVersion]:
    rows = QuestionVersion.objects.filter(question__in=digests, digest__in=digests.values())
    found = {one.question_id: one for one in rows if one.digest == digests[one.question_id]}
    # What a transaction takes back must not be remembered.
    transaction.on_commit(partial(remember, list(found.values())))
    return found


def remember(versions: Iterable[QuestionVersion]) -> None:
    for one in versions:
        stored.put(one.pk, one)
        current.put((one.question_id, one.digest), one)


def version(question: Question, digest: str, now: datetime) -> QuestionVersion:
    return QuestionVersion(
        question=question,
        digest=digest,
        kind=question.kind,
        prompt=question.prompt,
        payload=question.payload,
        explanation=question.explanation,
        created_at=now,
    )


def with_ids(ids: Collection[int]) -> dict[int, QuestionVersion]:
    """Versions by their ids. One query for all that this process has not met, or none.

    To be read alone, as others read the same objects.
    """
    found = {pk: version for pk in ids if (version := stored.get(pk)) is not None}
    missing = set(ids) - found.keys()
    for one in QuestionVersion.objects.filter(pk__in=missing) if missing else ():
        stored.put(one.pk, one)
        found[one.pk] = one
    return found
