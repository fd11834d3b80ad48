from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from courses.models import ConceptTick, Status
from quizzes.models import Question, ReviewCard, ReviewLog, ReviewPreferences
from quizzes.question_versions import digest_of, versions_of
from quizzes.review import cards
from quizzes.review.rating import algorithm
from tests.quiz_factories import QuestionFactory, payload
from tests.quizzes.sql import queries
from tests.review_factories import CardFactory, due_card

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def now() -> Iterator[Any]:
    """It is NOW, until a test says otherwise."""
    with patch("django.utils.timezone.now", return_value=NOW) as clock:
        yield clock


def fact_card(user: User) -> ReviewCard:
    card = due_card(user=user, fact=True)
    ConceptTick.objects.create(user=user, concept=card.concept, ticked_at=NOW)
    return card


def form_of(card: ReviewCard, **more: Any) -> dict[str, Any]:
    """What the page of `card` sends."""
    card.refresh_from_db()
    return {"digest": digest_of(card.question), "seen": card.reviews, **more}


def check(client: Client, card: ReviewCard, **more: Any) -> Any:
    return client.post(f"/review/cards/{card.pk}/check/", form_of(card, **more))


def rate(client: Client, card: ReviewCard, rating: int, **more: Any) -> Any:
    form = form_of(card, rating=rating) | more
    return client.post(f"/review/cards/{card.pk}/rate/", form)


def ratings() -> list[int]:
    return list(ReviewLog.objects.counted().order_by("pk").values_list("rating", flat=True))


def test_asks_what_is_due(as_learner: Client, learner: User) -> None:
    mine = [due_card(user=learner), due_card(user=learner)]
    due_card()
    answer = as_learner.get("/review/")
    assertContains(answer, "1 of 2")
    card = answer.context["front"].card
    assert card in mine
    concept = card.question.concept
    assertContains(answer, f'<p class="eyebrow">{concept.lesson.title}: {concept.name}</p>')
    assertContains(answer, "Check my answer")
    assertContains(answer, "I do not know")
    assertNotContains(answer, "Feedback on")
    assertNotContains(answer, 'name="rating"')


def test_a_right_answer_can_be_hard_good_or_easy(as_learner: Client, learner: User) -> None:
    card = due_card(user=learner)
    answer = check(as_learner, card, choice="a")
    assertContains(answer, "That is right.")
    assert [button.rating for button in answer.context["buttons"]] == [2, 3, 4]
    assert [button.interval for button in answer.context["buttons"]] == [
        "21 days",
        "29 days",
        "2 months",
    ]
    assert ReviewLog.objects.count() == 0


def test_a_wrong_one_says_why_where_to_reread_and_comes_again(
    as_learner: Client, learner: User
) -> None:
    card = due_card(user=learner)
    answer = check(as_learner, card, choice="b")
    assertContains(answer, "Not quite:")
    assertContains(answer, "Because <code>a</code> is right.")
    assertContains(answer, f"Reread: {card.question.concept.name}")
    assertContains(answer, card.question.concept.get_absolute_url())
    assertContains(answer, "This card comes back in 10 min.")
    assert [button.rating for button in answer.context["buttons"]] == [1]


def test_in_part_can_be_again_or_hard(as_learner: Client, learner: User) -> None:
    question = QuestionFactory(kind="multiple", payload=payload("ab", "c"))
    card = due_card(user=learner, question=question)
    answer = check(as_learner, card, choice=["a"])
    assertContains(answer, "In part:")
    assert [button.rating for button in answer.context["buttons"]] == [1, 2]


def test_not_knowing_shows_the_answer(as_learner: Client, learner: User) -> None:
    card = due_card(user=learner)
    answer = check(as_learner, card, unknown="1")
    assertContains(answer, "Right is:")
    assert [button.rating for button in answer.context["buttons"]] == [1]
    assertRedirects(rate(as_learner, card, 1, unknown="1"), "/review/")
    log = ReviewLog.objects.get()
    assert (log.rating, log.answer, log.score) == (1, None, 0.0)


def test_without_an_answer_it_is_not_checked(as_learner: Client, learner: User) -> None:
    card = due_card(user=learner)
    answer = check(as_learner, card)
    assert answer.status_code == 422
    assertContains(answer, "Answer first, or choose “I do not know”.", status_code=422)


