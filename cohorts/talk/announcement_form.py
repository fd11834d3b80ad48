"""What a teacher fills in to announce something."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.models import Announcement, Cohort
from cohorts.talk.announcing import Draft
from cohorts.talk.fields import KeyField, LineField, MarkdownField

FURTHEST = timedelta(days=366)
LOCAL = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class AnnouncementForm(forms.Form):
    """Of a new one, or of `announcement`: what is posted has no time to choose any more, and a mail
    that is out cannot be called back. Times are in the zone that is active, the class's."""

    title = LineField(label=gettext_lazy("Title"), max_length=150)
    body = MarkdownField(
        label=gettext_lazy("Text"), max_length=20_000, help_text=gettext_lazy("Markdown works.")
    )
    post_at = forms.DateTimeField(label=gettext_lazy("Post it at"), required=False, widget=LOCAL)
    pinned = forms.BooleanField(label=gettext_lazy("Keep it at the top"), required=False)
    mail = forms.BooleanField(label=gettext_lazy("Send it by e-mail, too"), required=False)
    key = KeyField()

    def __init__(
        self,
        *args: Any,
        cohort: Cohort,
        now: datetime,
        announcement: Announcement | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        hint = _("Empty: at once. The clock of the class is that of %(zone)s.")
        self.fields["post_at"].help_text = hint % {"zone": cohort.time_zone.replace("_", " ")}
        if announcement and announcement.post_at <= now:
            del self.fields["post_at"]
        if announcement and announcement.mailed_at:
            del self.fields["mail"]

    def clean_post_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["post_at"]
        if at and at <= self.now:
            raise ValidationError(_("This time has passed. Choose a later one, or none."))
        if at and at > self.now + FURTHEST:
            raise ValidationError(_("Choose a time within a year."))
        return at

    def draft(self) -> Draft:
        """Of a valid form."""
        data = self.cleaned_data
        return Draft(
            title=data["title"],
            body=data["body"],
            post_at=data.get("post_at"),
            pinned=data["pinned"],
            mail=data.get("mail", False),
        )


def values_of(announcement: Announcement) -> dict[str, Any]:
    names = ("title", "body", "post_at", "pinned", "mail")
    return {name: getattr(announcement, name) for name in names}
