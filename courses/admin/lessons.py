"""Lessons, with their concepts and references on one page."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses import editing
from courses.admin.fields import ProseFields
from courses.admin.forms import LabelledFormSet, LessonForm, PartForm, ReferenceForm
from courses.admin.rendering import ShowsPreviews
from courses.admin.status import StatusAdmin
from courses.models import Concept, Lesson, Reference

# What a reader reads; a change of these makes a new version of the lesson.
TEXT = {"title", "summary", "introduction"}


class ConceptInline(ProseFields, admin.StackedInline):
    model = Concept
    form = PartForm
    fields = ["name", "slug", "claim", "body", ("position", "archived")]
    large = ("body",)
    prepopulated_fields = {"slug": ["name"]}
    extra = 0
    can_delete = False  # ticks and questions point at it: it is archived
    verbose_name_plural = gettext_lazy("concepts, a section of the lesson each")

    def view_on_site(self, obj: Concept) -> str:
        return obj.get_absolute_url()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).order_by("archived", "position", "id")


class ReferenceInline(ProseFields, admin.TabularInline):
    model = Reference
    form = ReferenceForm
    formset = LabelledFormSet
    fields = ["kind", "title", "author", "url", "note", "position", "archived"]
    extra = 0
    can_delete = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).order_by("archived", "position", "id")


@admin.register(Lesson)
class LessonAdmin(ShowsPreviews, StatusAdmin):
    form = LessonForm
    course = "track__course"
    short = ("introduction",)
    fieldsets = [
        (
            gettext_lazy("Lesson"),
            {
                "fields": [
                    "track",
                    "title",
                    "slug",
                    "summary",
                    "introduction",
                    ("minutes", "position"),
                ]
            },
        ),
        (
            gettext_lazy("Publishing"),
            {"fields": ["status", "publish_at", "quiz_required", ("version", "updated_at")]},
        ),
    ]
    readonly_fields = ["version", "updated_at"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [ConceptInline, ReferenceInline]
    list_display = ["title", "track", "position", "status", "minutes", "updated"]
    list_filter = ["status", "track"]
    list_select_related = ["track"]
    search_fields = ["title", "slug", "summary", "concepts__name"]
    search_help_text = gettext_lazy("Title, address, summary, or a concept’s name")
    ordering = ["track__position", "track", "position", "id"]

    @admin.display(description=gettext_lazy("updated"), ordering="updated_at")
    def updated(self, lesson: Lesson) -> date:
        return timezone.localdate(lesson.updated_at)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        edited = TEXT.intersection(form.changed_data) or any(one.has_changed() for one in formsets)
        if change and edited:
            editing.revise(lessons=[form.instance.pk], now=timezone.now())

    def gaps(self, things: Iterable[Lesson]) -> Iterable[str]:
        lessons = list(things)
        prefetch_related_objects(lessons, "concepts")
        for lesson in lessons:
            if gaps := editing.gaps_in(lesson):
                yield _("“%(lesson)s” is published, but: %(gaps)s") % {
                    "lesson": lesson,
                    "gaps": " ".join(gaps),
                }