def test_a_rating_counts(as_learner: Client, learner: User) -> None:
    card = due_card(user=learner)
    assertRedirects(rate(as_learner, card, 3, choice="a", seconds="12.5"), "/review/")
    log = ReviewLog.objects.get()
    assert (log.rating, log.answer, log.score) == (3, {"chosen": ["a"]}, 1.0)
    assert (log.seconds, log.version.question) == (12.5, card.question)
    card.refresh_from_db()
    assert (card.reviews, card.due_at) == (4, NOW + 29 * DAY)


@pytest.mark.parametrize(
    ("choice", "wanted", "counted"), [("b", 4, 1), ("a", 1, 2), ("a", 4, 4), ("b", 1, 1)]
)
def test_no_rating_that_the_answer_does_not_deserve(
    as_learner: Client, learner: User, choice: str, wanted: int, counted: int
) -> None:
    rate(as_learner, due_card(user=learner), wanted, choice=choice)
    assert ratings() == [counted]


def test_a_clock_that_makes_no_sense_is_left_out(as_learner: Client, learner: User) -> None:
    for said in ("nan", "-3", "soon", ""):
        rate(as_learner, due_card(user=learner), 3, choice="a", seconds=said)
    assert list(ReviewLog.objects.values_list("seconds", flat=True)) == [None] * 4


def test_a_key_fact_is_rated_by_oneself(as_learner: Client, learner: User) -> None:
    card = fact_card(learner)
    answer = as_learner.get("/review/")
    assertContains(answer, "What is it?")
    assertContains(answer, "Show the answer")
    assertContains(answer, "This.")
    assert [button.rating for button in answer.context["buttons"]] == [1, 2, 3, 4]
    sent = {"digest": answer.context["front"].digest, "seen": 3, "rating": 4}
    assertRedirects(as_learner.post(f"/review/cards/{card.pk}/rate/", sent), "/review/")
    log = ReviewLog.objects.get()
    assert (log.rating, log.answer, log.version, log.score) == (4, None, None, None)


def test_a_free_answer_is_rated_by_oneself(as_learner: Client, learner: User) -> None:
    said = {"model_answer": "A **model**.", "criteria": ["Says *why*"]}
    question = QuestionFactory(kind="free", payload=said)
    card = due_card(user=learner, question=question)
    answer = as_learner.get("/review/")
    assertContains(answer, "A <strong>model</strong>.")
    assertContains(answer, "Says <em>why</em>")
    assertContains(answer, "Because <code>a</code> is right.")
    assertRedirects(check(as_learner, card), f"/review/?card={card.pk}")
    rate(as_learner, card, 2)
    assert ratings() == [2]


def test_sent_twice_counts_once(as_learner: Client, learner: User) -> None:
    card = due_card(user=learner)
    form = form_of(card, rating=3, choice="a")
    for _ in range(2):
        assertRedirects(as_learner.post(f"/review/cards/{card.pk}/rate/", form), "/review/")
    again = as_learner.post(f"/review/cards/{card.pk}/check/", form)
    assertRedirects(again, "/review/")
    assert ratings() == [3]


def test_undo_brings_the_card_back(as_learner: Client, learner: User) -> None:
    card = due_card(user=learner)
    rate(as_learner, card, 1, choice="b")
    page = as_learner.get("/review/")
    assertContains(page, "Undo my last rating")
    log = ReviewLog.objects.get()
    answer = as_learner.post("/review/undo/", {"review": log.pk}, follow=True)
    assertContains(answer, f"Taken back: “Again” for the card on {card.question.concept.name}.")
    assertContains(answer, "Check my answer")
    assert answer.context["front"].card == card
    assert ratings() == []
    again = as_learner.post("/review/undo/", {"review": log.pk}, follow=True)
    assertContains(again, "There is nothing to take back.")


def test_another_card_than_the_first_by_its_key(as_learner: Client, learner: User) -> None:
    due_card(user=learner)
    card = CardFactory(user=learner)
    later = CardFactory(user=learner, remembered=True, days=0)
    others = due_card()
    assert as_learner.get(f"/review/?card={card.pk}").context["front"].card == card
    for passed_over in (later.pk, others.pk, "x", 10**30):
        front = as_learner.get(f"/review/?card={passed_over}").context["front"]
        assert front.card not in (later, others)


