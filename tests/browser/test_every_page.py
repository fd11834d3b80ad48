"""Every page, wide and narrow, light and dark: no axe violation, nothing wider than the screen."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.looks import look_once, problems_in_every_look

VISITOR = [
    "/",
    "/courses/llm-course/",
    "/courses/llm-course/the-llm-scientist/",
    "/courses/llm-course/llm-fundamentals/",
    "/courses/llm-course/the-llm-scientist/quantization/",
    "/courses/llm-course/the-llm-scientist/the-llm-architecture/",
    "/courses/llm-course/notebooks/",
    "/search/",
    "/search/?q=attention",
    "/search/?q=xyzzyxyzzy",
    "/quizzes/quantization/",
    "/quizzes/llm-fundamentals-placement/",
    "/review/unsubscribe/nobody/",
    "/acknowledgements/",
    "/accessibility/",
    "/privacy/",
    "/nothing-here/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
]
LEARNER = [
    "/today/",
    "/courses/llm-course/",
    "/courses/llm-course/the-llm-scientist/",
    "/courses/llm-course/the-llm-scientist/quantization/",
    "/courses/llm-course/leave/",
    "/courses/llm-course/enrol/",
    "/accounts/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/reauthenticate/",
    "/accounts/erase/",
    "/accounts/logout/",
    "/courses/llm-course/llm-fundamentals/",
    "/quizzes/quantization/",
    "/quizzes/llm-fundamentals-placement/",
    "/review/",
    "/review/summary/",
    "/review/settings/",
    "/review/cards/",
]


def check(page: Page, url: str) -> list[str]:
    page.goto(url)
    return problems_in_every_look(page)


@look_once
def test_pages_of_a_visitor(open_page: OpenPage) -> None:
    page = open_page()
    assert [problem for url in VISITOR for problem in check(page, url)] == []


@look_once
def test_pages_of_a_learner(open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, "yi-ting@example.org", "/courses/llm-course/the-llm-scientist/quantization/")
    page.locator(".check").first.get_by_role("checkbox").check()
    problems = [problem for url in LEARNER for problem in check(page, url)]
    page.goto("/quizzes/securing-llms/")
    page.get_by_role("button", name="Start the quiz").or_(
        page.get_by_role("link", name=re.compile("Continue where you stopped"))
    ).click()
    attempt = page.url
    page.locator("input.tick").first.check()
    problems += check(page, attempt) + check(page, f"{attempt}?q=end")
    page.get_by_role("button", name="Hand in my answers").click()
    page.wait_for_url("**/results/")
    problems += check(page, page.url)
    assert problems == []


@look_once
def test_pages_of_an_editor(open_page: OpenPage) -> None:
    # axe itself complains on the console: it clones these pages' styles, which the policy forbids.
    page = open_page(quiet=False)
    sign_in(page, "edda@example.org", "/admin/courses/lesson/")
    page.get_by_role("link", name="Agents", exact=True).click()
    lesson = page.url
    page.goto("/admin/quizzes/question/")
    question = page.locator("#result_list .field-__str__ a").first.get_attribute("href") or ""
    number = question.split("/")[-3]
    urls = (
        "/admin/",
        "/admin/courses/lesson/",
        lesson,
        lesson.replace("/change/", "/history/"),
        "/admin/courses/revision/",
        "/admin/quizzes/question/",
        "/quizzes/quantization/analysis/",
        "/quizzes/quantization/grading/",
        f"/questions/{number}/analysis/",
        f"/questions/{number}/regrade/",
        f"/questions/{number}/regrades/",
    )
    assert [problem for url in urls for problem in check(page, url)] == []


@pytest.mark.parametrize("zoomed", [320])
def test_a_lesson_can_be_read_at_four_times_the_size(open_page: OpenPage, zoomed: int) -> None:
    page = open_page(viewport={"width": zoomed, "height": 256})
    page.goto("/courses/llm-course/the-llm-scientist/quantization/")
    assert page.evaluate("document.documentElement.scrollWidth") <= zoomed
