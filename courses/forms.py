from typing import Any

from django import forms

from courses.models import Lesson, Reference


class TickForm(forms.Form):
    """A tick that is sent when set and absent when taken away, as browsers do."""

    ticked = forms.BooleanField(required=False)


class ReadReferencesForm(forms.Form):
    reference = forms.ModelMultipleChoiceField(Reference.objects.none(), required=False)

    def __init__(self, *args: Any, lesson: Lesson, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].queryset = lesson.references.current()  # type: ignore[attr-defined]
