"""A change of a quiz renews the shared pages that announce it."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from courses import versions
from quizzes.models import Question, Quiz, QuizQuestion


@receiver([post_save, post_delete], sender=Quiz)
def of_the_course(instance: Quiz, **kwargs: Any) -> None:
    versions.bump(instance.course_id)


@receiver([post_save, post_delete], sender=Question)
def of_a_concept(instance: Question, **kwargs: Any) -> None:
    versions.bump(instance.concept.lesson.track.course_id)


@receiver([post_save, post_delete], sender=QuizQuestion)
def of_a_quiz(instance: QuizQuestion, **kwargs: Any) -> None:
    versions.bump(instance.quiz.course_id)
