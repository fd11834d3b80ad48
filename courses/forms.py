from typing import Any

from django import forms

from courses.models import Lesson, Reference


class ReadReferencesForm(forms.Form):
    reference = forms.ModelMultipleChoiceField(Reference.objects.none(), required=False)

    def __init__(self, *args: Any, lesson: Lesson, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].queryset = lesson.references.current()  # type: ignore[attr-defined]
