"""An editor writes a question in the form of its kind, and answers it before anybody else does."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.looks import look_once, problems_in_every_look
from tests.browser.site import Site

EMAIL = "quentin@example.org"
MAKE = f"""
from courses.models import Track
from tests import people
from tests.factories import ConceptFactory, LessonFactory
from tests.quiz_factories import PAYLOADS, QuestionFactory

people.person({EMAIL!r}, "Quentin Query", "Editors", staff=True)
track = Track.objects.get(slug="the-llm-scientist")
lesson = LessonFactory(track=track, slug="asking", status="draft", position=96)
concept = ConceptFactory(lesson=lesson, name="Asking well", slug="asking-well")
for kind in ("matching", "blanks", "ordering"):
    QuestionFactory(concept=concept, kind=kind, payload=PAYLOADS[kind], prompt=f"Asked: {{kind}}",
                    status="draft")
"""
LIST = "/admin/quizzes/question/?q=Asked"


@pytest.fixture(scope="module")
def asked(site: Site) -> None:
    site.run("shell", "-v0", "-c", MAKE)


def opened(page: Page, prompt: str) -> Page:
    sign_in(page, EMAIL, LIST)
    page.get_by_role("link", name=prompt).click()
    return page


def test_the_list_with_its_filters_fits_a_screen(open_page: OpenPage, asked: None) -> None:
    page = sign_in(open_page(viewport={"width": 1280, "height": 800}), EMAIL, LIST)
    expect(page.locator("#changelist-filter")).to_be_visible()
    wide = "(one) => one.scrollWidth - one.clientWidth"
    assert page.locator(".results").evaluate(wide) == 0


def test_gaps_are_found_and_answered_before_anything_is_saved(
    open_page: OpenPage, asked: None
) -> None:
    page = opened(open_page(), "Asked: blanks")
    page.get_by_label("Text with gaps").fill("A nibble has [[bits]] bits and is a [[part]].")
    page.get_by_role("button", name="Find the gaps").click()
    page.get_by_role("group", name="[[part]]").get_by_label("A short text").check()
    page.locator("#id_payload-gaps-1-accepted-0-text").fill("half")
    page.get_by_label("Right number").fill("4")
    page.get_by_role("button", name="Try what is typed here").click()
    trial = page.frame_locator("[name=trial]")
    expect(trial.get_by_text("A nibble has")).to_be_visible()
    trial.get_by_label("Gap 1").fill("4")
    trial.get_by_label("Gap 2").fill("whole")
    trial.get_by_role("button", name="Check my answer").press("Enter")
    expect(trial.get_by_text("In part: 0.5 of one point.")).to_be_visible()
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.get_by_text("You may edit it again below.")).to_be_visible()
    expect(page.get_by_label("Text with gaps")).to_have_value(
        "A nibble has [[bits]] bits and is a [[part]]."
    )


@look_once
def test_how_forms_look(open_page: OpenPage, asked: None) -> None:
    page = opened(open_page(quiet=False), "Asked: matching")
    found = []
    for prompt in ("Asked: matching", "Asked: ordering"):
        page.goto(LIST)
        page.get_by_role("link", name=prompt).click()
        expect(page.frame_locator("[name=trial]").get_by_role("button").first).to_be_attached()
        found += problems_in_every_look(page)
    assert found == []
