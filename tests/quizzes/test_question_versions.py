from datetime import UTC, datetime

import pytest
from django.db import transaction

from courses.models import Concept
from quizzes.models import Question, QuestionVersion
from quizzes.question_versions import versions_of, with_ids
from tests.factories import ConceptFactory
from tests.quiz_factories import QuestionFactory
from tests.quizzes.sql import queries

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def questions(concept: Concept) -> list[Question]:
    return QuestionFactory.create_batch(3, concept=concept)


@pytest.fixture
def concept(db: None) -> Concept:
    return ConceptFactory()


def test_a_version_is_made_once(questions: list[Question]) -> None:
    made = versions_of(questions[:2], now=NOW)
    found = versions_of(list(reversed(questions)), now=NOW)
    assert [one.question_id for one in found] == [one.pk for one in reversed(questions)]
    assert found[1:] == list(reversed(made))
    assert set(QuestionVersion.objects.all()) == set(found)


def test_an_edited_question_has_a_version_of_its_own(questions: list[Question]) -> None:
    (before,) = versions_of(questions[:1], now=NOW)
    questions[0].prompt = "Something else?"
    (after,) = versions_of(questions[:1], now=NOW)
    assert (after.prompt, after != before) == ("Something else?", True)


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_is_not_remembered(questions: list[Question]) -> None:
    with transaction.atomic():
        versions_of(questions, now=NOW)
        versions_of(questions, now=NOW)
        transaction.set_rollback(True)
    found = versions_of(questions, now=NOW)
    assert list(QuestionVersion.objects.order_by("pk")) == found


@pytest.mark.django_db(transaction=True)
def test_what_is_met_is_known(questions: list[Question]) -> None:
    made = versions_of(questions, now=NOW)
    with queries(1):
        assert versions_of(questions, now=NOW) == made
    with queries(0):
        assert versions_of(questions, now=NOW) == made
        assert list(with_ids([one.pk for one in made]).values()) == made


def test_a_question_is_called_by_its_first_line_without_marks() -> None:
    called = [
        str(Question(prompt=prompt))
        for prompt in (
            "What does **$2^n$** mean in `KV` [caches](https://example.org)?\nMore.",
            "```python\nx = 1\n```",
            "",
        )
    ]
    assert called == ["What does 2^n mean in KV caches?", "```python", ""]
