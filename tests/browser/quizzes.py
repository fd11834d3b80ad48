"""Quizzes for the browser's tests, a fresh one for each test, and the steps through one."""

from playwright.sync_api import BrowserContext, Locator, Page, Response, expect

from tests.browser.conftest import sign_in
from tests.browser.site import Site

LEARNER = "yi-ting@example.org"
STRANGER = "sam@example.org"
OPTION = "input.tick"
# In a lesson that only editors see, so that no other page changes. Option 1 is right everywhere.
MAKE = """
from courses.models import Track
from quizzes.models import Quiz, QuizQuestion
from tests.factories import ConceptFactory, LessonFactory
from tests.quiz_factories import PAYLOADS, QuestionFactory

track = Track.objects.get(slug="the-llm-scientist")
lesson = LessonFactory(track=track, slug="proving-ground", status="draft", position=99)
concept = ConceptFactory(lesson=lesson, slug="proving")
simple = [QuestionFactory(concept=concept, slug=f"simple-{n}") for n in range(3)]
every = [
    QuestionFactory(concept=concept, slug=f"every-{kind}", kind=kind, payload=payload)
    for kind, payload in PAYLOADS.items()
]

def make(slug, questions=simple, **fields):
    quiz = Quiz.objects.create(
        course=track.course, slug=slug, title=f"Quiz {slug}", status="published", shuffle=False,
        **{"mode": "graded", **fields},
    )
    for position, question in enumerate(questions, 1):
        QuizQuestion.objects.create(quiz=quiz, question=question, position=position)

for number in range(%d):
    make(f"try-{number}")
for number in range(%d):
    make(f"timed-{number}", time_limit=6)
for number in range(4):
    make(f"practice-{number}", mode="practice")
make("every-kind", every)
"""
SIMPLE, TIMED = 20, 8


class Shelf:
    """Hands out quizzes that nobody has begun yet."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.taken: dict[str, int] = {}
        site.run("shell", "-v0", "-c", MAKE % (SIMPLE, TIMED))

    def take(self, sort: str = "try") -> str:
        self.taken[sort] = self.taken.get(sort, -1) + 1
        return f"/quizzes/{sort}-{self.taken[sort]}/"

    def leave_time(self, attempt: str, seconds: float) -> None:
        """Of the attempt at the address `attempt`, by the site's clock and without grace."""
        self.site.run(
            "shell",
            "-v0",
            "-c",
            f"""
from datetime import timedelta
from django.utils import timezone
from quizzes.models import Attempt
attempt = Attempt.objects.get(pk="{attempt.rstrip("/").split("/")[-1]}")
attempt.deadline_at = timezone.now() + timedelta(seconds={seconds})
attempt.save(update_fields=["deadline_at"])
""",
        )


def start(page: Page, quiz: str) -> str:
    """Begin `quiz` and wait for what is needed to go on offline; the attempt's address."""
    page.goto(quiz)
    with page.expect_response("**/cards/") as fetched:
        page.get_by_role("button", name="Start the quiz").click()
        page.wait_for_url("**/attempts/**")
    fetched.value.finished()
    return page.url.split("?")[0]


def begin(page: Page, quiz: str, email: str = LEARNER) -> str:
    sign_in(page, email, quiz)
    return start(page, quiz)


def option(page: Page, number: int) -> Locator:
    return page.locator(OPTION).nth(number - 1)


def question(page: Page, number: int) -> Locator:
    return page.get_by_role("heading", name=f"Question {number} of")


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Save and go on").click()


def step(page: Page, place: int | str) -> Locator:
    return page.locator(f'.steps a[data-place="{place}"]')


def saved(page: Page) -> Locator:
    return page.locator("[data-saved]")


def notices(page: Page) -> Locator:
    return page.locator("[data-notices]")


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Hand in my answers").click()


def expect_result(page: Page, points: str) -> None:
    expect(page.get_by_role("heading", name="Your result")).to_be_visible()
    expect(page.locator(".figure-num")).to_have_text(points)


def is_save(response: Response) -> bool:
    return "/answers/" in response.url and response.request.method == "POST"


def waiting(context: BrowserContext) -> int:
    """How many answers this browser keeps."""
    keys = context.pages[0].evaluate("Object.keys(localStorage)")
    return sum(":packet:" in key for key in keys)
