"""Review sessions in a browser: by keyboard alone, without script, undo, and how it looks."""

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.looks import look_once, problems_in_every_look
from tests.browser.site import Site

# Three due cards each: two questions of two lessons, and a key fact. The last one has none.
PEOPLE = ["keys", "plain", "undo", "twice", "away", "looks", "empty"]
SEED = """
import json
from datetime import timedelta
from django.utils import timezone
from courses.models import Concept
from courses.progress import tick_concept
from quizzes.models import Question, ReviewCard
from quizzes.review.cards import remember_answers
from tests.people import person

now = timezone.now()
single = Question.objects.published().filter(kind="single").order_by("pk")
one = single[0]
two = single.exclude(concept__lesson=one.concept.lesson)[0]
mine = Concept.objects.filter(lesson__track__course__slug="llm-course")
fact = mine.exclude(fact_prompt="").order_by("-pk")[0]
told = {"right": {}, "cards": {}}
for question in (one, two):
    right = [option["id"] for option in question.payload["options"] if option["right"]]
    told["right"][question.pk] = right[0]
for name in NAMES:
    user = person(f"{name}@review.example.org", name)
    if name != "empty":
        remember_answers(user=user, answers=[(one.pk, 0.0), (two.pk, 0.0)], now=now)
        tick_concept(user=user, concept=fact, now=now)
ReviewCard.objects.filter(user__email__endswith="@review.example.org").update(
    state=2, stability=8.0, difficulty=5.0, reviews=2,
    reviewed_at=now - timedelta(days=10), due_at=now - timedelta(days=2),
)
for card in ReviewCard.objects.filter(user__email__endswith="@review.example.org"):
    told["cards"].setdefault(card.user.display_name, {})[card.question_id or "fact"] = card.pk
open(PATH, "w").write(json.dumps(told))
"""


@dataclass(frozen=True)
class Told:
    """The id of the right option by question, and each person's cards by question or "fact"."""

    right: dict[str, str]
    cards: dict[str, dict[str, int]]

    def right_of(self, person: str, page: Page) -> str:
        """The right option of the card that `page` asks."""
        asked = page.locator("[data-card]").get_attribute("data-card")
        cards = self.cards[person].items()
        return self.right[next(one for one, card in cards if str(asked).startswith(f"{card}-"))]


@pytest.fixture(scope="module")
def told(site: Site) -> Told:
    path = site.folder / "review.json"
    names = f"NAMES, PATH = {PEOPLE!r}, {str(path)!r}"
    site.run("shell", "-v0", "-c", names + SEED)
    return Told(**json.loads(path.read_text("utf-8")))


def enter(open_page: OpenPage, person: str, onward: str = "/review/", **options: Any) -> Page:
    return sign_in(open_page(**options), f"{person}@review.example.org", onward)


def focused(page: Page) -> Locator:
    return page.locator(":focus")