def test_changed_meanwhile_is_asked_as_it_is_now(as_learner: Client, learner: User) -> None:
    card = due_card(user=learner)
    form = form_of(card, rating=3, choice="a")
    Question.objects.update(prompt="What now?")
    for step in ("check", "rate"):
        answer = as_learner.post(f"/review/cards/{card.pk}/{step}/", form, follow=True)
        assertContains(answer, "This card was changed meanwhile.")
        assertContains(answer, "What now?")
    assert ratings() == []


def test_put_aside_meanwhile(as_learner: Client, learner: User) -> None:
    card = due_card(user=learner)
    cards.suspend(user=learner, card_id=card.pk, now=NOW)
    answer = as_learner.post(
        f"/review/cards/{card.pk}/rate/", form_of(card, rating=3, choice="a"), follow=True
    )
    assertContains(answer, "That card was put aside meanwhile. Nothing was counted.")
    assert ratings() == []


def test_archived_meanwhile(as_learner: Client, learner: User) -> None:
    card = due_card(user=learner)
    Question.objects.update(status=Status.ARCHIVED)
    answer = as_learner.post(
        f"/review/cards/{card.pk}/rate/", form_of(card, rating=3, choice="a"), follow=True
    )
    assertContains(answer, "That card is no longer asked. Nothing was counted.")
    assert ratings() == []


def test_a_broken_question_is_passed_over(as_learner: Client, learner: User) -> None:
    broken, sound = due_card(user=learner), due_card(user=learner)
    Question.objects.filter(pk=broken.question_id).update(payload={})
    assert as_learner.get("/review/").context["front"].card == sound
    assert as_learner.get(f"/review/?card={broken.pk}").context["front"].card == sound
    Question.objects.update(payload={})
    assert "front" not in as_learner.get("/review/").context


def test_no_cards_yet(as_learner: Client, learner: User) -> None:
    answer = as_learner.get("/review/")
    assertContains(answer, "You have no cards yet")
    assertContains(answer, "Go to the course")
    assertNotContains(answer, "30 days")


def test_nothing_due_says_when(as_learner: Client, learner: User, now: Any) -> None:
    for _ in range(2):
        CardFactory(user=learner, remembered=True, days=7)
    answer = as_learner.get("/review/")
    assertContains(answer, "No card is due")
    assertContains(answer, "The next card comes tomorrow at about 09:00.")
    assertContains(answer, "On that day there are 2 cards.")
    assertContains(answer, "Cards due in the next 30 days")
    now.return_value = NOW + timedelta(hours=20)
    assertContains(as_learner.get("/review/"), "The next card comes today at about 09:00.")
    now.return_value = NOW - 2 * DAY
    assertContains(as_learner.get("/review/"), "The next card comes on Sunday 22 November.")


def test_all_put_aside(as_learner: Client, learner: User) -> None:
    due_card(user=learner, suspended_at=NOW)
    assertContains(as_learner.get("/review/"), "Your cards are put aside")


def test_the_limit_of_the_day_and_ten_more(as_learner: Client, learner: User, now: Any) -> None:
    ReviewPreferences.objects.create(user=learner, reviews_a_day=1)
    for _ in range(3):
        due_card(user=learner)
    front = as_learner.get("/review/").context["front"]
    rate(as_learner, front.card, 3, choice="a")
    answer = as_learner.get("/review/")
    assertContains(answer, "That is your limit for today")
    assertContains(
        answer, "You take 1 cards a day at most. 2 more are due and wait until tomorrow."
    )
    assertContains(answer, "Review 10 more today")
    assertContains(answer, "One card reviewed today")
    assertRedirects(as_learner.post("/review/more/"), "/review/")
    assertContains(as_learner.get("/review/"), "2 of 3")
    # Tomorrow the limit is the old one.
    now.return_value = NOW + DAY
    assertContains(as_learner.get("/review/"), "1 of 1")


def test_new_cards_beyond_the_limit(as_learner: Client, learner: User) -> None:
    ReviewPreferences.objects.create(user=learner, new_a_day=0)
    CardFactory(user=learner)
    answer = as_learner.get("/review/")
    assertContains(answer, "No card is due")
    assertContains(answer, "One new card waits: you take 0 new ones a day at most.")
    assertContains(answer, "Review 10 more today")


def test_the_card_just_seen_waits(as_learner: Client, learner: User) -> None:
    card = due_card(user=learner)
    rate(as_learner, card, 1, choice="b")
    answer = as_learner.get("/review/")
    assertContains(answer, "The next card comes at 09:10")
    assert as_learner.get("/review/?early=1").context["front"].card == card


