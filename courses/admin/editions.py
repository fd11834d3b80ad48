"""States of the course with a name: made, renamed, compared, never deleted."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.names import validate_name
from courses.admin.racing import SavesAgain
from courses.history.editions import make_edition
from courses.history.notes import clean_note
from courses.models import Course, Edition


class EditionForm(forms.ModelForm):
    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        validate_name(name)
        return name

    def clean_note(self) -> str:
        return clean_note(self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        course = data.get("course") or getattr(self.instance, "course", None)
        same = Edition.objects.filter(course=course, name=data.get("name"))
        if course and same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", _("The course has an edition of this name. Choose another."))
        return data


@admin.register(Edition)
class EditionAdmin(SavesAgain):
    form = EditionForm
    list_display = ["name", "course", "made_at", "made_by", "files", "compare", "note"]
    list_select_related = ["course", "made_by"]
    ordering = ["course", "-made_at"]
    list_per_page = 50
    actions = None
    view_on_site = False

    class Media:
        css = {"all": ["css/admin-history.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(number=Count("revisions"))

    def get_fields(self, request: HttpRequest, obj: Edition | None = None) -> list[Any]:
        made = ["made_at", "made_by", "files", "compare"] if obj else []
        return ["course", "name", "note", *made]

    def get_readonly_fields(self, request: HttpRequest, obj: Edition | None = None) -> list[str]:
        """A name may be mended; what it names stays."""
        return ["course", "made_at", "made_by", "files", "compare"] if obj else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Most sites have one course."""
        courses = Course.objects.values_list("pk", flat=True)[:2]
        one = {"course": courses[0]} if len(courses) == 1 else {}
        return {**one, **super().get_changeform_initial_data(request)}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Links to it are out in the world."""
        return False

    def save_model(self, request: HttpRequest, obj: Edition, form: Any, change: bool) -> None:
        if change:
            obj.save(update_fields=["name", "note"])
            return
        made = make_edition(
            course=obj.course,
            name=obj.name,
            by=cast("User", request.user),
            note=obj.note,
            now=timezone.now(),
        )
        obj.pk = made.pk
        obj.refresh_from_db()

    @admin.display(description=gettext_lazy("files"), ordering="number")
    def files(self, edition: Any) -> int:
        return int(edition.number)

    @admin.display(description=gettext_lazy("compare"))
    def compare(self, edition: Edition) -> str:
        """With what readers have now, on the page that is there for everyone."""
        page = reverse("compare", args=[edition.course.slug])
        where = f"{page}?from={edition.pk}&to=today"
        return format_html('<a href="{}">{}</a>', where, _("Compare with now"))
