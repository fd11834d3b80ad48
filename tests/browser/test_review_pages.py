"""Today, the roadmap, all cards and the settings of review, with cards and without."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.looks import look_once, problems_in_every_look
from tests.browser.site import Site

ROADMAP = "/courses/llm-course/the-llm-scientist/"
# One learner with a done lesson, cards of every state, and a card that was reviewed three times.
SEED = """
from datetime import timedelta
from django.utils import timezone
from courses.models import Lesson
from courses.progress import enrol, mark_done
from quizzes.models import Question, ReviewCard
from tests.people import person
from tests.review_factories import CardFactory, LogFactory

now = timezone.now()
for name in ("with", "without"):
    user = person(f"{name}@cards.example.org", name)
    lesson = Lesson.objects.get(slug="quantization")
    enrol(user=user, course=lesson.track.course, now=now)
    if name == "without":
        continue
    mark_done(user=user, lesson=lesson, now=now)
    for number, question in enumerate(Question.objects.filter(concept__lesson=lesson)):
        fields = {"remembered": True, "reviewed_at": now - timedelta(days=number + 1)}
        if number == 1:
            fields = {}
        card = CardFactory(user=user, question=question, **fields)
        if number == 2:
            ReviewCard.objects.filter(pk=card.pk).update(suspended_at=now)
        if number == 9:
            for days in (60, 40, 0):
                at = card.reviewed_at - timedelta(days=days)
                LogFactory(card=card, reviewed_at=at)
"""


@pytest.fixture(scope="module")
def cards(site: Site) -> None:
    site.run("shell", "-c", SEED)


def opened(page: Page, url: str) -> list[str]:
    page.goto(url)
    for summary in page.locator("main summary").all():
        summary.click()
    return problems_in_every_look(page)


@look_once
def test_pages_with_cards(open_page: OpenPage, cards: None) -> None:
    page = open_page()
    sign_in(page, "with@cards.example.org")
    page.goto("/review/cards/?state=due")
    addresses = [
        link.get_attribute("href") or ""
        for link in page.get_by_role("link", name="See the card").all()
    ]
    urls = ["/today/", ROADMAP, "/review/settings/", "/review/cards/", "/review/cards/?q=nowhere"]
    urls += [*addresses, f"{addresses[0]}again/"]
    assert len(addresses) >= 2
    assert [problem for url in urls for problem in opened(page, url)] == []


@look_once
def test_pages_without_cards(open_page: OpenPage, cards: None) -> None:
    page = open_page()
    sign_in(page, "without@cards.example.org")
    urls = ["/today/", ROADMAP, "/review/settings/", "/review/cards/"]
    assert [problem for url in urls for problem in opened(page, url)] == []


def test_slider_and_number_follow_each_other(page: Page, cards: None) -> None:
    sign_in(page, "without@cards.example.org", "/review/settings/")
    number = page.get_by_role("spinbutton", name="How much you want to remember")
    slider = page.get_by_role("slider", name="How much you want to remember")
    expect(slider).to_have_value("90")
    slider.press("ArrowRight")
    expect(number).to_have_value("91")
    number.fill("85")
    expect(slider).to_have_value("85")
    page.get_by_role("button", name="Save my review settings").click()
    expect(page.get_by_role("status")).to_contain_text("Your review settings are saved.")
    expect(number).to_have_value("85")


def test_without_script_the_number_is_enough(open_page: OpenPage, cards: None) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, "without@cards.example.org", "/review/settings/")
    expect(page.get_by_role("slider")).to_have_count(0)
    page.get_by_role("spinbutton", name="How much you want").fill("120")
    page.get_by_role("button", name="Save my review settings").click()
    page.get_by_role("link", name="Give a whole number from 80 to 97.").click()
    expect(page).to_have_url("/review/settings/#id_retention")
