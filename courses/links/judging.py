"""What a finding makes of an address: nothing is dead because of one bad day."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from courses.links.checking import Finding, Outcome
from courses.models import Link

State = Link.State
# Days of failure, and the time between the first and the last of them, that make an address dead.
DEAD_DAYS = 3
DEAD_AFTER = timedelta(days=3)
STATES = {Outcome.OK: State.OK, Outcome.MOVED: State.MOVED, Outcome.CLOSED: State.CLOSED}


@dataclass(frozen=True, slots=True)
class Health:
    """What is known of one address. Days are those of UTC."""

    state: str = State.UNKNOWN
    checked_at: datetime | None = None
    answered_at: datetime | None = None
    failing_since: date | None = None
    failed_on: date | None = None
    failed_days: int = 0
    status_code: int | None = None
    problem: str = ""
    moved_to: str = ""
    move_declined: str = ""


def judge(health: Health, finding: Finding, now: datetime) -> Health:
    """The health after `finding` at `now`.

    Dead needs failures on DEAD_DAYS different days with DEAD_AFTER between the first and the
    last, and no answer of any kind between them. Total; the order of `now` may be any.
    """
    health = replace(
        health, checked_at=now, status_code=finding.status, problem=finding.problem[:200]
    )
    if finding.outcome == Outcome.FAILED:
        return failed(health, now.date())
    answered = now if finding.status is not None else health.answered_at
    declined = finding.moved_to != "" and finding.moved_to == health.move_declined
    return replace(
        health,
        state=State.OK if declined else STATES[finding.outcome],
        answered_at=answered,
        failing_since=None,
        failed_on=None,
        failed_days=0,
        moved_to=finding.moved_to,
    )


def failed(health: Health, today: date) -> Health:
    """One more failure; several of one day are one."""
    since, last = health.failing_since or today, health.failed_on
    if last is not None and today <= last:
        return health
    days = health.failed_days + 1
    dead = days >= DEAD_DAYS and today - since >= DEAD_AFTER
    return replace(
        health,
        state=State.DEAD if dead else State.FAILING,
        failing_since=since,
        failed_on=today,
        failed_days=days,
    )


def keep_old(health: Health) -> Health:
    """The editor does not want where it moved to."""
    state = State.OK if health.state == State.MOVED else health.state
    return replace(health, state=state, move_declined=health.moved_to)
