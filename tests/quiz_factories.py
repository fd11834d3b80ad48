"""Quizzes to test with: published, with one right answer ("a") unless said otherwise."""

from typing import Any

import factory

from accounts.models import User
from courses.models import Concept, Lesson, Status
from quizzes.kinds import Answer
from quizzes.models import AnswerRecord, Attempt, Question, Quiz, QuizQuestion
from tests.factories import ConceptFactory, LessonFactory


def option(name: str, *, right: bool = False, text: str = "", feedback: str = "") -> dict[str, Any]:
    return {
        "id": name,
        "text": text or f"Option *{name}*",
        "right": right,
        "feedback": feedback or f"Feedback on {name}.",
    }


def payload(right: str = "a", wrong: str = "bc") -> dict[str, Any]:
    """`payload("ab", "c")`: a and b are right, c is not."""
    names = sorted(right + wrong)
    return {"options": [option(name, right=name in right) for name in names]}


# A payload of each kind, all checked.
PAYLOADS: dict[str, dict[str, Any]] = {
    "single": payload(),
    "multiple": payload("ab", "c"),
    "boolean": {"right": True, "feedback": {"false": "It *is* true."}},
    "numeric": {
        "value": "6.5",
        "tolerance": {"absolute": "0.1"},
        "unit": "GB",
        "mistakes": [{"value": "52", "feedback": "These are giga*bits*."}],
    },
    "text": {
        "accepted": ["Reward model", "preference model"],
        "pattern": "(the )?(reward|preference) models?",
        "mistakes": [{"text": "policy", "feedback": "That is what it *teaches*."}],
    },
    "ordering": {
        "items": [
            {"id": "m", "text": "Collect *activations*"},
            {"id": "c", "text": "Round one column"},
            {"id": "x", "text": "Measure the `error`"},
            {"id": "e", "text": "Correct the columns to come"},
        ],
        "feedback": "The error is *spread* over what is still to come.",
    },
    "matching": {
        "left": [{"id": "a", "text": "GPTQ"}, {"id": "b", "text": "AWQ"}],
        "right": [
            {"id": "x", "text": "The *error* of a layer"},
            {"id": "y", "text": "The size of `activations`"},
            {"id": "z", "text": "One tensor’s largest value"},
        ],
        "key": {"a": "x", "b": "y"},
        "feedback": {"b": "AWQ looks at *activations*."},
    },
    "blanks": {
        "text": "A byte has [[bits]] bits; *four* bytes are [[width]] or an [[type]].",
        "blanks": {
            "bits": {"kind": "numeric", "value": "8"},
            "width": {
                "kind": "single",
                "options": [
                    {"id": "a", "text": "32 bits", "right": True},
                    {"id": "b", "text": "4 bits", "right": False, "feedback": "Four *bytes*."},
                ],
            },
            "type": {"kind": "text", "accepted": ["int32", "integer"]},
        },
    },
    "free": {
        "model_answer": "It scales the channel *before* rounding.\n\nThen it divides.",
        "criteria": ["Says that the *channel* is scaled", "Says when"],
        "longest": 60,
    },
}


def chosen(names: str) -> Answer:
    return {"chosen": list(names)}


class QuestionFactory(factory.django.DjangoModelFactory[Question]):
    class Meta:
        model = Question

    concept = factory.SubFactory(ConceptFactory)
    slug = factory.Sequence(lambda n: f"question-{n}")
    kind = Question.Kind.SINGLE
    prompt = factory.Sequence(lambda n: f"Question *{n}*?")
    payload = factory.LazyFunction(payload)
    explanation = "Because `a` is right."
    status = Status.PUBLISHED


class QuizFactory(factory.django.DjangoModelFactory[Quiz]):
    class Meta:
        model = Quiz

    lesson = factory.SubFactory(LessonFactory)
    course = factory.LazyAttribute(lambda quiz: quiz.lesson.track.course)
    slug = factory.Sequence(lambda n: f"quiz-{n}")
    title = factory.Sequence(lambda n: f"Quiz {n}")
    status = Status.PUBLISHED


def quiz_of(*questions: Question, lesson: Lesson | None = None, **fields: Any) -> Quiz:
    """A quiz with `questions` in their order, of the lesson of the first."""
    quiz = QuizFactory(lesson=lesson or questions[0].concept.lesson, **fields)
    for position, question in enumerate(questions, 1):
        QuizQuestion.objects.create(quiz=quiz, question=question, position=position)
    return quiz


def quiz_with(number: int, *, concept: Concept | None = None, **fields: Any) -> Quiz:
    """A quiz with `number` questions on one concept."""
    concept = concept or ConceptFactory()
    return quiz_of(*[QuestionFactory(concept=concept) for _ in range(number)], **fields)


def records_of(attempt: Attempt, position: int) -> list[tuple[int, Answer]]:
    """What the journal holds, oldest sequence first."""
    found = AnswerRecord.objects.filter(response__attempt=attempt, response__position=position)
    return list(found.order_by("sequence").values_list("sequence", "answer"))


def attempts_of(user: User) -> int:
    return Attempt.objects.of(user).count()
