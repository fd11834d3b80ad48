"""The glossary: one term after the other, each with its definition beside its preview."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.admin.archiving import ArchivingAdmin
from courses.admin.base import ContentAdmin
from courses.admin.fields import validate_visible
from courses.admin.forms import KeyedForm
from courses.content.glossary import (
    LONGEST_DEFINITION,
    LONGEST_NAME,
    MOST_NAMES,
    MOST_TERMS,
    check_name,
    same_name,
)
from courses.models import Course, Term


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    widget = forms.Textarea
    default_validators = [validate_visible]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return [line.strip() for line in text.splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data and data.replace("\r\n", "\n"))


class TermForm(KeyedForm):
    owner = "course"

    also = LinesField(
        label=gettext_lazy("Other names"),
        required=False,
        max_length=(LONGEST_NAME + 2) * MOST_NAMES,
        help_text=gettext_lazy("Other spellings and plurals, one a line. Lessons link them, too."),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 40, "spellcheck": "true"}),
    )

    def clean_term(self) -> str:
        term: str = self.cleaned_data["term"]
        checked(term)
        return term

    def clean_also(self) -> list[str]:
        names: list[str] = self.cleaned_data["also"]
        if len(names) > MOST_NAMES:
            raise ValidationError(
                _("There are %(number)d names; %(most)d is the most. Keep those that texts use."),
                params={"number": len(names), "most": MOST_NAMES},
            )
        for name in names:
            checked(name)
        return names

    def clean_definition(self) -> str:
        text: str = self.cleaned_data["definition"]
        if len(text) > LONGEST_DEFINITION:
            raise ValidationError(
                _("The definition has %(number)d characters; %(most)d is the most. Shorten it."),
                params={"number": len(text), "most": LONGEST_DEFINITION},
            )
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        course = data.get("course") or getattr(self.instance, "course", None)
        if course is not None and course.pk:
            self.check_names(course, data)
            self.check_concept(course, data)
            if self.instance.pk is None and course.terms.count() >= MOST_TERMS:
                message = _("The glossary has %(most)d terms, which is the most.")
                self.add_error("term", ValidationError(message, params={"most": MOST_TERMS}))
        return data

    def check_names(self, course: Course, data: dict[str, Any]) -> None:
        """A name leads to one term."""
        others = course.terms.exclude(pk=self.instance.pk)
        taken = {same_name(name): term for term in others for name in (term.term, *term.also)}
        own: set[str] = set()
        for field, name in (
            *((("term", data["term"]),) if data.get("term") else ()),
            *(("also", name) for name in data.get("also") or ()),
        ):
            key = same_name(name)
            if key in own:
                self.add_error(field, _("“%s” stands here twice. Keep it once.") % name)
            elif key in taken:
                self.add_error(field, taken_by(name, taken[key]))
            own.add(key)

    def check_concept(self, course: Course, data: dict[str, Any]) -> None:
        concept = data.get("concept")
        if concept is not None and concept.lesson.track.course_id != course.pk:
            message = _("“%(concept)s” belongs to another course.")
            self.add_error("concept", ValidationError(message, params={"concept": concept}))


def checked(name: str) -> None:
    """In the words of the files; their line begins with the key, which the form shows anyway."""
    try:
        check_name(name)
    except ValidationError as error:
        raise ValidationError(
            _("“%(name)s” %(why)s"), params={"name": name, "why": " ".join(error.messages)}
        ) from error


def taken_by(name: str, term: Term) -> str:
    if term.archived:
        said = _("“%(name)s” is a name of “%(term)s”, which is archived. Bring that back instead.")
    else:
        said = _("“%(name)s” is a name of “%(term)s” already. Keep it in one place.")
    return said % {"name": name, "term": term}


@admin.register(Term)
class TermAdmin(ArchivingAdmin, ContentAdmin):
    course = "course"
    saving = gettext_lazy("Readers have it as soon as you save, in the glossary and in lessons.")
    stays = gettext_lazy(
        "Readers no longer find it in the glossary, and lessons no longer link to it. Nothing of "
        "learners points at it."
    )
    form = TermForm
    fields = ["course", "term", "slug", "also", "definition", "concept"]
    short = ("definition",)
    autocomplete_fields = ["concept"]
    prepopulated_fields = {"slug": ["term"]}
    list_display = ["term", "explained_in", "archived"]
    list_filter = ["archived", "course"]
    list_select_related = ["course", "concept__lesson"]
    search_fields = ["term", "slug", "also", "definition"]
    search_help_text = gettext_lazy("Term, other names, address or definition")
    ordering = [Lower("term"), "id"]

    @admin.display(description=gettext_lazy("explained in"), empty_value="")
    def explained_in(self, term: Term) -> str:
        concept = term.concept
        return f"{concept.lesson}: {concept}" if concept else ""

    def formfield_for_dbfield(
        self, db_field: models.Field, request: Any, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "definition":
            # Prose of its own, none that is measured as a concept's.
            field.widget.attrs["data-as"] = "introduction"
        return field

    def is_on_site(self, obj: Term) -> bool:
        return not obj.archived

    def put(
        self, request: HttpRequest, things: Sequence[Any], archived: bool, action: str = ""
    ) -> HttpResponse | None:
        clashes = [] if archived else list(clashes_of(things))
        for term, name, other in clashes:
            said = _("“%(term)s” stays in the archive: “%(name)s” is a name of “%(other)s” now.")
            words = {"term": term, "name": name, "other": other}
            self.message_user(request, said % words, messages.ERROR)
        return None if clashes else super().put(request, things, archived, action)


def clashes_of(terms: Iterable[Term]) -> Iterable[tuple[Term, str, Term]]:
    """Archived terms one of whose names another one has got: term, name, the other."""
    for term in terms:
        others = Term.objects.current().filter(course=term.course_id).exclude(pk=term.pk)
        taken = {same_name(name): one for one in others for name in (one.term, *one.also)}
        found = next((one for one in (term.term, *term.also) if same_name(one) in taken), None)
        if found is not None:
            yield term, found, taken[same_name(found)]
