from typing import Any

from django import forms

from courses.models import Lesson, Reference


class ReadReferencesForm(forms.Form):
    """The ticks of a lesson's list. Looked up among what is shown: an id may be any number."""

    reference = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, lesson: Lesson, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = list(lesson.references.current())
        choices = [(reference.pk, reference.title) for reference in self.shown]
        self.fields["reference"].choices = choices  # type: ignore[attr-defined]

    def clean_reference(self) -> list[Reference]:
        ticked = set(self.cleaned_data["reference"])
        return [reference for reference in self.shown if reference.pk in ticked]
