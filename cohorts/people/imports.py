"""Lists of people that were read, and wait for a yes."""

import uuid
from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime, timedelta

from django.http import Http404
from django.utils.translation import gettext as _

from cohorts.models import Membership, PendingImport
from cohorts.people.oneroster_in import OneClass
from cohorts.people.rows import ListError, People, Rejected, Row

# A list that nobody says yes to is forgotten after this time; so is what became of the others.
KEPT = timedelta(days=1)
ONE = ""


def keep(
    *,
    by: Membership,
    people: People,
    source: str,
    now: datetime,
    words: str = "",
    file_name: str = "",
) -> PendingImport:
    """One list. `words` go into the mails of those who are invited by it."""
    return keep_classes(
        by=by,
        classes=[OneClass(ONE, "", people)],
        kind=PendingImport.Kind.ROSTER,
        source=source,
        words=words,
        now=now,
        file_name=file_name,
    )


def keep_classes(
    *,
    by: Membership,
    classes: Sequence[OneClass],
    now: datetime,
    file_name: str,
    kind: str = PendingImport.Kind.ONEROSTER,
    source: str = "oneroster",
    words: str = "",
) -> PendingImport:
    """Lists of which one is to be chosen, where there are several."""
    if not any(one.people.rows or one.people.rejected for one in classes):
        raise ListError(_("There is nobody in it."))
    return PendingImport.objects.create(
        id=uuid.uuid4(),
        cohort=by.cohort,
        kind=kind,
        file_name=file_name[:200],
        data={
            "source": source,
            "words": words,
            "chosen": 0 if len(classes) == 1 else None,
            "classes": [as_data(one) for one in classes],
        },
        made_by=by.user,
        made_at=now,
    )


def as_data(one: OneClass) -> dict[str, object]:
    return {
        "title": one.title,
        "rows": [astuple(row) for row in one.people.rows],
        "rejected": [astuple(line) for line in one.people.rejected],
        "remarks": one.people.remarks,
    }


def choose(pending: PendingImport, place: int) -> None:
    """Take the class in this place, from 0. Raises Http404 where there is none."""
    if not 0 <= place < len(pending.data["classes"]):
        raise Http404
    pending.data["chosen"] = place
    pending.save(update_fields=["data"])


def people_in(pending: PendingImport) -> People:
    chosen = pending.data["classes"][pending.data["chosen"]]
    return People(
        rows=tuple(Row(*row) for row in chosen["rows"]),
        rejected=tuple(Rejected(*line) for line in chosen["rejected"]),
        remarks=tuple(chosen["remarks"]),
    )


def is_done(pending: PendingImport) -> bool:
    return "done" in pending.data


def done(pending: PendingImport, count: int) -> None:
    """Forget the people in it: that it was done is all that is kept, for who sends it twice."""
    pending.data = {"done": count}
    pending.save(update_fields=["data"])


def forget_old(now: datetime) -> int:
    """How many were forgotten, of whatever kind."""
    return PendingImport.objects.filter(made_at__lt=now - KEPT).delete()[0]
