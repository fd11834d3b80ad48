from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.models import User
from quizzes.models import Question, ReviewCard, ReviewPreferences
from quizzes.review import reminders
from quizzes.tasks import queue_review_mails
from tests.review_factories import CardFactory

pytestmark = pytest.mark.django_db

# Eight in the morning in Berlin, and a quarter past one in the night in New York.
NOW = datetime(2026, 3, 4, 7, 15, tzinfo=UTC)
BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"


def wanting(user: User, zone: str = BERLIN, cards: int = 1, **fields: Any) -> ReviewPreferences:
    user.time_zone = zone
    user.save()
    for _ in range(cards):
        CardFactory(user=user, remembered=True, due_at=NOW - timedelta(hours=1))
    return ReviewPreferences.objects.create(user=user, mail=True, **fields)


def people() -> list[int]:
    return list(reminders.people_to_remind(NOW))


def remind(user: User, now: datetime = NOW) -> bool:
    return reminders.remind(user_id=user.pk, now=now)


def test_who_wants_it_gets_it(learner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    wanting(learner, cards=3)
    queue_review_mails(NOW)
    [message] = mail.outbox
    assert (message.to, message.subject) == ([learner.email], "3 cards to review")
    assert "\nhttp://testserver/review/\n" in message.body
    stop = f"http://testserver/review/unsubscribe/{reminders.token_of(learner)}/"
    assert f"\n{stop}\n" in message.body
    assert message.extra_headers == {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def test_one_card_in_the_singular(learner: User) -> None:
    wanting(learner)
    assert remind(learner) is True
    assert mail.outbox[0].subject == "One card to review"
    assert "one card is due: you would soon forget it" in mail.outbox[0].body


def test_nobody_gets_it_who_has_not_asked(learner: User, stranger: User) -> None:
    wanting(learner)
    CardFactory(user=stranger, remembered=True, due_at=NOW)
    ReviewPreferences.objects.create(user=stranger)
    assert people() == [learner.pk]
    assert remind(stranger) is False


@pytest.mark.parametrize(
    "card",
    [
        {"due_at": NOW + timedelta(minutes=1)},
        {"due_at": NOW, "suspended_at": NOW - timedelta(days=1)},
        {"remembered": False},
    ],
)
def test_nothing_is_due(learner: User, card: dict[str, Any]) -> None:
    wanting(learner, cards=0)
    CardFactory(user=learner, **{"remembered": True, **card})
    assert (people(), remind(learner), mail.outbox) == ([], False, [])


def test_what_review_would_not_ask_is_not_due(learner: User) -> None:
    wanting(learner, cards=2)
    card = ReviewCard.objects.first()
    Question.objects.filter(pk=card.question_id).update(status="archived")
    assert (people(), remind(learner)) == ([learner.pk], True)
    assert mail.outbox[0].subject == "One card to review"
    Question.objects.update(status="archived")
    tomorrow = NOW + timedelta(days=1)
    assert list(reminders.people_to_remind(tomorrow)) == []
    assert remind(learner, tomorrow) is False


def test_not_twice_for_who_travels_west(learner: User) -> None:
    wanting(learner, "Pacific/Auckland")
    assert remind(learner) is True
    learner.time_zone = BERLIN
    learner.save()
    ReviewPreferences.objects.update(mailed_on=date(2026, 3, 5))
    assert (people(), remind(learner)) == ([], False)


def test_not_at_night(learner: User) -> None:
    wanting(learner, NEW_YORK)
    assert (people(), remind(learner)) == ([], False)
    morning = NOW + timedelta(hours=5)
    assert list(reminders.people_to_remind(morning)) == [learner.pk]


def test_once_a_day_by_their_own_calendar(learner: User) -> None:
    preferences = wanting(learner)
    assert [remind(learner), remind(learner)] == [True, False]
    preferences.refresh_from_db()
    assert preferences.mailed_on == date(2026, 3, 4)
    assert people() == []
    assert remind(learner, NOW + timedelta(days=1)) is True
    assert len(mail.outbox) == 2


def test_not_to_who_has_left(learner: User) -> None:
    wanting(learner)
    learner.is_active = False
    learner.save()
    assert (people(), remind(learner)) == ([], False)


def test_not_when_it_was_reviewed_meanwhile(learner: User) -> None:
    wanting(learner)
    assert people() == [learner.pk]
    ReviewCard.objects.update(due_at=NOW + timedelta(days=3))
    assert remind(learner) is False
    assert ReviewPreferences.objects.get().mailed_on is None


def test_a_mail_that_was_refused_is_tried_again(
    learner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanting(learner)

    def refuse(message: EmailMessage) -> int:
        raise SMTPServerDisconnected

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", refuse)
        with pytest.raises(SMTPServerDisconnected):
            remind(learner)
    assert people() == [learner.pk]
    assert remind(learner) is True


def test_an_address_that_is_refused_is_tried_again_tomorrow(
    learner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanting(learner)

    def refuse(message: EmailMessage) -> int:
        raise SMTPRecipientsRefused({})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    with pytest.raises(SMTPRecipientsRefused):
        remind(learner)
    assert people() == []
    assert list(reminders.people_to_remind(NOW + timedelta(days=1))) == [learner.pk]


def test_one_query_for_all(learner: User, stranger: User, django_assert_num_queries: Any) -> None:
    wanting(learner)
    with django_assert_num_queries(1):
        assert people() == [learner.pk]
    wanting(stranger)
    with django_assert_num_queries(1):
        assert sorted(people()) == sorted([learner.pk, stranger.pk])


def test_a_foreign_token_stops_nothing(learner: User) -> None:
    wanting(learner)
    assert reminders.unsubscribe(reminders.token_of(learner)[:-1]) is False
    assert ReviewPreferences.objects.get().mail is True
