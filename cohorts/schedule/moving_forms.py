from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from cohorts.schedule.local_times import FIRST_YEAR, LAST_YEAR, START_OF_DAY, at
from cohorts.schedule.moving import Spread

MOST_DAYS = 366
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DayField(forms.DateField):
    widget = DAY

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found and not FIRST_YEAR <= found.year < LAST_YEAR:
            raise forms.ValidationError(
                _("Choose a year between %(first)d and %(last)d."),
                params={"first": FIRST_YEAR, "last": LAST_YEAR - 1},
            )
        return found


class ShiftForm(forms.Form):
    first = DayField(label=_("From this day on"), help_text=_("Dates before it stay as they are."))
    days = forms.IntegerField(
        label=_("Days later"),
        min_value=-MOST_DAYS,
        max_value=MOST_DAYS,
        help_text=_("7 for a week of holidays; with a minus, earlier."),
    )

    def clean_days(self) -> int:
        days: int = self.cleaned_data["days"]
        if not days:
            raise forms.ValidationError(_("By 0 days nothing moves. Choose another number."))
        return days

    def since(self, cohort: Cohort) -> datetime:
        return at(self.cleaned_data["first"], START_OF_DAY, cohort.zone)


class SpreadForm(forms.Form):
    first = DayField(label=_("First day of the first lesson"))
    every = forms.IntegerField(
        label=_("Days for each lesson"), min_value=1, max_value=60, initial=7
    )
    tracks = forms.MultipleChoiceField(
        label=_("Tracks"), widget=forms.CheckboxSelectMultiple, choices=[]
    )
    quizzes = forms.BooleanField(
        label=_("The quizzes of a lesson are due with it"), required=False, initial=True
    )
    replace = forms.BooleanField(
        label=_("Also change lessons and quizzes that have dates already"), required=False
    )

    def __init__(self, tracks: list[str], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["tracks"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (for the type)
        field.choices = [(title, title) for title in tracks]

    @property
    def wish(self) -> Spread:
        chosen = self.cleaned_data
        return Spread(
            first=chosen["first"],
            days=chosen["every"],
            tracks=frozenset(chosen["tracks"]),
            replace=chosen["replace"],
            quizzes=chosen["quizzes"],
        )
