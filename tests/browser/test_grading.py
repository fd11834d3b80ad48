"""Grading and analysis of the whole site: no axe violation, nothing too wide; without a script."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.looks import look_once, problems_in_every_look
from tests.browser.site import Site

# Who may grade all learners of the site, in whatever class.
SUPERUSER = "root@example.org"
# Six people have finished a quiz of every kind of question; the key of the first was then edited.
MAKE = """
from courses.models import Track
from quizzes.kinds import KINDS
from quizzes.models import Quiz, QuizQuestion
from tests import people
from tests.factories import ConceptFactory, LessonFactory
from tests.quiz_factories import PAYLOADS, QuestionFactory, chosen, payload
from tests.quizzes.finished import finished

track = Track.objects.get(slug="the-llm-scientist")
lesson = LessonFactory(track=track, slug="grading-ground", status="draft", position=98)
concept = ConceptFactory(lesson=lesson, slug="grading")
quiz = Quiz.objects.create(
    course=track.course, slug="graded", title="Graded", status="published", mode="graded"
)
kinds = {"single": payload(), **{kind: one for kind, one in PAYLOADS.items() if kind != "single"}}
for position, (kind, one) in enumerate(kinds.items(), 1):
    question = QuestionFactory(concept=concept, slug=f"graded-{kind}", kind=kind, payload=one)
    QuizQuestion.objects.create(quiz=quiz, question=question, position=position)
right = [KINDS[kind].right_answer(one) for kind, one in kinds.items()]
for letter in "aaabbc":
    finished(quiz, chosen(letter), *right[1:])
first = quiz.questions.get(slug="graded-single")
first.payload = payload("b", "ac")
first.save()
people.superuser()
"""


@pytest.fixture(scope="module")
def graded(site: Site) -> None:
    site.run("shell", "-v0", "-c", MAKE)


@pytest.mark.usefixtures("graded")
@look_once
def test_pages_of_a_superuser(open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, SUPERUSER, "/quizzes/graded/analysis/")
    for summary in page.locator("main summary").all():
        summary.click()
    problems = problems_in_every_look(page)
    page.get_by_role("link", name="This question in all quizzes").first.click()
    problems += problems_in_every_look(page)
    page.get_by_role("link", name="Regrade finished answers").click()
    problems += problems_in_every_look(page)
    page.get_by_role("link", name="Leave them as they are").click()
    problems += problems_in_every_look(page)
    page.goto("/quizzes/graded/grading/")
    problems += problems_in_every_look(page)
    page.get_by_role("button", name="Save the grade").click()
    expect(page.get_by_role("alert")).to_contain_text("Score: This field is required.")
    problems += problems_in_every_look(page)
    assert problems == []


@pytest.mark.usefixtures("graded")
def test_grading_by_hand_and_again_without_a_script(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, SUPERUSER, "/quizzes/graded/")
    page.get_by_role("link", name="Answers to grade").click()
    expect(page.get_by_text("6 answers wait for you.")).to_be_visible()
    page.get_by_label("Score").fill("80")
    page.get_by_label("in", exact=True).select_option("percent")
    page.get_by_label("Comment").fill("Say **why**.")
    page.get_by_role("button", name="Save the grade").click()
    expect(page.get_by_text("5 answers wait for you.")).to_be_visible()
    page.get_by_role("link", name="Previous answer").click()
    expect(page.get_by_role("heading", name="Graded: 80%")).to_be_visible()
    page.goto("/quizzes/graded/analysis/")
    page.locator("summary").first.click()
    page.get_by_role("link", name="This question in all quizzes").first.click()
    page.get_by_role("link", name="Regrade finished answers").click()
    page.get_by_label("Why the answers are graded again").fill("The key was wrong.")
    page.get_by_role("button", name="Regrade 6 answers").click()
    expect(page.get_by_text("Graded again: 5 scores have changed.")).to_be_visible()
    expect(page.get_by_role("cell", name="The key was wrong.")).to_be_visible()
