"""Several requests of one learner at the same moment."""

import pytest

from accounts.models import User
from quizzes.models import AnswerRecord, Attempt, Response
from quizzes.saving import Saved
from tests.at_once import at_once
from tests.quiz_factories import chosen, quiz_with, records_of
from tests.quizzes.test_attempts import MS, begin, hand_in, keep, save

pytestmark = pytest.mark.django_db(transaction=True)


def test_start_at_once_is_one_attempt(learner: User) -> None:
    quiz = quiz_with(3)
    found = at_once(*[lambda: begin(learner, quiz)] * 6)
    assert set(found) == {Attempt.objects.get()}
    assert Response.objects.count() == 3


def test_same_packet_at_once_is_one_record(learner: User) -> None:
    attempt = begin(learner, quiz_with(1))
    at_once(*[lambda: save(attempt, "a", sequence=MS)] * 6)
    assert records_of(attempt, 1) == [(MS, chosen("a"))]


def test_different_answers_at_once_are_all_kept(learner: User) -> None:
    attempt = begin(learner, quiz_with(1))
    at_once(*[lambda name=name: save(attempt, name) for name in "abcab"])
    assert sorted(answer["chosen"][0] for _, answer in records_of(attempt, 1)) == list("aabbc")


def test_what_was_acknowledged_before_handing_in_is_graded(learner: User) -> None:
    attempt = begin(learner, quiz_with(8))
    saves = [lambda place=place: keep(attempt, "a", position=place) for place in range(1, 9)]
    calls = [*saves[:4], lambda: hand_in(attempt), *saves[4:], lambda: hand_in(attempt)]
    found = at_once(*calls)
    acknowledged = sum(isinstance(one, Saved) and one.late is None for one in found)
    assert AnswerRecord.objects.filter(late=False).count() == acknowledged
    assert AnswerRecord.objects.count() == 8
    assert Response.objects.filter(score=1.0).count() == acknowledged
    assert {one.score for one in found if isinstance(one, Attempt)} == {acknowledged / 8}


def test_starting_while_handing_in_opens_another(learner: User) -> None:
    quiz = quiz_with(1)
    first = begin(learner, quiz)
    found = at_once(lambda: hand_in(first), *[lambda: begin(learner, quiz)] * 3)
    assert Attempt.objects.of(learner).open().count() <= 1
    assert {one.quiz_id for one in found} == {quiz.pk}