def tab_to(page: Page, selector: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by Tab")


def answer_by_keys(page: Page, right: str) -> None:
    tab_to(page, ".choice input")
    page.keyboard.press("Space")
    for _ in range(8):
        if focused(page).get_attribute("value") == right:
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("3")  # a field has the focus, so nothing is rated
    page.keyboard.press("Enter")


def test_a_whole_session_by_keyboard(open_page: OpenPage, told: Told) -> None:
    page = enter(open_page, "keys")
    page.evaluate("window.same = true")
    for number in (1, 2, 3):
        expect(page.get_by_text(f"{number} of 3")).to_be_visible()
        if page.locator(".answer").count():
            page.keyboard.press("3")  # nothing to rate before the answer is there
            expect(page.locator(".grades")).to_be_hidden()
            page.keyboard.press("Space")
            expect(page.locator(".flash-a")).to_be_focused()
        else:
            answer_by_keys(page, told.right_of("keys", page))
            expect(page.locator("[data-feedback]")).to_be_focused()
            expect(page.locator("[data-feedback]")).to_contain_text("That is right.")
        page.keyboard.press("3")
    expect(page.get_by_role("heading", name="3 cards reviewed today")).to_be_visible()
    expect(page.locator(".facts")).to_contain_text(re.compile(r"Good\s*3"))
    assert page.evaluate("window.same")


def test_a_whole_session_without_script(open_page: OpenPage, told: Told) -> None:
    page = enter(open_page, "plain", java_script_enabled=False)
    for number in (1, 2, 3):
        expect(page.get_by_text(f"{number} of 3")).to_be_visible()
        if page.locator(".answer").count():
            expect(page.get_by_role("button", name="Good")).to_be_hidden()
            page.get_by_text("Show the answer").click()
        else:
            page.locator(f".choice input[value='{told.right_of('plain', page)}']").check()
            page.get_by_role("button", name="Check my answer").click()
            expect(page.get_by_text("That is right.")).to_be_visible()
        for key in page.locator("kbd").all():
            expect(key).to_be_hidden()
        page.get_by_role("button", name="Good").click()
    expect(page.get_by_role("heading", name="3 cards reviewed today")).to_be_visible()
    page.get_by_role("button", name="Undo my last rating").click()
    expect(page.get_by_text("Taken back: “Good”")).to_be_visible()
    expect(page.get_by_text("3 of 3")).to_be_visible()


def test_undo_by_key_goes_back_card_by_card(open_page: OpenPage, told: Told) -> None:
    page = enter(open_page, "undo")
    seen = []
    for number in (2, 3):
        seen.append(page.locator("[data-card]").get_attribute("data-card"))
        rate_unknown(page)
        expect(page.get_by_text(re.compile(f"^{number} of "))).to_be_visible()
    # What was forgotten comes again today, until that is taken back.
    for place, card in (("2 of 4", seen[1]), ("1 of 3", seen[0])):
        page.keyboard.press("u")
        expect(page.get_by_text("Taken back: “Again”")).to_be_visible()
        expect(page.locator("[data-card]")).to_have_attribute("data-card", str(card))
        expect(page.get_by_text(place)).to_be_visible()
    page.reload()
    expect(page.locator("[data-undo]")).to_have_count(0)


def rate_unknown(page: Page) -> None:
    if page.locator(".answer").count():
        page.get_by_text("Show the answer").click()
    else:
        page.get_by_role("button", name="I do not know").click()
    page.get_by_role("button", name="Again").click()


def test_pressed_twice_counts_once(open_page: OpenPage, told: Told) -> None:
    page = enter(open_page, "twice", f"/review/?card={told.cards['twice']['fact']}")
    page.get_by_text("Show the answer").click()
    page.get_by_role("button", name="Easy").dblclick()
    expect(page.get_by_text("2 of 3")).to_be_visible()
    page.reload()
    expect(page.get_by_text("2 of 3")).to_be_visible()


def test_cut_off_it_says_so_and_goes_on_later(open_page: OpenPage, told: Told) -> None:
    page = enter(open_page, "away", f"/review/?card={told.cards['away']['fact']}", quiet=False)
    page.get_by_text("Show the answer").click()
    page.context.set_offline(True)
    page.get_by_role("button", name="Easy").click()
    expect(page.get_by_text("The site cannot be reached, and nothing was counted.")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Easy").click()
    expect(page.get_by_text("2 of 3")).to_be_visible()


@look_once
def test_how_it_looks(open_page: OpenPage, told: Told) -> None:
    cards = told.cards["looks"]
    fact, question = cards["fact"], next(pk for one, pk in cards.items() if one != "fact")
    page = enter(open_page, "looks", f"/review/?card={question}")
    found = problems_in_every_look(page)
    page.get_by_role("button", name="Check my answer").click()
    expect(page.get_by_role("alert")).to_be_focused()
    found += problems_in_every_look(page)
    page.get_by_role("button", name="I do not know").click()
    expect(page.locator("[data-feedback]")).to_be_focused()
    found += problems_in_every_look(page)
    page.goto(f"/review/?card={fact}")
    page.get_by_text("Show the answer").click()
    found += problems_in_every_look(page)
    page.goto("/review/summary/")
    found += problems_in_every_look(page)
    assert found == []


@look_once
def test_how_it_looks_without_cards(open_page: OpenPage, told: Told) -> None:
    page = enter(open_page, "empty")
    expect(page.get_by_role("heading", name="You have no cards yet")).to_be_visible()
    assert problems_in_every_look(page) == []
