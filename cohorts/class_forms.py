"""What is asked about a class."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import QuerySet
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts import time_zones
from accounts.names import is_unfit
from cohorts.models import Cohort, Membership, Role
from cohorts.talk.fields import LineField
from cohorts.talk.plain_text import has_controls
from courses.models import Course

# Beyond them lie slips of the finger, and dates that cannot be moved.
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
THRESHOLDS = {"idle_days": 366, "lessons_behind": 100, "failed_attempts": 100}
DATE = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ClassForm(forms.ModelForm):
    """The zone's dates are entered in; both days are of the class alone, and bind nobody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "time_zone" in self.fields:
            self.fields["time_zone"].widget = forms.Select(
                attrs={"data-filter": _("Search for a city or region")},
                choices=time_zones.choices(self.initial.get("time_zone", "UTC")),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and is_unreadable(value, lines=name == "description"):
                self.add_error(name, _("Take out the characters that cannot be seen."))
            if isinstance(value, date) and not FIRST <= value <= LAST:
                self.add_error(name, _("Choose a day between 2000 and 2100."))
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day comes before the first."))
        return cleaned


class CreateForm(ClassForm):
    course = forms.ModelChoiceField(
        label=_("Course"), queryset=Course.objects.order_by("title"), empty_label=None
    )

    class Meta:
        model = Cohort
        fields = [
            "name",
            "course",
            "term",
            "starts_on",
            "ends_on",
            "time_zone",
            "description",
            "self_join",
        ]
        help_texts = {
            "term": _("Such as Autumn 2026."),
            "time_zone": _("All dates of the class are entered and shown in it."),
            "description": _("For those who join. Markdown works."),
        }
        widgets = {"starts_on": DATE, "ends_on": DATE, "description": forms.Textarea({"rows": 4})}


def is_unreadable(text: str, *, lines: bool) -> bool:
    """`lines`: whether it may have several."""
    return has_controls(text) if lines else any(is_unfit(sign) for sign in text)


class SettingsForm(ClassForm):
    class Meta:
        model = Cohort
        fields = [
            "name",
            "term",
            "description",
            "self_join",
            "starts_on",
            "ends_on",
            "time_zone",
            "late_percent",
            "late_floor",
            "late_cutoff",
            "missing_as_zero",
            "earlier_work",
            "pass_mark",
            "digits",
            "idle_days",
            "lessons_behind",
            "failed_attempts",
        ]
        help_texts = {
            "description": _("For those who join. Markdown works."),
            "time_zone": _(
                "All dates of the class are entered and shown in it. What is due stays due at the "
                "same instant when you change it: 18:00 in London is then 19:00 in Paris."
            ),
        }
        widgets = CreateForm.Meta.widgets

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, most in THRESHOLDS.items():
            self.fields[name].validators.append(MaxValueValidator(most))
        for field in self.fields.values():
            # As it was on the page: who changes nothing overrules nobody.
            field.show_hidden_initial = True

    @property
    def as_it_was(self) -> SafeString:
        """What stood in the fields, to be sent along."""
        return format_html_join("", "{}", ((one.as_hidden(only_initial=True),) for one in self))

    @property
    def wanted(self) -> dict[str, Any]:
        """What was changed on the page; the rest may have been changed by others meanwhile."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Join code"),
        max_length=40,
        help_text=_("Eight letters and digits, from your teacher. Small letters do, too."),
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class NameForm(forms.Form):
    """Of who joins a class and has not said what to call them."""

    name = LineField(
        label=_("Your name"),
        max_length=80,
        help_text=_("Your teachers and your class read it. You can change it in your account."),
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Say what your class may call you.")},
    )


class CopyForm(ClassForm):
    class Meta:
        model = Cohort
        fields = ["name", "term", "starts_on"]
        labels = {"starts_on": _("First day of the new class")}
        help_texts = {"term": _("Such as Spring 2027.")}
        widgets = {"starts_on": DATE}

    def __init__(self, *args: Any, first_day_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].required = first_day_known
        self.fields["starts_on"].help_text = _("All dates move by as many days as this one.")


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(
        label=_("New owner"), queryset=Membership.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = teachers_beside(member)  # type: ignore[attr-defined]
        self.fields["to"].label_from_instance = lambda one: one.name  # type: ignore[attr-defined]


def teachers_beside(member: Membership) -> QuerySet[Membership]:
    others = Membership.objects.active().filter(cohort=member.cohort_id, role=Role.TEACHER)
    return others.select_related("user").by_name()
