from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Edition, Lesson, Mark, Reference
from courses.pages.course import CoursePage

TODAY = "today"


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


class SeenForm(forms.Form):
    """Up to which version of a lesson its reader has seen the changes."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


def choice() -> forms.Select:
    return forms.Select(attrs={"class": "input narrow"})


class FilterForm(forms.Form):
    """Which changes of the course are asked for; whatever else is asked for is passed over."""

    track = forms.ChoiceField(label=_("Track"), required=False, widget=choice())
    mark = forms.ChoiceField(
        label=_("Kind of change"),
        required=False,
        choices=[("", _("All kinds")), *Mark.choices],
        widget=choice(),
    )

    def __init__(self, *args: Any, course: CoursePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tracks = [(track.slug, track.title) for track in course.tracks]
        self.fields["track"].choices = [("", _("All tracks")), *tracks]  # type: ignore[attr-defined]

    def wanted(self) -> tuple[str, str]:
        self.full_clean()
        return self.cleaned_data.get("track", ""), self.cleaned_data.get("mark", "")


class CompareForm(forms.Form):
    """Two editions, or one and what the course says today."""

    def __init__(self, *args: Any, editions: list[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.editions = {str(edition.pk): edition for edition in editions}
        names = [(str(edition.pk), edition.name) for edition in editions]
        # “from” is a word of Python.
        self.fields["from"] = forms.ChoiceField(
            label=_("From"),
            choices=names,
            initial=names[0][0] if names else None,
            required=False,
            widget=choice(),
        )
        self.fields["to"] = forms.ChoiceField(
            label=_("To"),
            choices=[(TODAY, _("Today")), *names],
            initial=TODAY,
            required=False,
            widget=choice(),
        )

    def chosen(self) -> tuple[Edition, Edition | None]:
        """None is today; without a choice it is the newest edition and today."""
        data = self.cleaned_data if self.is_bound else {}
        before = data.get("from") or next(iter(self.editions))
        return self.editions[before], self.editions.get(data.get("to") or TODAY)
