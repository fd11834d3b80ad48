"""Courses and their tracks."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from courses.admin.archiving import ArchivingAdmin
from courses.admin.base import ContentAdmin
from courses.admin.forms import CourseForm, TrackForm
from courses.models import Course, Track


@admin.register(Course)
class CourseAdmin(ContentAdmin):
    course = ""
    form = CourseForm
    fields = ["title", "slug", "edition", "summary"]
    list_display = ["title", "slug", "edition"]
    search_fields = ["title", "slug"]
    ordering = ["title"]

    def get_readonly_fields(self, request: HttpRequest, obj: Course | None = None) -> list[str]:
        """Settings, files and links name a course by its address: it stays."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Course | None = None
    ) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ["title"]}

    def delete_model(self, request: HttpRequest, obj: Course) -> None:
        """Its history, which is empty, goes with it."""
        obj.delete()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Course]) -> None:
        queryset.delete()


@admin.register(Track)
class TrackAdmin(ArchivingAdmin, ContentAdmin):
    course = "course"
    stays = _(
        "Readers no longer see the track and its lessons. What learners ticked, read and answered "
        "there stays with them, and is there again once you bring it back."
    )
    again = _("Readers see the track and its published lessons again at once.")
    form = TrackForm
    fieldsets = [
        (None, {"fields": ["course", "title", "slug", "tagline", "summary", "icon"]}),
        (_("On the road"), {"fields": ["position", "optional"]}),
    ]
    prepopulated_fields = {"slug": ["title"]}
    list_display = ["title", "course", "position", "lesson_count", "optional", "archived"]
    list_filter = ["course", "optional", "archived"]
    list_select_related = ["course"]
    search_fields = ["title", "slug", "tagline"]
    ordering = ["course", "position", "id"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(lesson_count=Count("lessons"))

    @admin.display(description=_("lessons"), ordering="lesson_count")
    def lesson_count(self, track: Any) -> int:
        return int(track.lesson_count)

    def is_on_site(self, obj: Track) -> bool:
        return not obj.archived
