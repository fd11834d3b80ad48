"""Questions and quizzes as the data of the course's files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from courses.content.guests import Names
from courses.content.normal import Document, moment
from courses.models import Course, Lesson, Status
from quizzes.content import forms
from quizzes.content.naming import own_slugs
from quizzes.models import Draw, Question, Quiz, QuizQuestion

Rows = list[dict[str, Any]]


def current_questions() -> QuerySet[Question]:
    """What has a place in the files."""
    return Question.objects.filter(concept__archived=False).exclude(status=Status.ARCHIVED)


@dataclass(frozen=True, slots=True)
class Listed:
    """What each quiz asks, as far as the files can name it, by the quiz's id."""

    places: Mapping[int, list[QuizQuestion]]
    draws: Mapping[int, list[Draw]]
    names: Names
    # (lesson, slug) of which there are two: their concept must be said.
    twice: set[tuple[int, str]]

    def draws_of(self, quiz: Quiz) -> Rows:
        return [self.draw(one) for one in self.draws.get(quiz.pk, ())]

    def places_of(self, quiz: Quiz) -> Rows:
        return [self.place(one) for one in self.places.get(quiz.pk, ())]

    def place(self, place: QuizQuestion) -> Document:
        question = place.question
        lesson = question.concept.lesson_id
        concept = question.concept.slug if (lesson, question.slug) in self.twice else None
        return {
            "lesson": self.names[lesson],
            "question": question.slug,
            "concept": concept,
            "points": forms.number(place.points),
        }

    def draw(self, draw: Draw) -> Document:
        lesson = draw.concept.lesson_id if draw.concept else draw.lesson_id
        return {
            "lesson": self.names[lesson or 0],
            "concept": draw.concept.slug if draw.concept else None,
            "difficulty": draw.difficulty,
            "number": draw.number,
            "points": forms.number(draw.points),
        }


def listed(quizzes: Iterable[Quiz], names: Names) -> Listed:
    """Two queries, three where a quiz asks of other lessons than its own."""
    places: dict[int, list[QuizQuestion]] = {}
    draws: dict[int, list[Draw]] = {}
    ids = {quiz.pk: quiz.lesson_id for quiz in quizzes}
    elsewhere = False
    for place in nameable_places(names).filter(quiz__in=ids):
        places.setdefault(place.quiz_id, []).append(place)
        elsewhere |= place.question.concept.lesson_id != ids[place.quiz_id]
    for draw in nameable_draws(names).filter(quiz__in=ids):
        draws.setdefault(draw.quiz_id, []).append(draw)
    return Listed(places, draws, names, slugs_there_twice() if elsewhere else set())


def slugs_there_twice() -> set[tuple[int, str]]:
    """(lesson, slug) of which there are two questions: there the concept must be said."""
    same = current_questions().order_by().values_list("concept__lesson_id", "slug")
    twice = same.annotate(number=Count("pk")).filter(number__gt=1)
    return {(lesson, slug) for lesson, slug, _ in twice}


def nameable_places(names: Names) -> QuerySet[QuizQuestion]:
    current = QuizQuestion.objects.filter(question__concept__archived=False)
    return (
        current.exclude(question__status=Status.ARCHIVED)
        .filter(question__concept__lesson__in=names)
        .select_related("question__concept")
        .order_by("position", "pk")
    )


def nameable_draws(names: Names) -> QuerySet[Draw]:
    of_lesson = Draw.objects.filter(lesson__in=names)
    of_concept = Draw.objects.filter(concept__lesson__in=names, concept__archived=False)
    return (of_lesson | of_concept).select_related("concept").order_by("position", "pk")


def parts_of_lessons(lessons: Sequence[Lesson], names: Names) -> dict[int, Document]:
    """The questions and the quiz of each lesson; those of its quiz first and in its order.

    A fixed number of queries.
    """
    rows: dict[int, list[Question]] = {}
    questions = current_questions().filter(concept__lesson__in=lessons)
    for question in questions.select_related("concept").order_by("pk"):
        rows.setdefault(question.concept.lesson_id, []).append(question)
    quizzes = {quiz.lesson_id: quiz for quiz in own_quizzes(lessons)}
    names = {**names, **{one.pk: f"{one.track.slug}/{one.slug}" for one in lessons}}
    lists = listed(quizzes.values(), names)
    return {
        lesson.pk: part_of(lesson, rows.get(lesson.pk, []), quizzes.get(lesson.pk), lists)
        for lesson in lessons
    }


