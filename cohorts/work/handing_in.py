"""Handing in: the draft becomes a numbered hand-in, once, and stays as it is from then on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.gradebook.layout import is_over
from cohorts.models import Assignment, Membership, Submission
from cohorts.overview.kept import forget
from cohorts.schedule.dates import Dates, own_dates
from cohorts.work import links
from cohorts.work.drafts import NewerError, hand_ins_of, is_empty, lock, moment, stamp_of

# Hand-ins that are kept for one assignment.
MOST = 50


class RefusedError(Exception):
    """Cannot be handed in; the message says why. The draft stays."""


@transaction.atomic
def hand_in(
    *, membership: Membership, assignment: Assignment, draft: UUID, stamp: str, now: datetime
) -> Submission:
    """The hand-in that `draft` becomes; `stamp` is of the draft as the learner has seen it.

    Called again for the same draft, it gives the same hand-in. Raises RefusedError, NewerError
    where the draft has changed since, and Submission.DoesNotExist where there is none.
    """
    lock(membership)
    mine = Submission.objects.filter(assignment=assignment, membership=membership)
    found = mine.prefetch_related("files").get(pk=draft)
    if found.submitted_at is not None:
        return found
    if stamp != stamp_of(found):
        raise NewerError(found, found.sequence)
    earlier = hand_ins_of(membership, assignment).first()
    dates = own_dates(membership, assignment)
    if reason := why_closed(assignment, dates, earlier, now) or what_is_wrong(assignment, found):
        raise RefusedError(reason)
    found.number = earlier.number + 1 if earlier else 1
    # What was sent before this, and arrives after it, is old.
    found.sequence = moment(None, found.sequence, now)
    found.submitted_at = now
    found.save(update_fields=["number", "sequence", "submitted_at"])
    forget(membership.cohort_id)
    return found


def why_closed(
    assignment: Assignment, dates: Dates, earlier: Submission | None, now: datetime
) -> str:
    """Why nothing is taken now, in words; empty where something is."""
    if dates.opens_at is not None and now < dates.opens_at:
        return _("This assignment has not opened yet.")
    if not dates.is_open(now) or has_ended(assignment, dates, now):
        return _("Nothing is accepted any more.")
    if earlier is not None and not assignment.resubmission:
        return _("You have handed this in, and it is taken once only.")
    if earlier is not None and earlier.number >= MOST:
        return _("You have handed this in %d times; that is the most.") % MOST
    return ""


def has_ended(assignment: Assignment, dates: Dates, now: datetime) -> bool:
    """Whether the class is over, and the learner has no longer than that."""
    later = dates.due_at is not None and now <= dates.due_at
    return not later and is_over(assignment.cohort, now)


def what_is_wrong(assignment: Assignment, draft: Submission) -> str:
    """Why this very draft cannot be handed in, in words; empty where it can."""
    if is_empty(draft):
        return _("There is nothing in your draft yet.")
    if draft.text.strip() and not assignment.takes_text:
        return _("No text is taken here any more. Take it out of your draft.")
    if draft.link and not assignment.takes_link:
        return _("No link is taken here any more. Take it out of your draft.")
    if draft.link and links.read(draft.link) is None:
        return _("The link is no address of a web page. It begins with https://.")
    return what_is_wrong_with_files(assignment, draft)


def what_is_wrong_with_files(assignment: Assignment, draft: Submission) -> str:
    number = len(draft.files.all())
    if number and not assignment.takes_files:
        return _("No files are taken here any more. Remove those in your draft.")
    if number > assignment.most_files:
        return _("Hand in %d files at most. Remove some.") % assignment.most_files
    return ""
