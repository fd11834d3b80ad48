"""Concepts and references by themselves, for finding them; and notebooks."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple, ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses import editing
from courses.admin.archiving import ArchivingAdmin
from courses.admin.base import ContentAdmin
from courses.admin.forms import NotebookForm, PartForm, ReferenceForm
from courses.admin.link_pages import check_references
from courses.admin.tables import TablesAdmin
from courses.models import Concept, Lesson, Notebook, Reference, Status
from courses.tables.references import ReferenceTable


class PartAdmin(ArchivingAdmin, ContentAdmin):
    """A concept or a reference by itself: saving it is a new version of its lesson."""

    course = "lesson__track__course"
    saving = _("Readers have it as soon as you save. To prepare a change first, edit the lesson.")
    list_filter = ["archived", "lesson__track"]
    list_select_related = ["lesson__track__course"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["lesson"] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.has_changed():
            editing.revise(lessons=[obj.lesson_id], now=timezone.now())
        if not obj.archived and obj.lesson.status == Status.PUBLISHED and is_empty(obj):
            self.message_user(request, gettext("“%s” has no text.") % obj, messages.WARNING)


def is_empty(part: Concept | Reference) -> bool:
    return isinstance(part, Concept) and not part.body.strip()


@admin.register(Concept)
class ConceptAdmin(PartAdmin):
    stays = _(
        "Readers no longer see the section, and its questions are no longer asked. Learners keep "
        "their ticks and what they answered; both are there again once you bring it back."
    )
    form = PartForm
    fields = ["lesson", "name", "slug", "claim", "body", "position"]
    large = ("body",)
    autocomplete_fields = ["lesson"]
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "lesson", "position", "archived"]
    search_fields = ["name", "slug", "claim", "lesson__title"]
    search_help_text = _("Name, address, claim, or the lesson’s title")
    ordering = ["lesson__track__position", "lesson__position", "position", "id"]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        """Who may change a concept does so on its lesson's page, where drafts are."""
        concept = self.get_object(request, unquote(object_id))
        if concept is None or not self.has_change_permission(request, concept):
            return super().change_view(request, object_id, *args, **kwargs)
        lesson = reverse("admin:courses_lesson_change", args=[concept.lesson_id])
        return HttpResponseRedirect(f"{lesson}#concept-{concept.slug}")

    def is_on_site(self, obj: Concept) -> bool:
        return not obj.archived and obj.lesson.status != Status.ARCHIVED


@admin.register(Reference)
class ReferenceAdmin(TablesAdmin, PartAdmin):
    table = ReferenceTable
    table_related = "lesson__track__course"
    stays = _("Readers no longer see it. Learners’ ticks on it stay, and return with it.")
    form = ReferenceForm
    fields = [
        "lesson",
        "kind",
        "level",
        "title",
        "url",
        "author",
        "author_url",
        "note",
        "position",
    ]
    autocomplete_fields = ["lesson"]
    actions = [*PartAdmin.actions, check_references]
    list_display = ["title", "kind", "author", "lesson", "archived"]
    list_filter = ["kind", "archived", "lesson__track"]
    search_fields = ["title", "author", "url", "lesson__title"]
    search_help_text = _("Title, author, address, or the lesson’s title")
    ordering = ["lesson__track__position", "lesson__position", "position", "id"]

    def is_on_site(self, obj: Reference) -> bool:
        return False


@admin.register(Notebook)
class NotebookAdmin(ArchivingAdmin, ContentAdmin):
    course = "course"
    stays = _("Readers no longer see it. Nothing of learners points at it.")
    form = NotebookForm
    fieldsets = [
        (None, {"fields": ["course", "category", "title", "slug", "description"]}),
        (_("Addresses"), {"fields": ["colab", "article", "homepage"]}),
        (_("Place"), {"fields": ["lessons", "position"]}),
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
