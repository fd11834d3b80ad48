"""All hand-ins of an assignment in one zip archive, packed while it is sent."""

from collections.abc import Iterator
from io import RawIOBase
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.text import slugify
from django.utils.timezone import localtime

from cohorts.files import CHUNK, TYPES, clean_name, content_type_of
from cohorts.grading.anonymous import label_of
from cohorts.models import Assignment, Cohort, Membership, Role, Submission, SubmissionFile
from cohorts.work.naming import name_for_graders, nameless

# So many hand-ins are in memory at a time, without their files.
PORTION = 20
TOO_EARLY = (1980, 1, 1, 0, 0, 0)


class Outlet(RawIOBase):
    """What is written to it can be taken out once; it cannot be gone back in."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.waiting.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        found, self.waiting = b"".join(self.waiting), []
        return found


def archive_of(assignment: Assignment) -> Iterator[bytes]:
    """The newest hand-ins of all learners, a folder each; without names where those are hidden.

    Memory is bounded by a few texts and one chunk of a file. The assignment comes with its item.
    """
    outlet = Outlet()
    with ZipFile(outlet, "w", ZIP_DEFLATED) as archive:
        for folder, submission in folders_of(assignment):
            for _chunk in packed(archive, folder, submission, dated=not hides(assignment)):
                yield outlet.taken()
    yield outlet.taken()


def hides(assignment: Assignment) -> bool:
    probe = SubmissionFile(name="name.txt", submission=Submission(assignment=assignment))
    return name_for_graders(probe) != probe.name


def folders_of(assignment: Assignment) -> Iterator[tuple[str, Submission]]:
    """In the order of their names, each of which is there once."""
    names = folder_names(assignment)
    keys = sorted(names, key=lambda key: (names[key].casefold(), key))
    for start in range(0, len(keys), PORTION):
        found = (
            newest_of(assignment).prefetch_related("files").in_bulk(keys[start : start + PORTION])
        )
        for key in keys[start : start + PORTION]:
            if key in found:
                found[key].assignment = assignment
                yield names[key], found[key]


def folder_names(assignment: Assignment) -> dict[Any, str]:
    """By the key of the hand-in."""
    found = newest_of(assignment).only("assignment", "membership")
    if hides(assignment):
        return unique((one.pk, label_of(one)) for one in found)
    people = Membership.objects.filter(submissions__in=found.values("pk")).select_related("user")
    known = {one.pk: one.name for one in people.named()}
    return unique((one.pk, known.get(one.membership_id, "")) for one in found)


def unique(names: Iterator[tuple[Any, str]]) -> dict[Any, str]:
    """Safe for every system, which may not tell capital letters from small ones."""
    given: dict[Any, str] = {}
    taken: set[str] = set()
    for key, name in names:
        given[key] = once(clean_name(name.replace(".", " ")), taken)
    return given


def once(name: str, taken: set[str]) -> str:
    stem, dot, extension = name.rpartition(".")
    number, found = 1, name
    while found.casefold() in taken:
        number += 1
        found = f"{stem} ({number}).{extension}" if dot else f"{name} ({number})"
    taken.add(found.casefold())
    return found


def newest_of(assignment: Assignment) -> QuerySet[Submission]:
    handed = Submission.objects.handed_in()
    newer = handed.filter(
        assignment=assignment, membership=OuterRef("membership"), number__gt=OuterRef("number")
    )
    learners = {"membership__role": Role.LEARNER, "membership__left_at": None}
    return handed.filter(~Exists(newer), assignment=assignment, **learners).order_by()


def packed(archive: ZipFile, folder: str, submission: Submission, *, dated: bool) -> Iterator[None]:
    """Gives way after each piece that was written."""
    taken: set[str] = set()
    for name, said in (("text.txt", submission.text), ("link.txt", submission.link)):
        if said:
            member = info(f"{folder}/{once(name, taken)}", submission, dated=dated)
            archive.writestr(member, said.encode(), ZIP_DEFLATED)
            yield
    for file in submission.files.all():
        name = once(file.name if dated else nameless(file), taken)
        member = info(f"{folder}/{name}", submission, dated=dated)
        member.compress_type = ZIP_DEFLATED if is_wordy(file) else ZIP_STORED
        yield from stored(archive, member, file)


def stored(archive: ZipFile, member: ZipInfo, file: SubmissionFile) -> Iterator[None]:
    """A file that is not in the storage any more is left out."""
    try:
        content = file.file.open("rb")
    except FileNotFoundError:
        return
    member.file_size = file.size
    with content, archive.open(member, "w") as inside:
        for chunk in iter(lambda: content.read(CHUNK), b""):
            inside.write(chunk)
            yield


def is_wordy(file: SubmissionFile) -> bool:
    return content_type_of(file.name) == TYPES["txt"].content_type


def info(path: str, submission: Submission, *, dated: bool) -> ZipInfo:
    """When it was handed in says who did, to those who may not know."""
    at = localtime(submission.submitted_at) if dated and submission.submitted_at else None
    return ZipInfo(path, at.timetuple()[:6] if at else TOO_EARLY)


def name_of_archive(cohort: Cohort, assignment: Assignment) -> str:
    return f"{cohort.slug}-{slugify(assignment.title)[:60] or assignment.pk}.zip"
