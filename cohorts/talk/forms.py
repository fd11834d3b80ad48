"""What people fill in to ask, to answer, to find and to report."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.talk.fields import KeyField, LineField, PlainTextField
from cohorts.talk.subjects import Subject, choices, lesson_choices, subject_of
from courses.models import Course

HINT = gettext_lazy(
    "Plain text. Three backticks on a line of their own begin and end a block of code; single "
    "ones stand around `code` in a line."
)

GONE = gettext_lazy("Choose a lesson or a concept from the list.")


class QuestionForm(forms.Form):
    title = LineField(
        label=gettext_lazy("Your question"),
        max_length=150,
        help_text=gettext_lazy("In one sentence."),
    )
    body = PlainTextField(label=gettext_lazy("More about it"), required=False, help_text=HINT)


class AskForm(QuestionForm):
    """`subject` becomes a Subject: a lesson, or a concept of one."""

    field_order = ["subject", "title", "body"]

    subject = forms.ChoiceField(label=gettext_lazy("What it is about"))
    key = KeyField()

    def __init__(self, *args: Any, course: Course, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.course, self.now = course, now
        field: Any = self.fields["subject"]
        field.choices = [("", _("Choose a lesson or a concept")), *choices(course, now)]
        field.error_messages["invalid_choice"] = GONE

    def clean_subject(self) -> Subject:
        found = subject_of(self.cleaned_data["subject"], self.course, self.now)
        if found is None:
            raise ValidationError(GONE)
        return found


class AnswerForm(forms.Form):
    body = PlainTextField(label=gettext_lazy("Your answer"), help_text=HINT)
    pinned = forms.BooleanField(label=gettext_lazy("Keep it on top of the answers"), required=False)
    key = KeyField()

    def __init__(self, *args: Any, moderates: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not moderates:
            del self.fields["pinned"]


class EditAnswerForm(forms.Form):
    body = PlainTextField(label=gettext_lazy("Your answer"), help_text=HINT)


class ReportForm(forms.Form):
    reason = LineField(
        label=gettext_lazy("What is wrong with it"),
        max_length=300,
        help_text=gettext_lazy("Only the staff of the class reads it."),
    )


class FindForm(forms.Form):
    """Which questions are listed. What makes no sense is left out, and the rest still holds."""

    q = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    lesson = forms.ChoiceField(label=gettext_lazy("Lesson"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        choices=[
            ("", gettext_lazy("All questions")),
            ("open", gettext_lazy("Not resolved")),
            ("mine", gettext_lazy("My questions")),
            ("mine-open", gettext_lazy("Mine, not resolved")),
        ],
    )

    def __init__(self, *args: Any, course: Course, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["lesson"]
        field.choices = [("", _("All lessons")), *lesson_choices(course, now)]
