"""Concepts and references by themselves, for finding them; and notebooks."""

from typing import Any

from django.contrib import admin
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple, ModelMultipleChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from courses.admin.base import ContentAdmin
from courses.admin.forms import NotebookForm, PartForm, ReferenceForm
from courses.admin.lessons import PartAdmin
from courses.models import Concept, Lesson, Notebook, Reference, Status


@admin.register(Concept)
class ConceptAdmin(PartAdmin):
    form = PartForm
    fields = ["lesson", "name", "slug", "claim", "body", ("position", "archived")]
    large = ("body",)
    autocomplete_fields = ["lesson"]
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "lesson", "position", "archived"]
    search_fields = ["name", "slug", "claim", "lesson__title"]
    search_help_text = _("Name, address, claim, or the lesson’s title")
    ordering = ["lesson__track__position", "lesson__position", "position", "id"]

    def is_on_site(self, obj: Concept) -> bool:
        return not obj.archived and obj.lesson.status != Status.ARCHIVED


@admin.register(Reference)
class ReferenceAdmin(PartAdmin):
    form = ReferenceForm
    fields = [
        "lesson",
        "kind",
        "title",
        "url",
        "author",
        "author_url",
        "note",
        ("position", "archived"),
    ]
    autocomplete_fields = ["lesson"]
    list_display = ["title", "kind", "author", "lesson", "archived"]
    list_filter = ["kind", "archived", "lesson__track"]
    search_fields = ["title", "author", "url", "lesson__title"]
    search_help_text = _("Title, author, address, or the lesson’s title")
    ordering = ["lesson__track__position", "lesson__position", "position", "id"]

    def is_on_site(self, obj: Reference) -> bool:
        return False


@admin.register(Notebook)
class NotebookAdmin(ContentAdmin):
    form = NotebookForm
    fieldsets = [
        (None, {"fields": ["course", "category", "title", "slug", "description"]}),
        (_("Addresses"), {"fields": ["colab", "article", "homepage"]}),
        (_("Place"), {"fields": ["lessons", "position", "archived"]}),
    ]
    prepopulated_fields = {"slug": ["title"]}
    list_display = ["title", "category", "position", "archived"]
    list_filter = ["category", "archived", "course"]
    list_select_related = ["course"]
    search_fields = ["title", "description", "category"]
    ordering = ["course", "position", "id"]

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField | None:
        kwargs["widget"] = CheckboxSelectMultiple()
        kwargs["queryset"] = Lesson.objects.in_order().select_related("track")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def is_on_site(self, obj: Notebook) -> bool:
        return False
