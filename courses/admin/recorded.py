"""Every change of content in the admin becomes a revision, in the transaction of the change."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.history.notes import clean_note
from courses.history.recording import Change, catch_up, record
from courses.history.touching import documents_with, needing, reach
from courses.models import Course, Mark, Revision

Touched = Mapping[Course, set[str]]


class Aside:
    """For a field that says something about the change and is none itself."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class NoteField(Aside, forms.CharField):
    def clean(self, value: Any) -> str:
        return clean_note(super().clean(value))


class MarkField(Aside, forms.ChoiceField):
    pass


class ExplainedForm(forms.ModelForm):
    """A form of content, and what its editor says about the change."""

    revision_note = NoteField(
        label=_("Note"),
        required=False,
        max_length=300,
        help_text=_("What did you change, and why? Readers see it, too."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    revision_mark = MarkField(
        label=_("Kind of change"),
        required=False,
        choices=[("", _("Not said")), *Mark.choices],
        widget=forms.RadioSelect,
        help_text=_("Readers who come back are told of it."),
    )


@cache
def explained(form: type[forms.ModelForm]) -> type[forms.ModelForm]:
    return type(form.__name__, (ExplainedForm, form), {})


CHANGE = ["revision_note", "revision_mark"]


class RecordedAdmin(admin.ModelAdmin):
    """For content: `course` is the lookup from one thing to its course."""

    course: ClassVar[str]
    # Whether the form asks for a note and the kind of change.
    explains: ClassVar[bool] = True
    # What saving means, above those two.
    saving: ClassVar[str | Promise] = ""

    def documents_touched(self, obj: Any) -> set[str]:
        """The names of the files that tell of `obj`."""
        return documents_with(obj, self.course)

    def touched(self, things: Iterable[Any]) -> dict[Course, set[str]]:
        """The files of each course that may differ when `things` do."""
        of_course: dict[Course, list[Any]] = {}
        for thing in things:
            course = reach(thing, self.course)
            if course.pk:
                of_course.setdefault(course, []).append(thing)
        return {
            course: needing(listed).union(*map(self.documents_touched, listed))
            for course, listed in of_course.items()
        }

    def stored(self, things: Iterable[Any]) -> list[Any]:
        """`things` as the database has them."""
        rows = self.model._default_manager.filter(pk__in=[thing.pk for thing in things])
        return list(rows.select_related(self.course) if self.course else rows)

    @contextmanager
    def recording(
        self, request: HttpRequest, things: Iterable[Any], note: str = ""
    ) -> Iterator[None]:
        """Around a change of `things` that are there already."""
        listed = list(things)
        with transaction.atomic():
            before = self.touched(self.stored(listed))
            remember(before)
            yield
            change = Change(Revision.Source.EDITOR, by=cast("User", request.user), note=note)
            keep(merged(before, self.touched(self.stored(listed))), change)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = self.touched(self.stored([obj]) if change else [])
        remember(merged(before, self.touched([obj])))
        super().save_model(request, obj, form, change)
        keep(without(before, self.touched([obj])), change_of(request, form))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        keep(self.touched([form.instance]), change_of(request, form))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with self.recording(request, [obj]):
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        with self.recording(request, queryset):
            super().delete_queryset(request, queryset)

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        if self.explains:
            kwargs.setdefault("form", explained(self.form))
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any | None = None) -> Any:
        sets = super().get_fieldsets(request, obj)
        allowed = self.has_change_permission(request, obj) if obj else True
        asked = {"fields": CHANGE, "description": self.saving}
        return [*sets, (_("This change"), asked)] if allowed and self.explains else sets


def change_of(request: HttpRequest, form: Any) -> Change:
    """What the editor says in `form` about what it changes."""
    said = form.cleaned_data
    return Change(
        Revision.Source.EDITOR,
        by=cast("User", request.user),
        mark=said.get("revision_mark", ""),
        note=said.get("revision_note", ""),
    )


def remember(touched: Touched) -> None:
    for course, names in touched.items():
        catch_up(course=course, names=names, now=timezone.now())


def keep(touched: Touched, change: Change) -> None:
    for course, names in touched.items():
        record(course=course, names=names, change=change, now=timezone.now())


def merged(one: Touched, other: Touched) -> dict[Course, set[str]]:
    return {
        course: one.get(course, set()) | other.get(course, set()) for course in {**one, **other}
    }


def without(one: Touched, other: Touched) -> dict[Course, set[str]]:
    return {course: names - other.get(course, set()) for course, names in one.items()}
