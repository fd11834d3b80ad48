"""What the pages that show who needs help ask for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, Note
from cohorts.talk.plain_text import PlainTextError, cleaned

MOST = 365


class ThresholdsForm(forms.ModelForm):
    class Meta:
        model = Cohort
        fields = ["idle_days", "lessons_behind", "failed_attempts"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.validators.append(MaxValueValidator(MOST))
            field.widget.attrs |= {"class": "input", "min": 1, "max": MOST}


class NoteForm(forms.ModelForm):
    class Meta:
        model = Note
        fields = ["body"]
        labels = {"body": _("Write a note")}
        help_texts = {
            "body": _(
                "Teachers and assistants of this class read it here. The learner gets it too, when "
                "they ask for their data."
            )
        }
        widgets = {"body": forms.Textarea({"rows": 3, "class": "input textarea"})}

    def clean_body(self) -> str:
        try:
            text = cleaned(self.cleaned_data["body"])
        except PlainTextError as error:
            raise ValidationError(str(error)) from error
        if not text:
            raise ValidationError(_("Write something first."))
        return text
