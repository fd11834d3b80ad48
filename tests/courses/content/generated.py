"""Courses of every kind of content and odd texts, straight into the database."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from hypothesis import strategies as st

from courses.images.library import load_image
from courses.markdown import validate_markdown
from courses.models import Concept, Course, Lesson, Need, Notebook, Reference, Status, Term, Track
from quizzes.models import Draw, Question, Quiz, QuizQuestion
from tests.courses.images.pictures import drawn, saved
from tests.quiz_factories import PAYLOADS

Draw_ = Callable[[st.SearchStrategy[Any]], Any]

PICTURES = {"png": saved("PNG"), "webp": saved("WEBP"), "svg": drawn()}
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

SIGNS = list("\n\t \r\x85\u2028\u2029\ufeff\xa0:#-?!&*|>'\"%@`{}(),\\~=<.+09aé😀")
PIECES = ["yes", "1.0", "2026-01-01", "null", "---", "\r\n", ": ", " #", "- ", "\n\n", "  "]
TEXTS = st.lists(st.sampled_from([*SIGNS, *PIECES]), max_size=8).map("".join)
WORDS = st.sampled_from(["Words", "a b c", "trailing ", " leading", "Ünïcödé 😀", "x: y", "yes"])


def is_markdown(text: str) -> bool:
    try:
        validate_markdown(text)
    except ValidationError:
        return False
    return True


NAMES = ["KV cache", "yes", "R&D: “é”", "1.0", "[loss]"]
MARKDOWN = (TEXTS | WORDS | WORDS.map("{}.\n\nMore.\n".format)).filter(is_markdown)
SAID = MARKDOWN.filter(str.strip)
LINES = SAID.filter(lambda text: len(text.strip().splitlines()) == 1)
TITLES = (TEXTS | WORDS).filter(str.strip)
TIMES = st.sampled_from(
    [
        None,
        datetime(2026, 12, 24, 18, 30, tzinfo=UTC),
        datetime(2031, 1, 1, 0, 0, 0, 250, tzinfo=UTC),
    ]
)
STATES = st.sampled_from(["draft", "review", "published", "published", "published"])
POINTS = st.sampled_from([Decimal(1), Decimal("0.5"), Decimal("2.25"), Decimal(10)])
SOMETIMES = st.sampled_from([False, False, False, True])
QUESTION_STATES = st.sampled_from([*Question.State.values, "published", "published"])
SETTINGS = {
    "pass_mark": st.sampled_from([70, 90]),
    "shuffle": st.booleans(),
    "feedback": st.sampled_from(Quiz.Feedback.values),
    "time_limit": st.sampled_from([None, 20]),
    "grace": st.sampled_from([30, 0]),
    "attempts_allowed": st.sampled_from([None, 2]),
    "counts": st.sampled_from(Quiz.Counts.values),
    "opens_at": TIMES,
    "mode": st.sampled_from(Quiz.Mode.values),
    "status": STATES,
}


def build(draw: Draw_) -> Course:
    course = Course.objects.create(
        slug="generated", title=draw(TITLES), edition=draw(WORDS), summary=draw(TEXTS)
    )
    lessons = [
        build_lesson(draw, track, at)
        for track in build_tracks(draw, course)
        for at in range(draw(st.integers(0, 2)))
    ]
    for at in range(draw(st.integers(0, 2))):
        notebook = Notebook.objects.create(
            course=course,
            slug=f"Book_{at}",
            category=draw(WORDS),
            title=draw(TITLES),
            description=draw(TEXTS),
            colab=draw(st.sampled_from(["", "https://example.org/?a=b#c"])),
            position=draw(st.integers(0, 3)),
            archived=draw(SOMETIMES),
        )
        notebook.lessons.set([one for one in lessons if draw(st.booleans())])
    build_terms(draw, course)
    for lesson in lessons:
        if draw(st.booleans()):
            build_quiz(
                draw, course, lesson.slug, lesson=lesson, title=f"Quiz: {lesson.title}"[:200]
            )
    for at in range(draw(st.integers(0, 2))):
        named = {"title": draw(TITLES), "in_files": not draw(SOMETIMES)}
        build_quiz(draw, course, f"quiz-{at}", **named)
    for name in draw(st.lists(st.sampled_from(sorted(PICTURES)), unique=True)):
        load_image(course=course, data=PICTURES[name], alt=draw(TITLES), name=name, now=NOW)
    return course


def build_terms(draw: Draw_, course: Course) -> None:
    """Some are explained where readers are, some in the archive, some nowhere."""
    concepts = Concept.objects.filter(lesson__track__course=course).order_by("pk")
    for at, name in enumerate(draw(st.permutations(NAMES))[: draw(st.integers(0, 3))]):
        Term.objects.create(
            course=course,
            slug=f"Word_{at}",
            term=name,
            also=draw(st.sampled_from([[], [f"{name}s"], [f"{name}: x", f"- {name} #"]])),
            definition=draw(SAID),
            concept=draw(st.sampled_from([None, *concepts])),
            archived=draw(SOMETIMES),
        )


def build_tracks(draw: Draw_, course: Course) -> list[Track]:
    return [
        Track.objects.create(
            course=course,
            slug=slug,
            title=draw(TITLES),
            tagline=draw(WORDS),
            summary=draw(TEXTS),
            optional=draw(st.booleans()),
            position=draw(st.integers(0, 5)),
            archived=draw(SOMETIMES),
        )
        for slug in ["one", "Two_2"][: draw(st.integers(1, 2))]
    ]


def build_lesson(draw: Draw_, track: Track, at: int) -> Lesson:
    exercise = draw(st.booleans())
    lesson = Lesson.objects.create(
        track=track,
        slug=f"{track.slug.lower()}-{at}",
        title=draw(TITLES),
        summary=draw(TEXTS),
        introduction=draw(MARKDOWN),
        minutes=draw(st.integers(1, 60)),
        position=draw(st.integers(0, 5)),
        status=draw(st.sampled_from(["archived"]) | STATES),
        publish_at=draw(TIMES),
        quiz_required=draw(st.booleans()),
        outcomes=draw(st.lists(LINES, max_size=2)),
        exercise_task=draw(SAID) if exercise else "",
        exercise_answer=draw(MARKDOWN) if exercise else "",
    )
    for number in range(draw(st.integers(0, 2))):
        fact = draw(st.booleans())
        concept = Concept.objects.create(
            lesson=lesson,
            slug=f"idea-{number}",
            name=draw(TITLES),
            claim=draw(WORDS),
            body=draw(MARKDOWN),
            fact_prompt=draw(SAID) if fact else "",
            fact_answer=draw(SAID) if fact else "",
            position=draw(st.integers(0, 3)),
            archived=draw(SOMETIMES),
        )
        build_needs(draw, concept)
        for kind in draw(st.lists(st.sampled_from(sorted(PAYLOADS)), max_size=2, unique=True)):
            build_question(draw, concept, kind)
        Reference.objects.create(
            lesson=lesson,
            title=draw(TITLES),
            url=f"https://example.org/{number}",
            kind=draw(st.sampled_from(Reference.Kind.values)),
            level=draw(st.sampled_from(["", *Reference.Level.values])),
            author=draw(WORDS),
            note=draw(MARKDOWN),
            position=draw(st.integers(0, 3)),
            archived=draw(SOMETIMES),
        )
    return lesson


def build_needs(draw: Draw_, concept: Concept) -> None:
    """Of whatever was there before, archived ones too; so nothing goes round in a circle."""
    course = concept.lesson.track.course_id
    before = Concept.objects.filter(lesson__track__course=course, pk__lt=concept.pk)
    for other in before.order_by("pk"):
        if draw(SOMETIMES):
            Need.objects.create(concept=concept, needed=other, position=draw(st.integers(0, 3)))


def build_question(draw: Draw_, concept: Concept, kind: str) -> Question:
    payload = deepcopy(PAYLOADS[kind])
    if "options" in payload:
        payload["options"][0]["text"] = draw(SAID)
        payload["options"][1]["feedback"] = draw(MARKDOWN)
    state, at = draw(QUESTION_STATES), draw(TIMES)
    return Question.objects.create(
        concept=concept,
        slug=kind,
        kind=kind,
        prompt=draw(SAID),
        payload=payload,
        explanation=draw(MARKDOWN),
        difficulty=draw(st.integers(1, 3)),
        status=state,
        publish_at=at or (NOW if state == Question.State.SCHEDULED else None),
    )


def build_quiz(draw: Draw_, course: Course, slug: str, **fields: Any) -> Quiz:
    """It may ask and draw from any lesson of the course."""
    settings = {name: draw(values) for name, values in SETTINGS.items()} if draw(SOMETIMES) else {}
    quiz = Quiz.objects.create(
        course=course, slug=slug, **{"status": Status.PUBLISHED, **settings, **fields}
    )
    questions = Question.objects.filter(concept__lesson__track__course=course).order_by("pk")
    lesson = fields.get("lesson")
    own = questions.filter(concept__lesson=lesson) if lesson and not draw(SOMETIMES) else questions
    for question in own:
        if draw(st.booleans()):
            QuizQuestion.objects.create(
                quiz=quiz,
                question=question,
                position=draw(st.integers(0, 5)),
                points=draw(POINTS),
            )
    if draw(SOMETIMES):
        build_draws(draw, course, quiz)
    return quiz


def build_draws(draw: Draw_, course: Course, quiz: Quiz) -> None:
    for lesson in Lesson.objects.filter(track__course=course).order_by("pk"):
        concept = lesson.concepts.order_by("pk").first() if draw(st.booleans()) else None
        Draw.objects.create(
            quiz=quiz,
            lesson=None if concept else lesson,
            concept=concept,
            difficulty=draw(st.sampled_from([None, 1, 3])),
            number=draw(st.integers(1, 3)),
            points=draw(POINTS),
            position=draw(st.integers(0, 3)),
        )
