"""What is typed about dates: by the clock of the class, which is the current zone."""

import re
import unicodedata
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cohorts.schedule.local_times import (
    END_OF_DAY,
    FIRST_YEAR,
    LAST_YEAR,
    START_OF_DAY,
    NoSuchTimeError,
    OutOfRangeError,
    Read,
    read,
)

DAY_ALONE = re.compile(r"\d{4}-\d{2}-\d{2}")
TYPED = "%Y-%m-%dT%H:%M"


class ClassTimeField(forms.Field):
    """A moment, typed as a local time; a day alone means its `clock`.

    A time that the clock skips is refused. One that comes twice is the first of the two, and is
    then in `twice_in(form)`. What was shown and has not been touched is no change, though it has
    seconds or is the second of two.
    """

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "max": "2100-12-31T23:59"})

    def __init__(self, *, clock: time = END_OF_DAY, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.clock = clock

    def prepare_value(self, value: Any) -> Any:
        return as_typed(value) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        found = self.read(str(value)) if value else None
        return found.at if found else None

    def read(self, text: str) -> Read:
        try:
            return read(wall_of(text.strip(), self.clock), zone())
        except NoSuchTimeError as skipped:
            said = {"time": text.strip()[-5:], "later": date_format(skipped.later, "H:i")}
            raise ValidationError(
                _(
                    "The clock is put forward that night: there is no %(time)s. "
                    "Choose %(later)s, or an earlier time."
                )
                % said
            ) from None
        except OutOfRangeError:
            years = {"first": FIRST_YEAR, "last": LAST_YEAR}
            raise ValidationError(
                _("Choose a year between %(first)d and %(last)d.") % years
            ) from None
        except ValueError:
            raise ValidationError(
                _("Write the date as 2026-11-05, or with a time as 2026-11-05 23:59.")
            ) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (as_typed(initial) if initial else "") != (str(data).strip() if data else "")


class StartTimeField(ClassTimeField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(clock=START_OF_DAY, **kwargs)


class LineField(forms.CharField):
    """One line of words: no line breaks, tabs or other control characters."""

    def to_python(self, value: Any) -> str:
        found = super().to_python(value) or ""
        if any(unicodedata.category(one) == "Cc" for one in found):
            raise ValidationError(
                _("There is a character in it that cannot be shown. Please type it again.")
            )
        return found


def wall_of(text: str, clock: time) -> datetime:
    if DAY_ALONE.fullmatch(text):
        return datetime.combine(date.fromisoformat(text), clock)
    found = datetime.fromisoformat(text)
    if found.tzinfo is not None:
        raise ValueError(text)
    return found.replace(microsecond=0)


def as_typed(moment: datetime) -> str:
    return moment.astimezone(zone()).strftime(TYPED)


def zone() -> Any:
    return timezone.get_current_timezone()


def said_twice(form: forms.BaseForm, names: list[str]) -> list[datetime]:
    """Of the fields called so: the moments of which the clock shows the time twice."""
    found = []
    for name in names:
        field, typed = form.fields[name], form[name].data
        if isinstance(field, ClassTimeField) and typed and name not in form.errors:
            one = field.read(str(typed))
            found += [one.at] if one.twice else []
    return found
