"""Entries by the reader's own days."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from django.utils import timezone

from courses.changes.entries import Entry


def by_day(found: Iterable[Entry]) -> Iterator[tuple[date, list[Entry]]]:
    """`found` has the newest first, and so have the days; in the time zone that is active."""
    for day, group in groupby(found, key=lambda entry: timezone.localdate(entry.at)):
        yield day, list(group)
