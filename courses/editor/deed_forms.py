"""The forms of what becomes of a lesson: what is said about a change, when, and where."""

from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.admin.forms import PlacedForm
from courses.editor.fields import line
from courses.history.notes import clean_note
from courses.models import Lesson, Mark

FARTHEST = timedelta(days=5 * 366)


class ChangeForm(forms.Form):
    """What the editor says about a change, to readers and to colleagues."""

    mark = forms.ChoiceField(
        label=_("Kind of change"),
        required=False,
        choices=[("", _("Not said")), *Mark.choices],
        help_text=_("Readers who had read the lesson are told: a small fix, or something new."),
    )
    note = line(
        _("Note"),
        longest=300,
        required=False,
        help_text=_("What changed and why, in a sentence. Readers see it, too."),
    )

    def clean_note(self) -> str:
        return clean_note(self.cleaned_data["note"])


class TimeForm(forms.Form):
    """When readers get something, on the editor's own clock."""

    publish_at = forms.DateTimeField(
        label=_("Publish at"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def lies_ahead(self, now: datetime) -> bool:
        """Whether the time can be waited for; says at the field why not."""
        at = self.cleaned_data.get("publish_at")
        if at is None:
            self.add_error("publish_at", _("Say on which day, and at what time."))
        elif at <= now:
            self.add_error("publish_at", _("This is past. Choose a time ahead, or publish now."))
        elif at > now + FARTHEST:
            self.add_error("publish_at", _("Choose a time within five years."))
        return not self.errors


class PlaceForm(PlacedForm):
    """Where the lesson is on the road, and under which address."""

    owner = "track"

    class Meta:
        model = Lesson
        fields = ["track", "slug", "position"]
