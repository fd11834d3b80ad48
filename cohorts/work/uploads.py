"""Files of a draft: looked at, stored under a name of the site's own, and counted."""

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from cohorts import files
from cohorts.files import TYPES, FileError
from cohorts.models import Assignment, Membership, Submission, SubmissionFile
from cohorts.work.drafts import draft_of, keep, lock, moment, newest_sequence

MEGABYTE = 2**20
# Of all files of one hand-in.
MOST_MEGABYTES = 200


def types_of(assignment: Assignment) -> set[str]:
    """Extensions; those that the site no longer takes are gone."""
    chosen = set(assignment.file_types.split()) or set(TYPES)
    return chosen & set(TYPES)


def add_files(
    *,
    membership: Membership,
    assignment: Assignment,
    uploads: Iterable[UploadedFile],
    now: datetime,
) -> list[str]:
    """Adds what can be taken to the draft, and says of the others why not, in words.

    A file with the name of one that is there replaces it.
    """
    errors = []
    for upload in uploads:
        try:
            add_file(membership=membership, assignment=assignment, upload=upload, now=now)
        except FileError as error:
            errors.append(str(error))
    return errors


def add_file(
    *, membership: Membership, assignment: Assignment, upload: UploadedFile, now: datetime
) -> SubmissionFile:
    """Raises FileError."""
    name, size = files.clean_name(upload.name or ""), upload.size or 0
    most = assignment.most_megabytes * MEGABYTE
    # Reading takes its time: the lock is for the counting alone.
    content = cast(BinaryIO, upload)
    files.check(content, name, size=size, types=types_of(assignment), most_bytes=most)
    sha256 = files.digest(content)
    with transaction.atomic():
        draft = draft_for_files(membership, assignment, now)
        make_room(draft, assignment, name, size)
        file = SubmissionFile(submission=draft, name=name, size=size, sha256=sha256)
        file.uploaded_at = now
        file.file.save(name, upload, save=False)
        try:
            file.save(force_insert=True)
        except DatabaseError:
            file.file.delete(save=False)
            raise
    return file


def draft_for_files(membership: Membership, assignment: Assignment, now: datetime) -> Submission:
    lock(membership)
    draft = draft_of(membership, assignment)
    if draft is None:
        at = moment(None, newest_sequence(membership, assignment), now)
        draft = keep(Submission(assignment=assignment, membership=membership), "", "", at, now)
    else:
        draft.saved_at = now
        draft.save(update_fields=["saved_at"])
    return draft


def make_room(draft: Submission, assignment: Assignment, name: str, size: int) -> None:
    """Takes out the file of the same name. Raises FileError where there is no room then."""
    others = [file for file in draft.files.all() if file.name != name]
    if len(others) >= assignment.most_files:
        said = _("%(name)s is one file too many: %(most)d are taken. Remove another first.")
        raise FileError(said % {"name": name, "most": assignment.most_files})
    if sum(file.size for file in others) + size > MOST_MEGABYTES * MEGABYTE:
        said = _("With %(name)s, your files would have more than %(most)d MB together.")
        raise FileError(said % {"name": name, "most": MOST_MEGABYTES})
    for file in draft.files.all():
        if file.name == name:
            file.delete()


@transaction.atomic
def remove_file(
    *, membership: Membership, assignment: Assignment, file: UUID, now: datetime
) -> None:
    """Out of the draft; what was handed in stays. Where it is gone already, nothing happens."""
    lock(membership)
    mine = SubmissionFile.objects.filter(
        submission__membership=membership,
        submission__assignment=assignment,
        submission__submitted_at=None,
    )
    found = mine.select_related("submission").filter(pk=file).first()
    if found is not None:
        found.delete()
        found.submission.saved_at = now
        found.submission.save(update_fields=["saved_at"])
