"""Moving dates by whole days, at the same time of day. Pure."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def shifted_day(day: date | None, days: int) -> date | None:
    return None if day is None else day + timedelta(days=days)


def shifted(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """`moment` (aware) so many days later, or earlier, by the calendar and clock of `zone`; in UTC.

    18:00 stays 18:00 over a change of daylight saving. A time that the clock leaves out on the
    new day is as long after the leap: 02:30 becomes 03:30. Of one that it shows twice there, the
    first is meant. Raises OverflowError beyond the years 1 to 9999.
    """
    if days == 0:
        return moment.astimezone(UTC)
    wall = moment.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)
    return wall.replace(tzinfo=zone).astimezone(UTC)


def shifted_span(
    opens: datetime | None, due: datetime | None, days: int, zone: ZoneInfo
) -> tuple[datetime | None, datetime | None]:
    """Both ends, each as `shifted` moves it.

    Where an hour that the clock leaves out or repeats would turn the two round, the span keeps
    its length instead: what is due after its opening stays so.
    """
    new_opens = None if opens is None else shifted(opens, days, zone)
    new_due = None if due is None else shifted(due, days, zone)
    if opens and due and new_opens and new_due and new_due <= new_opens:
        new_due = new_opens + (due - opens)
    return new_opens, new_due
