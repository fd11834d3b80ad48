"""What a lesson's page has around its concepts, and what to read before them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses import progress
from courses.models import Concept, Course, Lesson, LessonProgress, Need, Status
from courses.pages.lesson import page_of_document
from tests.factories import ConceptFactory, LessonFactory, ReferenceFactory, TrackFactory

pytestmark = pytest.mark.django_db

COURSE = "/courses/llm-course/"
URL = f"{COURSE}scientist/quantization/"
FIRST = f"{COURSE}fundamentals/vectors/"


@pytest.fixture
def lesson() -> Lesson:
    """Scaling needs rounding, of the same lesson, and the norm, of another."""
    before = LessonFactory(
        track=TrackFactory(slug="fundamentals"), slug="vectors", title="Vectors & more"
    )
    norm = ConceptFactory(lesson=before, slug="norm", name="The <norm>")
    lesson = LessonFactory(
        track=TrackFactory(slug="scientist"),
        slug="quantization",
        outcomes=["Round by *hand*", "Name <b>errors</b>"],
        exercise_task="Round **this**.\n",
        exercise_answer="It is 2.\n",
    )
    rounding = ConceptFactory(
        lesson=lesson,
        slug="rounding",
        name="Rounding",
        fact_prompt="How *far*?",
        fact_answer="Half a step.\n",
    )
    scaling = ConceptFactory(lesson=lesson, slug="scaling", name="Scaling")
    Need.objects.create(concept=scaling, needed=rounding, position=1)
    Need.objects.create(concept=scaling, needed=norm, position=2)
    return lesson


def text(client: Client, url: str = URL) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def tick(user: User, slug: str) -> None:
    concept = Concept.objects.get(slug=slug)
    progress.tick_concept(user=user, concept=concept, now=timezone.now())


OUTSIDE = f'<a href="{FIRST}#norm">The &lt;norm&gt;</a> (Vectors &amp; more)'
INSIDE = '<a href="#rounding">Rounding</a>'


def test_outcomes_facts_and_exercise_stand_around_the_concepts(
    client: Client, lesson: Lesson
) -> None:
    ReferenceFactory(lesson=lesson, level="advanced")
    page = text(client)
    parts = [
        "After this lesson you can",
        "<li>Round by <em>hand</em></li><li>Name &lt;b&gt;errors&lt;/b&gt;</li>",
        "<p>An <em>introduction</em>.</p>",
        'id="scaling"',
        ">Key facts</h2>",
        "<dt>How <em>far</em>?</dt><dd><p>Half a step.</p>",
        'href="#rounding">Rounding</a></dd>',
        ">Exercise</h2>",
        "<p>Round <strong>this</strong>.</p>",
        "<details><summary>Show a model answer</summary>",
        "<p>It is 2.</p>",
        ">References</h2>",
        "Advanced",
    ]
    places = [page.index(part) for part in parts]
    assert places == sorted(places)
    contents = page[page.index('class="toc"') :]
    assert (
        contents.index("#key-facts") < contents.index("#exercise") < contents.index("#references")
    )


def test_a_lesson_without_them_has_no_trace_of_them(client: Client, lesson: Lesson) -> None:
    Lesson.objects.update(outcomes=[], exercise_answer="")
    Concept.objects.update(fact_prompt="", fact_answer="")
    page = text(client)
    assert "Round <strong>this</strong>" in page
    for part in ("After this lesson", "key-facts", "Show a model answer"):
        assert part not in page
    Lesson.objects.update(exercise_task="")
    Course.objects.get().save()
    assert 'id="exercise"' not in text(client)


def test_a_visitor_sees_all_that_a_concept_builds_on(client: Client, lesson: Lesson) -> None:
    assert f'<p class="needs">Builds on {INSIDE}, {OUTSIDE}</p>' in text(client)


def test_a_learner_sees_what_they_have_not_ticked(
    as_learner: Client, learner: User, stranger: User, lesson: Lesson
) -> None:
    tick(stranger, "norm")
    tick(stranger, "scaling")
    assert f"Read this first: {INSIDE}, {OUTSIDE}</p>" in text(as_learner)
    tick(learner, "norm")
    page = text(as_learner)
    assert f"Read this first: {INSIDE}</p>" in page
    assert "0 of 2 concepts" in page
    tick(learner, "rounding")
    assert "Read this first" not in text(as_learner)


def test_nor_what_a_lesson_says_that_they_marked_done(
    as_learner: Client, learner: User, stranger: User, lesson: Lesson
) -> None:
    vectors = Lesson.objects.get(slug="vectors")
    progress.mark_done(user=stranger, lesson=vectors, now=timezone.now())
    assert f"Read this first: {INSIDE}, {OUTSIDE}</p>" in text(as_learner)
    progress.mark_done(user=learner, lesson=vectors, now=timezone.now())
    assert f"Read this first: {INSIDE}</p>" in text(as_learner)
    progress.unmark_done(user=learner, lesson=vectors, now=timezone.now())
    assert f"Read this first: {INSIDE}, {OUTSIDE}</p>" in text(as_learner)


def test_who_ticked_a_concept_is_not_sent_back(
    as_learner: Client, learner: User, lesson: Lesson
) -> None:
    tick(learner, "scaling")
    assert "Read this first" not in text(as_learner)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Status.DRAFT},
        {"status": Status.ARCHIVED},
        {"publish_at": timezone.now() + timedelta(days=9)},
    ],
)
def test_no_reader_hears_of_a_lesson_that_they_do_not_have(
    client: Client, lesson: Lesson, fields: dict[str, Any]
) -> None:
    Lesson.objects.filter(slug="vectors").update(**fields)
    page = text(client)
    assert f"Builds on {INSIDE}</p>" in page
    assert "#norm" not in page
    assert "Vectors" not in text(client, f"{COURSE}scientist/")


def test_a_draft_shows_what_its_document_needs(lesson: Lesson) -> None:
    data = {
        "title": "T",
        "concepts": [
            {"slug": "new", "name": "New", "needs": ["rounding", "fundamentals/vectors/norm"]},
            {"slug": "rounding", "name": "Rounded", "needs": ["gone"]},
        ],
    }
    page = page_of_document(lesson, data, timezone.now())
    needs = [[(one.name, one.url, one.lesson) for one in part.needs] for part in page.sections]
    outside = ("The <norm>", f"{FIRST}#norm", "Vectors & more")
    assert needs == [[("Rounded", "#rounding", ""), outside], []]


@pytest.mark.parametrize("needed", [1, 5])
def test_needs_cost_readers_no_query(
    as_learner: Client,
    lesson: Lesson,
    needed: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    scaling = Concept.objects.get(slug="scaling")
    for concept in ConceptFactory.create_batch(needed, lesson=LessonFactory(track=lesson.track)):
        Need.objects.create(concept=scaling, needed=concept)
    Course.objects.get().save()
    for url in (URL, f"{COURSE}scientist/"):
        as_learner.get(url)
    with django_assert_num_queries(3):  # session, user, marks
        as_learner.get(URL)


def test_the_roadmap_names_lessons_to_have_read(
    as_learner: Client, learner: User, lesson: Lesson
) -> None:
    track = f"{COURSE}scientist/"
    builds_on = f'Builds on <a href="{FIRST}">Vectors &amp; more</a>'
    assert f"{builds_on}</p>" in text(Client(), track)
    assert f"{builds_on}</p>" in text(as_learner, track)
    LessonProgress.objects.create(
        user=learner,
        lesson=Lesson.objects.get(slug="vectors"),
        started_at=timezone.now(),
        last_read_at=timezone.now(),
        completed_at=timezone.now(),
    )
    assert f"{builds_on} (done)</p>" in text(as_learner, track)
    assert "Builds on" not in text(as_learner, f"{COURSE}fundamentals/")


def test_the_roadmap_names_the_three_that_are_needed_most(client: Client, lesson: Lesson) -> None:
    scaling = Concept.objects.get(slug="scaling")
    for number in (1, 2, 1, 3):
        other = LessonFactory(track=lesson.track, title=f"With {number}", position=0)
        for concept in ConceptFactory.create_batch(number, lesson=other):
            Need.objects.create(concept=scaling, needed=concept)
    page = text(client, f"{COURSE}scientist/")
    row = page[page.index("Builds on") :].split("</p>")[0]
    assert [name for name in ("Vectors", "With 1", "With 2", "With 3") if name in row] == [
        "Vectors",
        "With 2",
        "With 3",
    ]
