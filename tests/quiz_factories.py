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
