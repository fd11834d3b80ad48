"""Nothing tells what is right before the quiz says so: every page and every answer is searched."""

from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.progress import enrol
from quizzes.models import Attempt, Quiz
from tests.factories import ConceptFactory
from tests.quiz_factories import QuestionFactory, option, quiz_of
from tests.quizzes.attempts.test_attempts import begin, hand_in, save
from tests.quizzes.test_views import JSON

# Words that stand nowhere but in what is to be told later.
EXPLAINED, REASON = "Explained-Secret", "Feedback-Secret"
SECRETS = (EXPLAINED, REASON, "Not quite", "That is right", 'data-mark="', "Right answer")
SCORES = ("Not passed", "Quiz passed", "100%<", "50%", " / 2", '"score": 1', '"score": 0')
EARLY = ["graded submitted", "graded closed", "placement submitted"]


@pytest.fixture
def closes() -> datetime:
    return timezone.now() + timedelta(days=1)


def quiz(closes: datetime | None, mode: str, feedback: str = "submitted") -> Quiz:
    concept = ConceptFactory()
    options = [option(name, right=name == "a", feedback=REASON) for name in "abc"]
    questions = [
        QuestionFactory(concept=concept, payload={"options": options}, explanation=EXPLAINED)
        for _ in range(2)
    ]
    return quiz_of(*questions, mode=mode, feedback=feedback, closes_at=closes, slug="secret")


def pages(attempt: Attempt) -> list[str]:
    base = f"/attempts/{attempt.pk}/"
    open_ones = [f"{base}?q=1", f"{base}?q=1&try=1", f"{base}?q=2", f"{base}?q=end"]
    return ["/quizzes/secret/", *open_ones, f"{base}cards/", f"{base}results/"]


def read(client: Client, attempt: Attempt) -> str:
    """All that the learner can get out of the site about the attempt."""
    found = [client.get(page, follow=True).content.decode() for page in pages(attempt)]
    lesson = attempt.quiz.lesson
    assert lesson is not None
    found += [client.get(lesson.get_absolute_url()).content.decode()]
    found += [client.get(lesson.track.get_absolute_url()).content.decode()]
    found += [client.get("/today/").content.decode(), client.get("/review/").content.decode()]
    with ZipFile(BytesIO(client.post("/accounts/export/").content)) as export:
        found += [export.read(name).decode() for name in export.namelist()]
    for act in ("", "check/", "try/", "rate/"):
        url = f"/attempts/{attempt.pk}/answers/1/{act}"
        for headers in (JSON, {}):
            sent = {"choice": "b", "self": "1", "next": "1"}
            found += [client.post(url, sent, headers=headers, follow=True).content.decode()]
    return "\n".join(found)


@pytest.mark.parametrize("policy", EARLY)
def test_nothing_leaks_before_handing_in(
    as_learner: Client, learner: User, closes: datetime, policy: str
) -> None:
    attempt = begin(learner, quiz(closes, *policy.split()), timezone.now())
    save(attempt, "b", now=timezone.now())
    text = read(as_learner, attempt)
    assert [word for word in SECRETS if word in text] == []


@pytest.mark.parametrize("mode", ["practice", "graded"])
def test_nothing_leaks_of_a_question_that_was_not_checked(
    as_learner: Client, learner: User, closes: datetime, mode: str
) -> None:
    attempt = begin(learner, quiz(closes, mode, "at-once"), timezone.now())
    as_learner.post(f"/attempts/{attempt.pk}/answers/2/check/", {"choice": "b"})
    for page in (f"/attempts/{attempt.pk}/?q=1", f"/attempts/{attempt.pk}/?q=1&try=1"):
        text = as_learner.get(page).content.decode()
        assert [word for word in SECRETS if word in text] == []
    shown = as_learner.get(f"/attempts/{attempt.pk}/cards/").content.decode()
    assert shown.count(EXPLAINED) == 1


@pytest.mark.parametrize("names", ["aa", "ab"])
def test_nothing_leaks_between_handing_in_and_closing(
    as_learner: Client, learner: User, closes: datetime, names: str
) -> None:
    now = timezone.now()
    attempt = begin(learner, quiz(closes, "graded", "closed"), now)
    for position, name in enumerate(names, 1):
        save(attempt, name, position=position, now=now)
    hand_in(attempt, now)
    text = read(as_learner, attempt)
    assert [word for word in (*SECRETS, *SCORES) if word in text] == []
    page = as_learner.get(f"/attempts/{attempt.pk}/results/").content.decode()
    assert "2 questions are handed in." in page
    assert "Your result is here on" in page


def test_all_is_told_after_closing(as_learner: Client, learner: User) -> None:
    now = timezone.now()
    asked = quiz(now + timedelta(hours=1), "graded", "closed")
    attempt = begin(learner, asked, now)
    save(attempt, "a", now=now)
    hand_in(attempt, now)
    Quiz.objects.update(opens_at=None, closes_at=now - timedelta(minutes=1))
    page = as_learner.get(f"/attempts/{attempt.pk}/results/").content.decode()
    assert page.count(EXPLAINED) == 2
    assert "1<span" in page
    attempt.refresh_from_db()
    assert not attempt.withheld
    assert learner.review_cards.count() == 1


def test_all_is_told_after_handing_in_where_nothing_closes(
    as_learner: Client, learner: User
) -> None:
    attempt = begin(learner, quiz(None, "graded", "closed"), timezone.now())
    hand_in(attempt, timezone.now())
    assert EXPLAINED in as_learner.get(f"/attempts/{attempt.pk}/results/").content.decode()


def test_today_tells_no_score_before_the_quiz_has_closed(
    as_learner: Client, learner: User, closes: datetime
) -> None:
    now = timezone.now()
    asked = quiz(closes, "graded", "closed")
    enrol(user=learner, course=asked.course, now=now)
    attempt = begin(learner, asked, now)
    save(attempt, "a", now=now)
    hand_in(attempt, now)
    page = as_learner.get("/today/").content.decode()
    assert f"You handed in {asked.title}" in page
    assert [word for word in SCORES if word in page] == []
