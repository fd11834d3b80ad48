from datetime import UTC, datetime

from django.test import Client

from accounts.models import User
from tests.quiz_factories import quiz_with
from tests.quizzes.test_views import text_of

# By then it is the next day in Berlin, and not yet in New York.
CLOSES = datetime(2126, 10, 26, 23, 30, tzinfo=UTC)


def test_times_are_the_learners_and_say_whose(as_learner: Client, learner: User) -> None:
    quiz = quiz_with(1, closes_at=CLOSES, mode="graded", feedback="closed", slug="window")
    for zone, day in (
        ("Europe/Berlin", "27 October 2126 at 01:30"),
        ("America/New_York", "26 October 2126 at 19:30"),
    ):
        learner.time_zone = zone
        learner.save()
        page = text_of(as_learner.get(quiz.get_absolute_url()))
        assert f"Closes {day}" in page
        assert f"Once the quiz has closed, on {day}" in page
        assert f"Times are in the time zone {zone}." in page


def test_a_quiz_of_an_archived_track_is_gone(as_learner: Client) -> None:
    quiz = quiz_with(1)
    track, quiz.lesson = quiz.lesson.track, None
    quiz.track = track
    quiz.save()
    assert as_learner.get(quiz.get_absolute_url()).status_code == 200
    track.archived = True
    track.save()
    assert as_learner.get(quiz.get_absolute_url()).status_code == 404
    assert as_learner.post(f"{quiz.get_absolute_url()}start/").status_code == 404


def test_a_quiz_without_a_window_names_no_zone(as_learner: Client) -> None:
    page = text_of(as_learner.get(quiz_with(1, time_limit=5).get_absolute_url()))
    assert "5 minutes" in page
    assert "time zone" not in page