def part_of(
    lesson: Lesson, questions: list[Question], quiz: Quiz | None, lists: Listed
) -> Document:
    places = lists.places.get(quiz.pk, []) if quiz else []
    elsewhere = any(one.question.concept.lesson_id != lesson.pk for one in places)
    points = {} if elsewhere else {one.question_id: one.points for one in places}
    order = {one.question_id: at for at, one in enumerate(places)}
    questions = sorted(questions, key=lambda one: order.get(one.pk, len(order)))
    rows = [question_document(one) for one in questions]
    if not elsewhere:
        for row, question in zip(rows, questions, strict=True):
            asked = question.pk in points
            row |= {"points": points[question.pk]} if asked else {"in_quiz": False}
    data: Document = {"title": lesson.title, "questions": rows}
    if quiz:
        data["quiz"] = settings_document(quiz) | {"draws": lists.draws_of(quiz)}
        if elsewhere:
            data["quiz"]["questions"] = lists.places_of(quiz)
    return forms.normal_part(lists.names[lesson.pk], data)


def question_document(question: Question) -> Document:
    return {
        "slug": question.slug,
        "concept": question.concept.slug,
        "kind": str(question.kind),
        "difficulty": question.difficulty,
        "status": str(question.status),
        "publish_at": moment(question.publish_at),
        "prompt": question.prompt,
        "payload": question.payload,
        "explanation": question.explanation,
    }


def settings_document(quiz: Quiz) -> Document:
    fields = {key: getattr(quiz, field) for key, field in forms.FIELDS.items()}
    return {
        "title": quiz.title,
        "mode": str(quiz.mode),
        "status": str(quiz.status),
        "track": quiz.track.slug if quiz.track else None,
        **fields,
        "feedback": str(quiz.feedback),
        "counts": str(quiz.counts),
    }


def own_quizzes(lessons: Sequence[Lesson]) -> list[Quiz]:
    """The quiz that the questions of each lesson's file make, where there is one."""
    found: dict[int, list[Quiz]] = {}
    stored = Quiz.objects.filter(lesson__in=lessons, in_files=True).select_related("track")
    for quiz in stored.order_by("pk"):
        found.setdefault(quiz.lesson_id or 0, []).append(quiz)
    own = (own_among(lesson, found.get(lesson.pk, ())) for lesson in lessons)
    return [quiz for quiz in own if quiz]


def own_among(lesson: Lesson, quizzes: Sequence[Quiz]) -> Quiz | None:
    by_slug = {quiz.slug: quiz for quiz in quizzes}
    return next((by_slug[slug] for slug in own_slugs(lesson) if slug in by_slug), None)


def quizzes_in_file(course: Course, names: Names) -> list[Quiz]:
    """What quizzes.yaml has: no lesson's own quiz, and none of an archived lesson or track."""
    lessons = Lesson.objects.filter(pk__in=names).select_related("track__course")
    own = {quiz.pk for quiz in own_quizzes(list(lessons))}
    stored = Quiz.objects.filter(course=course, in_files=True).exclude(pk__in=own)
    return [
        quiz
        for quiz in stored.select_related("track").order_by("slug")
        if (quiz.lesson_id is None or quiz.lesson_id in names)
        and not (quiz.track and quiz.track.archived)
    ]


def quizzes_of(course: Course, names: Names) -> Rows:
    quizzes = quizzes_in_file(course, names)
    lists = listed(quizzes, names)
    return forms.normal_quizzes(
        [
            {
                **settings_document(quiz),
                "slug": quiz.slug,
                "lesson": names[quiz.lesson_id] if quiz.lesson_id else None,
                "draws": lists.draws_of(quiz),
                "questions": lists.places_of(quiz),
            }
            for quiz in quizzes
        ]
    )
