"""Forms for things with an address and a place within an owner."""

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import Max
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _
from lucide import IconDoesNotExist

from courses.icons import icon
from courses.models import Course, Status

LAST = 32_767

TAKEN = _("“%(name)s” has this already. Choose another one, or edit that.")
TAKEN_ARCHIVED = _("“%(name)s”, which is archived, has this already. Bring it back, or change it.")


class KeyedForm(forms.ModelForm):
    """Says in words which thing of the same owner has the same key."""

    owner: ClassVar[str]
    key: ClassVar[str] = "slug"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        owner = data.get(self.owner) or getattr(self.instance, self.owner, None)
        if owner is not None and owner.pk and data.get(self.key):
            clash = self.others_of(owner).filter(**{self.key: data[self.key]}).first()
            if clash is not None:
                self.add_error(self.key, taken_by(clash))
        return data

    def others_of(self, owner: models.Model) -> models.QuerySet[Any]:
        manager: models.Manager[Any] = type(self.instance)._default_manager
        return manager.filter(**{self.owner: owner}).exclude(pk=self.instance.pk)


def taken_by(thing: Any) -> forms.ValidationError:
    archived = getattr(thing, "archived", False) or getattr(thing, "status", "") == Status.ARCHIVED
    return forms.ValidationError(
        TAKEN_ARCHIVED if archived else TAKEN, code="unique", params={"name": thing}
    )


class PlacedForm(KeyedForm):
    """Also puts a thing whose position is left empty behind the others."""

    position = forms.IntegerField(
        label=_("Position"),
        required=False,
        min_value=0,
        max_value=LAST,
        help_text=_("Empty: at the end."),
        widget=forms.NumberInput(attrs={"class": "vIntegerField"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial["position"] = None

    def save(self, commit: bool = True) -> Any:
        if self.cleaned_data.get("position", 0) is None:
            others = self.others_of(getattr(self.instance, self.owner))
            last = others.aggregate(last=Max("position"))["last"] or 0
            self.instance.position = min(last + 1, LAST)
        return super().save(commit)


class LabelledFormSet(BaseInlineFormSet):
    """Rows of a table whose every field says what it is of; the admin labels only the columns."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        thing = form.instance if form.instance.pk else _("new")
        for field in form.fields.values():
            if not field.widget.is_hidden:
                widget = getattr(field.widget, "widget", field.widget)
                widget.attrs["aria-label"] = f"{field.label}: {thing}"


class CourseForm(forms.ModelForm):
    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if clash := Course.objects.filter(slug=slug).exclude(pk=self.instance.pk).first():
            raise taken_by(clash)
        return slug


class TrackForm(PlacedForm):
    owner = "course"

    def clean_icon(self) -> str:
        name: str = self.cleaned_data["icon"]
        try:
            if name:
                icon(name)
        except IconDoesNotExist as error:
            raise forms.ValidationError(
                _("Lucide has no icon “%(name)s”. Look for its name on lucide.dev/icons."),
                params={"name": name},
            ) from error
        return name


class LessonForm(PlacedForm):
    owner = "track"


class PartForm(PlacedForm):
    owner = "lesson"


class ReferenceForm(PartForm):
    key = "url"


class NotebookForm(PlacedForm):
    owner = "course"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        course = data.get("course")
        for lesson in data.get("lessons") or ():
            if course is not None and lesson.track.course_id != course.pk:
                message = _("“%(lesson)s” belongs to another course.")
                self.add_error("lessons", forms.ValidationError(message, params={"lesson": lesson}))
        return data
