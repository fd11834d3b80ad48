"""Writing down what was changed in a class. Called in the transaction of the change."""

from datetime import datetime

from accounts.models import User
from cohorts.models import Cohort, GradeItem, LogEntry, Membership

MOST = 500


def note(
    *,
    cohort: Cohort,
    kind: LogEntry.Kind,
    what: str,
    by: User | None,
    now: datetime,
    about: Membership | None = None,
    item: GradeItem | None = None,
    before: object = "",
    after: object = "",
    reason: str = "",
) -> LogEntry:
    """`what` names no people: `by` and `about` do, as long as they have accounts.

    A change of a grade gives its `item`: the page of the grade tells its history by it.
    """
    return LogEntry.objects.create(
        cohort=cohort,
        kind=kind,
        what=what[:300],
        actor=by,
        at=now,
        about=about,
        item=item,
        before=str(before)[:MOST],
        after=str(after)[:MOST],
        reason=reason[:300],
    )
