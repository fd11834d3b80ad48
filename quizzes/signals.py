"""A change of a quiz renews the shared pages that announce it; a tick makes a review card."""

from datetime import datetime
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from accounts.models import User
from courses import versions
from courses.models import Concept
from courses.progress import concept_ticked
from quizzes.models import Draw, Question, Quiz, QuizQuestion
from quizzes.review.cards import remember_fact


@receiver([post_save, post_delete], sender=Quiz)
def of_the_course(instance: Quiz, **kwargs: Any) -> None:
    versions.bump(instance.course_id)


@receiver([post_save, post_delete], sender=Question)
def of_a_concept(instance: Question, **kwargs: Any) -> None:
    versions.bump(instance.concept.lesson.track.course_id)


@receiver([post_save, post_delete], sender=QuizQuestion)
@receiver([post_save, post_delete], sender=Draw)
def of_a_quiz(instance: QuizQuestion | Draw, **kwargs: Any) -> None:
    versions.bump(instance.quiz.course_id)


@receiver(concept_ticked)
def of_a_tick(user: User, concept: Concept, now: datetime, **kwargs: Any) -> None:
    """Unticking leaves the card; it is not asked until the concept is ticked again."""
    remember_fact(user=user, concept=concept, now=now)
