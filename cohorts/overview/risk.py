"""Who could use a word, and why. Pure: a learner's facts and the thresholds of the class in,
reasons out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import Cohort

DAY = timedelta(days=1)
FEW = 2


class Kind(StrEnum):
    IDLE = "idle"
    SILENT = "silent"
    BEHIND = "behind"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which number on each is a reason; all at least 1."""

    idle_days: int = 7
    lessons_behind: int = 2
    failed_attempts: int = 2


def thresholds_of(cohort: Cohort) -> Thresholds:
    return Thresholds(cohort.idle_days, cohort.lessons_behind, cohort.failed_attempts)


@dataclass(frozen=True, slots=True)
class Term:
    """From when until when a class runs; None: no end."""

    began: datetime
    ended: datetime | None = None

    def is_running(self, now: datetime) -> bool:
        return self.began <= now and (self.ended is None or now < self.ended)


class Failed(NamedTuple):
    """A quiz that was never passed: what it is called, and how often it was tried."""

    title: str
    times: int


class Facts(NamedTuple):
    """What is known of one learner; `behind` counts lessons not done whose own date has passed."""

    member_id: int
    joined_at: datetime
    last_active: datetime | None = None
    behind: int = 0
    failed: tuple[Failed, ...] = ()


class Reason(NamedTuple):
    """`weight` is how many times over the threshold it is, at least 1."""

    kind: Kind
    number: int
    weight: float
    about: str = ""

    @property
    def words(self) -> str:
        return in_words(self)


class AtRisk(NamedTuple):
    member_id: int
    reasons: tuple[Reason, ...]

    @property
    def weight(self) -> float:
        return sum(reason.weight for reason in self.reasons)

    @property
    def words(self) -> str:
        return ". ".join(reason.words for reason in self.reasons)

    @property
    def in_short(self) -> str:
        """The first `FEW` reasons, and how many there are beyond them."""
        more = len(self.reasons) - FEW
        said = [reason.words for reason in self.reasons[:FEW]]
        return ". ".join([*said, _("%(n)d more") % {"n": more}] if more > 0 else said)


def idle_days(facts: Facts, term: Term, now: datetime) -> int:
    """Whole days of 24 hours without activity, at most those since one joined and since the class
    began; 0 before its first day and after its last."""
    if not term.is_running(now):
        return 0
    known = (facts.last_active, facts.joined_at, term.began)
    return max(0, (now - max(at for at in known if at is not None)) // DAY)


def reasons_of(
    facts: Facts, thresholds: Thresholds, term: Term, now: datetime
) -> tuple[Reason, ...]:
    """None where all is well; else idleness first, then the schedule, then quizzes."""
    found = []
    days = idle_days(facts, term, now)
    if days >= thresholds.idle_days:
        kind = Kind.IDLE if facts.last_active else Kind.SILENT
        found.append(Reason(kind, days, days / thresholds.idle_days))
    if facts.behind >= thresholds.lessons_behind:
        weight = facts.behind / thresholds.lessons_behind
        found.append(Reason(Kind.BEHIND, facts.behind, weight))
    found += [
        Reason(Kind.FAILED, failed.times, failed.times / thresholds.failed_attempts, failed.title)
        for failed in facts.failed
        if failed.times >= thresholds.failed_attempts
    ]
    return tuple(found)


def at_risk(
    everyone: Iterable[Facts], thresholds: Thresholds, term: Term, now: datetime
) -> tuple[AtRisk, ...]:
    """Those with a reason, the worst first: the reasons' weights added up. Equal ones stay in
    the order given."""
    judged = [AtRisk(one.member_id, reasons_of(one, thresholds, term, now)) for one in everyone]
    return tuple(sorted((one for one in judged if one.reasons), key=lambda one: -one.weight))


def in_words(reason: Reason) -> str:
    number = reason.number
    if reason.kind is Kind.IDLE:
        return ngettext("No activity for %(n)d day", "No activity for %(n)d days", number) % {
            "n": number
        }
    if reason.kind is Kind.SILENT:
        said = ngettext("Nothing yet, for %(n)d day", "Nothing yet, for %(n)d days", number)
        return said % {"n": number}
    if reason.kind is Kind.BEHIND:
        said = ngettext(
            "%(n)d lesson behind the schedule", "%(n)d lessons behind the schedule", number
        )
        return said % {"n": number}
    return _("Failed the quiz on %(title)s %(times)s") % {
        "title": reason.about,
        "times": times_in_words(number),
    }


def times_in_words(number: int) -> str:
    if number == 1:
        return _("once")
    return _("twice") if number == 2 else _("%(n)d times") % {"n": number}
