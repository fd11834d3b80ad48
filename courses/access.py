"""The doors to what readers may open: who may not see a thing gets a 404."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from courses.models import Concept, Lesson, Reference
from courses.models.content import can_see_drafts
from courses.pages.course import CoursePage, TrackPage, course_page
from courses.pages.lesson import LessonPage, draft_page, lesson_page

Reader = User | AnonymousUser


def get_course_page_or_404(slug: str, now: datetime) -> CoursePage:
    return found(course_page(slug, now))


def get_track_page_or_404(course: str, track: str, now: datetime) -> tuple[CoursePage, TrackPage]:
    page = get_course_page_or_404(course, now)
    return page, found(page.track(track))


def get_lesson_page_or_404(
    reader: Reader, course: str, track: str, slug: str, now: datetime
) -> LessonPage:
    page = lesson_page(course, track, slug, now)
    if page is None and can_see_drafts(reader):
        page = draft_page(course, track, slug, now)
    return found(page)


def get_lesson_or_404(reader: Reader, course: str, track: str, slug: str, now: datetime) -> Lesson:
    return get_object_or_404(
        Lesson.objects.visible_to(reader, now).select_related("track__course"),
        track__course__slug=course,
        track__slug=track,
        slug=slug,
    )


def get_concept_or_404(reader: Reader, pk: int, now: datetime) -> Concept:
    return get_object_or_404(
        Concept.objects.current().select_related("lesson__track__course"),
        pk=pk,
        lesson__in=Lesson.objects.visible_to(reader, now),
    )


def get_reference_or_404(reader: Reader, pk: int, now: datetime) -> Reference:
    return get_object_or_404(
        Reference.objects.current().select_related("lesson__track__course"),
        pk=pk,
        lesson__in=Lesson.objects.visible_to(reader, now),
    )


def found(page: Any) -> Any:
    if page is None:
        raise Http404
    return page
