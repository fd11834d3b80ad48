"""What the two dearest steps of an attempt cost at their worst, savepoints counted too."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from courses.models import LessonProgress
from quizzes.models import Attempt, Draw, Question, QuestionVersion, Quiz, ReviewCard
from quizzes.question_versions import current, stored
from tests.quiz_factories import QuestionFactory, quiz_with

# Without the test's own transaction a request begins one, and does not set a savepoint in it.
pytestmark = pytest.mark.django_db(transaction=True)
MOST = 12


def statements(client: Client, path: str) -> list[str]:
    """What a request sends to the database, session and user too; not BEGIN and COMMIT."""
    with CaptureQueriesContext(connection) as captured:
        assert client.post(path).status_code == 302
    sent: list[str] = [query["sql"] for query in captured]
    return [sql for sql in sent if not sql.startswith(("BEGIN", "COMMIT"))]


def saved(client: Client, quiz: Quiz) -> Attempt:
    """An attempt with an answer to each question."""
    client.post(f"/quizzes/{quiz.slug}/start/")
    attempt = Attempt.objects.get(submitted_at=None)
    for position in range(1, attempt.responses.count() + 1):
        client.post(f"/attempts/{attempt.pk}/answers/{position}/", {"choice": "a"})
    return attempt


@pytest.mark.parametrize("limits", [{}, {"time_limit": 10, "attempts_allowed": 2}])
@pytest.mark.parametrize("mode", ["practice", "graded"])
def test_starting_where_everything_is_new(
    as_learner: Client, limits: dict[str, Any], mode: str
) -> None:
    # Only a graded quiz may be locked for somebody: that is one question more.
    quiz = quiz_with(16, mode=mode, **limits)
    concept = QuestionFactory().concept
    Draw.objects.create(quiz=quiz, concept=concept, number=1)
    sent = statements(as_learner, f"/quizzes/{quiz.slug}/start/")
    assert QuestionVersion.objects.count() == Question.objects.count() == 17
    assert len(sent) == MOST - (not limits) - (mode == "practice"), "\n".join(sent)
    assert not [sql for sql in sent if "SAVEPOINT" in sql]


def test_starting_what_was_started_before(as_learner: Client, stranger: User) -> None:
    quiz = quiz_with(16)
    again = Client()
    again.force_login(stranger)
    statements(again, f"/quizzes/{quiz.slug}/start/")
    versions = set(QuestionVersion.objects.values_list("pk", flat=True))
    stored.clear()
    current.clear()
    # Session, user, quiz, open attempt, questions, versions, attempt, responses.
    assert len(statements(as_learner, f"/quizzes/{quiz.slug}/start/")) == 8
    Attempt.objects.all().delete()
    # The versions are known.
    assert len(statements(as_learner, f"/quizzes/{quiz.slug}/start/")) == 7
    assert set(QuestionVersion.objects.values_list("pk", flat=True)) == versions


@pytest.mark.parametrize("counts", Quiz.Counts.values)
def test_handing_in_as_the_first_thing_in_a_lesson(as_learner: Client, counts: str) -> None:
    attempt = saved(as_learner, quiz_with(16, counts=counts))
    stored.clear()
    sent = statements(as_learner, f"/attempts/{attempt.pk}/submit/")
    assert LessonProgress.objects.get().quiz_score == 1
    assert ReviewCard.objects.count() == 16
    assert len(sent) == MOST - (counts == Quiz.Counts.BEST), "\n".join(sent)
    assert not [sql for sql in sent if "SAVEPOINT" in sql]


@pytest.mark.parametrize("counts", Quiz.Counts.values)
def test_handing_in_what_makes_a_lesson_done(
    as_learner: Client, learner: User, counts: str
) -> None:
    quiz = quiz_with(16, counts=counts)
    concept = quiz.concepts().get()
    as_learner.post(f"/concepts/{concept.pk}/tick/", {"concept": concept.pk})
    attempt = saved(as_learner, quiz)
    sent = statements(as_learner, f"/attempts/{attempt.pk}/submit/")  # knows the versions
    assert LessonProgress.objects.get(user=learner).completed_at is not None
    assert len(sent) == MOST - (counts == Quiz.Counts.BEST), "\n".join(sent)
