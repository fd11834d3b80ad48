"""What one learner has reviewed on a day of their own calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, Window
from django.db.models.functions import Coalesce

from accounts.models import User
from quizzes.models import ReviewCard, ReviewLog
from quizzes.review.rating import UNDONE_WITHIN

State, Rating = ReviewCard.State, ReviewLog.Rating


@dataclass(frozen=True, slots=True)
class Last:
    """The newest review; `undoable` unless it is too old, or the card was changed since."""

    review: int
    card: int
    lesson: int
    undoable: bool


@dataclass(frozen=True, slots=True)
class Today:
    """Reviews of one day, by rating; `counted` are those that a limit is for, `new` the first
    ones of a card among them. A card that comes again after ten minutes is not counted again.
    """

    day: date
    again: int = 0
    hard: int = 0
    good: int = 0
    easy: int = 0
    counted: int = 0
    new: int = 0
    last: Last | None = None

    @property
    def reviews(self) -> int:
        return self.again + self.hard + self.good + self.easy


def start_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def today_of(user: User, now: datetime) -> Today:
    """One query."""
    day = now.astimezone(user.zone).date()
    start = start_of(day, user.zone)
    on_day = Q(reviewed_at__gte=start)
    logs = ReviewLog.objects.counted().of(user)
    row = (
        logs.filter(reviewed_at__gte=min(start, now - UNDONE_WITHIN))
        .order_by("-reviewed_at", "-pk")
        .values("pk", "card", "reviewed_at", "due_at", "card__reviewed_at", "card__due_at")
        .annotate(
            lesson=Coalesce(F("card__concept__lesson"), F("card__question__concept__lesson")),
            again=number(on_day & Q(rating=Rating.AGAIN)),
            hard=number(on_day & Q(rating=Rating.HARD)),
            good=number(on_day & Q(rating=Rating.GOOD)),
            easy=number(on_day & Q(rating=Rating.EASY)),
            counted=number(on_day & Q(before__state__in=[State.NEW, State.REVIEW])),
            new=number(on_day & Q(before__state=State.NEW)),
        )
        .first()
    )
    return found(day, row, now) if row else Today(day)


def number(condition: Q) -> Window:
    """How many of all rows, not only of those that are fetched."""
    return Window(Count("pk", filter=condition))


def found(day: date, row: Mapping[str, Any], now: datetime) -> Today:
    stands = (row["card__reviewed_at"], row["card__due_at"]) == (row["reviewed_at"], row["due_at"])
    recent = row["reviewed_at"] >= now - UNDONE_WITHIN
    last = Last(row["pk"], row["card"], row["lesson"], stands and recent)
    counts = {name: row[name] for name in ("again", "hard", "good", "easy", "counted", "new")}
    return Today(day, **counts, last=last)
