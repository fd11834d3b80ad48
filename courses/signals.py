"""A change of content, by whatever form or command, renews what readers share."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from courses import versions
from courses.models import (
    Concept,
    Course,
    Edition,
    Lesson,
    Notebook,
    Reference,
    Revision,
    Term,
    Track,
)
from courses.search.index import rebuild_on_commit


def renew(course_id: int) -> None:
    versions.bump(course_id)
    rebuild_on_commit(course_id)


@receiver([post_save, post_delete], sender=Track)
@receiver([post_save, post_delete], sender=Notebook)
@receiver([post_save, post_delete], sender=Term)
def of_the_course(instance: Track | Notebook | Term, **kwargs: Any) -> None:
    renew(instance.course_id)


@receiver([post_save, post_delete], sender=Lesson)
def of_a_track(instance: Lesson, **kwargs: Any) -> None:
    renew(instance.track.course_id)


@receiver([post_save, post_delete], sender=Concept)
@receiver([post_save, post_delete], sender=Reference)
def of_a_lesson(instance: Concept | Reference, **kwargs: Any) -> None:
    renew(instance.lesson.track.course_id)


@receiver(post_save, sender=Course)
def of_itself(instance: Course, created: bool, **kwargs: Any) -> None:
    if not created:
        renew(instance.pk)


@receiver(m2m_changed, sender=Notebook.lessons.through)
def of_its_notebooks(instance: Notebook | Lesson, action: str, **kwargs: Any) -> None:
    if action in {"post_add", "post_remove", "post_clear"}:
        renew(instance.course_id if isinstance(instance, Notebook) else instance.track.course_id)


@receiver([post_save, post_delete], sender=Edition)
def of_its_editions(instance: Edition, **kwargs: Any) -> None:
    versions.bump(instance.course_id)


@receiver(m2m_changed, sender=Edition.revisions.through)
def of_an_edition(instance: Edition | Revision, action: str, **kwargs: Any) -> None:
    if action in {"post_add", "post_remove", "post_clear"}:
        versions.bump(instance.course_id)
