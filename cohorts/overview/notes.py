"""What the staff of a class write about a learner, for themselves."""

from datetime import datetime

from accounts.models import User
from cohorts.models import Membership, Note
from cohorts.permissions import can_write_notes


def write_note(*, about: Membership, text: str, by: User, now: datetime) -> Note:
    return Note.objects.create(membership=about, author=by, body=text, written_at=now)


def delete_note(*, note: Note) -> None:
    note.delete()


def may_delete(member: Membership, note: Note) -> bool:
    """One's own. No query."""
    return can_write_notes(member) and note.author_id == member.user_id