def test_stopping_says_what_was_done_and_what_is_left(as_learner: Client, learner: User) -> None:
    first, _ = due_card(user=learner), due_card(user=learner)
    rate(as_learner, first, 3, choice="a")
    answer = as_learner.get("/review/summary/")
    assertContains(answer, "One card is left for today")
    assertContains(answer, "One card reviewed today")
    assertContains(answer, "Go on with the next card")


def test_keys_can_be_turned_off(as_learner: Client, learner: User) -> None:
    fact_card(learner)
    assertContains(as_learner.get("/review/"), "data-keys")
    ReviewPreferences.objects.create(user=learner, keys=False)
    answer = as_learner.get("/review/")
    assertNotContains(answer, "data-keys")
    assertNotContains(answer, "<kbd")


@pytest.mark.parametrize("number", [1, 30])
def test_six_queries_for_a_card(
    as_learner: Client,
    learner: User,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(number):
        due_card(user=learner)
    as_learner.get("/review/")
    # session, user, preferences, today, queue, card
    with django_assert_num_queries(6):
        as_learner.get("/review/")


@pytest.mark.parametrize("number", [1, 30])
def test_seven_queries_for_none(
    as_learner: Client,
    learner: User,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(number):
        CardFactory(user=learner, remembered=True, days=1)
    # session, user, preferences, today, queue, rest, forecast
    with django_assert_num_queries(7):
        as_learner.get("/review/")


def test_checking_and_rating_in_few_queries(as_learner: Client, learner: User) -> None:
    card = due_card(user=learner)
    versions_of([card.question], now=NOW)
    algorithm()
    form = form_of(card, rating=3, choice="a")
    # session, user, card, still asked, preferences, today, queue
    with queries(7):
        as_learner.post(f"/review/cards/{card.pk}/check/", form)
    # session, user, card, still asked, version; card locked, preferences, algorithm, card, log
    with queries(10):
        as_learner.post(f"/review/cards/{card.pk}/rate/", form)


@pytest.mark.parametrize("step", ["check", "rate"])
def test_a_stranger_has_no_such_card(client: Client, stranger: User, step: str) -> None:
    card = due_card()
    client.force_login(stranger)
    form = form_of(card, rating=3, choice="a")
    assert client.post(f"/review/cards/{card.pk}/{step}/", form).status_code == 404
    assert client.post("/review/cards/999/rate/", form).status_code == 404
    assert ratings() == []


def test_nobody_undoes_for_another(client: Client, stranger: User, learner: User) -> None:
    card = due_card(user=learner)
    client.force_login(learner)
    rate(client, card, 3, choice="a")
    client.force_login(stranger)
    client.post("/review/undo/", {"review": ReviewLog.objects.get().pk})
    assert ratings() == [3]


@pytest.mark.parametrize("path", ["/review/", "/review/summary/"])
def test_visitors_sign_in_first(client: Client, path: str) -> None:
    assertRedirects(client.get(path), f"/accounts/login/?next={path}")


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"rating": "5", "digest": "x", "seen": "3"},
        {"rating": "3", "digest": "x", "seen": "-1"},
        {"rating": "3", "seen": "3"},
    ],
)
def test_a_form_that_makes_no_sense(
    as_learner: Client, learner: User, form: dict[str, str]
) -> None:
    card = due_card(user=learner)
    answer = as_learner.post(f"/review/cards/{card.pk}/rate/", form)
    assertRedirects(answer, f"/review/?card={card.pk}")
    assert ratings() == []


def test_an_answer_that_makes_no_sense(as_learner: Client, learner: User) -> None:
    card = due_card(user=learner)
    assert check(as_learner, card, choice="z").status_code == 422
    assertRedirects(rate(as_learner, card, 3, choice="z"), f"/review/?card={card.pk}")
    assert ratings() == []


def test_undo_of_nonsense(as_learner: Client) -> None:
    assertRedirects(as_learner.post("/review/undo/", {"review": "x"}), "/review/")


@pytest.mark.parametrize("path", ["more/", "undo/", "cards/1/rate/"])
def test_only_to_be_posted_to(as_learner: Client, path: str) -> None:
    assert as_learner.get(f"/review/{path}").status_code == 405


def test_the_address_of_a_checked_answer_leads_back(as_learner: Client, learner: User) -> None:
    card = due_card(user=learner)
    answer = as_learner.get(f"/review/cards/{card.pk}/check/")
    assertRedirects(answer, f"/review/?card={card.pk}")
