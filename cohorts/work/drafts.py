"""What a learner writes before handing in. One draft an assignment; the newest text counts."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from cohorts.models import Assignment, Membership, Submission, SubmissionFile


class NewerError(Exception):
    """Something newer is kept than what came: in `draft`, or, without one, it was handed in.

    `sequence` is what the newest was kept under.
    """

    def __init__(self, draft: Submission | None, sequence: int) -> None:
        super().__init__()
        self.draft = draft
        self.sequence = sequence


@transaction.atomic
def save_draft(
    *,
    membership: Membership,
    assignment: Assignment,
    text: str,
    link: str,
    sequence: int | None = None,
    seen: int | None = None,
    now: datetime,
) -> Submission:
    """The draft with `text` and `link`, made where there is none. Its files stay.

    `sequence` is the client's count of milliseconds, going by the site's clock; one ahead of `now`
    becomes `now`, so that it cannot block what comes later, and None asks for the next. An older
    packet never wins over a newer one. `seen` is the sequence of what the client last knew to be
    kept: where another window has saved since, nothing is written over. What was sent twice is
    kept once. Raises NewerError.

    May always be called: what can no longer be handed in is not lost either.
    """
    lock(membership)
    draft = draft_of(membership, assignment)
    newest = newest_sequence(membership, assignment)
    if draft is not None and (draft.text, draft.link) == (text, link):
        return draft
    at = moment(sequence, newest, now)
    if at <= newest or (seen is not None and seen < newest):
        raise NewerError(draft, newest)
    draft = draft or Submission(assignment=assignment, membership=membership)
    return keep(draft, text, link, at, now)


def keep(draft: Submission, text: str, link: str, at: int, now: datetime) -> Submission:
    draft.text, draft.link, draft.sequence, draft.saved_at = text, link, at, now
    if draft._state.adding:
        draft.save(force_insert=True)
    else:
        draft.save(update_fields=["text", "link", "sequence", "saved_at"])
    return draft


@transaction.atomic
def take_over(
    *, membership: Membership, assignment: Assignment, now: datetime
) -> Submission | None:
    """What was handed in last, as the new draft, with its files. A draft that is there stays."""
    lock(membership)
    draft = draft_of(membership, assignment)
    last = hand_ins_of(membership, assignment).first()
    if draft is not None or last is None:
        return draft
    draft = Submission(assignment=assignment, membership=membership)
    at = moment(None, newest_sequence(membership, assignment), now)
    keep(draft, last.text, last.link, at, now)
    # The stored files are shared: `storage` deletes one with the last row that names it.
    for file in last.files.all():
        SubmissionFile.objects.create(
            submission=draft,
            file=file.file.name,
            name=file.name,
            size=file.size,
            sha256=file.sha256,
            uploaded_at=file.uploaded_at,
        )
    return draft


def lock(membership: Membership) -> None:
    """Until the transaction ends, this learner's work is written here alone."""
    Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)


def draft_of(membership: Membership, assignment: Assignment) -> Submission | None:
    mine = Submission.objects.drafts().filter(assignment=assignment, membership=membership)
    return mine.prefetch_related("files").first()


def hand_ins_of(membership: Membership, assignment: Assignment) -> QuerySet[Submission]:
    """The newest first."""
    mine = Submission.objects.handed_in().filter(assignment=assignment, membership=membership)
    return mine.prefetch_related("files").order_by("-number")


def newest_sequence(membership: Membership, assignment: Assignment) -> int:
    """Also of what was handed in: an old packet does not become a new draft."""
    mine = Submission.objects.filter(assignment=assignment, membership=membership)
    return mine.aggregate(newest=Max("sequence"))["newest"] or 0


def moment(sequence: int | None, newest: int, now: datetime) -> int:
    present = int(now.timestamp() * 1000)
    return max(present, newest + 1) if sequence is None else min(sequence, present)


def stamp_of(draft: Submission) -> str:
    """Differs when anything in the draft does: whoever hands it in has seen just this."""
    files = sorted(str(file.pk) for file in draft.files.all())
    said = "\0".join([str(draft.sequence), *files])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def is_empty(draft: Submission) -> bool:
    return not (draft.text.strip() or draft.link.strip() or draft.files.all())
