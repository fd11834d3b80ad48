"""All dates of a class on one form, track by track."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from cohorts.schedule.fields import ClassTimeField, StartTimeField, said_twice
from cohorts.schedule.reading import Planned
from cohorts.schedule.setting import Change, Times


@dataclass(frozen=True, slots=True)
class Row:
    """`was` are hidden fields with what the page shows, to tell what was changed on it."""

    planned: Planned
    opens: forms.BoundField
    due: forms.BoundField

    @property
    def was(self) -> list[str]:
        return [field.as_hidden(only_initial=True) for field in (self.opens, self.due)]


class DatesForm(forms.Form):
    """What is not touched keeps what is stored now, also if that is not what the page showed."""

    def __init__(self, plan: Sequence[Planned], data: Any = None, *, auto_id: str = "%s") -> None:
        super().__init__(data, auto_id=auto_id)
        self.plan = plan
        for one in plan:
            name, said = name_of(one), {"title": one.thing.title}
            self.fields[f"{name}-opens"] = StartTimeField(
                label=_("%(title)s opens") % said,
                initial=one.dates.opens_at,
                required=False,
                show_hidden_initial=True,
            )
            self.fields[f"{name}-due"] = ClassTimeField(
                label=_("%(title)s is due") % said,
                initial=one.dates.due_at,
                required=False,
                show_hidden_initial=True,
            )

    def clean(self) -> None:
        for one in self.plan:
            name = name_of(one)
            wrong = f"{name}-opens" in self.errors or f"{name}-due" in self.errors
            if not wrong and not self.times_of(one).in_order:
                self.add_error(f"{name}-due", _("Choose a time after it opens."))

    def times_of(self, one: Planned) -> Times:
        name, dates = name_of(one), one.dates
        return Times(
            self.chosen(f"{name}-opens", dates.opens_at), self.chosen(f"{name}-due", dates.due_at)
        )

    def chosen(self, name: str, stored: datetime | None) -> datetime | None:
        found: datetime | None = self.cleaned_data[name]
        return found if name in self.changed_data else stored

    @property
    def changes(self) -> list[Change]:
        return [
            Change(one.thing, Times(one.dates.opens_at, one.dates.due_at), self.times_of(one))
            for one in self.plan
        ]

    @property
    def twice(self) -> list[datetime]:
        return said_twice(self, self.changed_data)


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one heading of the form: of one track, or of the course as a whole."""

    form: DatesForm
    title: str
    plan: Sequence[Planned]

    @property
    def rows(self) -> Iterator[Row]:
        for one in self.plan:
            name = name_of(one)
            yield Row(one, self.form[f"{name}-opens"], self.form[f"{name}-due"])

    def is_open(self, now: datetime) -> bool:
        """Whether the page shows it unfolded: dates of it are to come, or something is wrong."""
        dates = (at for one in self.plan for at in (one.dates.opens_at, one.dates.due_at))
        wrong = any(row.opens.errors or row.due.errors for row in self.rows)
        return wrong or any(at is not None and at >= now for at in dates)

    @property
    def dated(self) -> int:
        return sum(one.has_dates for one in self.plan)


def name_of(one: Planned) -> str:
    return f"{one.thing.kind}-{one.thing.id}"
