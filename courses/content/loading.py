"""Files into the database: what changed, in one transaction, unless both sides changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import yaml
from django.db import transaction

from courses.content.bringing import NOTHING, bring
from courses.content.documents import digest_of, documents_called, lessons_in_files, name_of
from courses.content.files import NAMES, File, is_picture, parsed
from courses.content.keeping import overrule
from courses.content.normal import COURSE, GLOSSARY, NOTEBOOKS, QUIZZES, Document, normal
from courses.content.saving import Changes
from courses.content.sides import ConflictError, Side, Standing, Take
from courses.history.editions import make_edition
from courses.history.recording import Change, catch_up, record
from courses.models import Course, CourseFile, Revision
from courses.signals import renew

# What tells of lessons, and so may change with them.
LISTS = (COURSE, NOTEBOOKS, GLOSSARY, QUIZZES)


@dataclass(frozen=True, slots=True)
class Loaded:
    """`left` are the files over which the database was given the word though both had changed;
    `missing` those of lessons whose track is nowhere."""

    course: Course
    changes: Changes
    left: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@transaction.atomic
def load(
    files: Mapping[str, File], *, now: datetime, take: Take | None = None, again: bool = False
) -> Loaded:
    """Bring the database to what the sound `files` say, and record it.

    A file that is as it was when last loaded or exported is left alone, so that what an editor
    changed stays; `again` loads every file. Raises ConflictError where file and database both
    changed and `take` does not say whose word counts.
    """
    data = files[COURSE].data
    top = {key: data.get(key, "") for key in ("title", "edition", "summary")}
    course, created = Course.objects.select_for_update().get_or_create(
        slug=data["slug"], defaults=top
    )
    chosen = {name: Side.FILE for name in files if not is_picture(name)}
    left: list[str] = []
    if not created:
        chosen, left = sides(course, files, take or Take(), again)
    names = {name for name, side in chosen.items() if side is Side.FILE}
    touched = {*names, *LISTS}
    if names and not created:
        catch_up(course=course, names=touched, now=now)
    changes, missing = bring(course, files, chosen, now)
    overrule(course, {name: files[name] for name in left if name in files})
    if names:
        record(course=course, names=touched, change=Change(Revision.Source.FILES), now=now)
    name_edition(course, now)
    if changes:
        renew(course.pk)
    return Loaded(course, changes + Changes(created=int(created)), tuple(left), tuple(missing))


def name_edition(course: Course, now: datetime) -> None:
    """The first state of the course under the edition's name is kept as that edition."""
    course.refresh_from_db(fields=["edition"])
    if course.edition.strip() and not course.editions.filter(name=course.edition).exists():
        make_edition(course=course, name=course.edition, by=None, note="", now=now)


def sides(
    course: Course, files: Mapping[str, File], take: Take, again: bool
) -> tuple[dict[str, Side], list[str]]:
    """Whose word counts, for each file that changed, and where that was for `take` to say and it
    said the database's. Raises ConflictError where it says nothing."""
    known = {one.name: one for one in CourseFile.objects.filter(course=course)}
    there = [name for name in dict.fromkeys((*files, *known)) if not is_picture(name)]
    changed = [name for name in there if again or is_changed(files.get(name), known.get(name))]
    standings = list(standings_of(course, files, known, changed))
    if again:
        settled = {one.name: Side.FILE for one in standings if one.side() is not Side.SAME}
        return settled, []
    chosen = {one.name: take.side(one) for one in standings}
    if conflicts := [one for one in standings if chosen[one.name] is Side.OPEN]:
        raise ConflictError(conflicts)
    opened = [one.name for one in standings if one.side() is Side.OPEN]
    return chosen, [name for name in opened if chosen[name] is Side.DATABASE]


def is_changed(file: File | None, known: CourseFile | None) -> bool:
    return file is None or known is None or file.digest != known.digest


def standings_of(
    course: Course, files: Mapping[str, File], known: Mapping[str, CourseFile], names: list[str]
) -> Iterable[Standing]:
    in_files = {name_of(lesson) for lesson in lessons_in_files(course)}
    here = documents_called(course, [name for name in names if name in in_files or name in NAMES])
    past = Past(course, names)
    for name in names:
        file = normal(name, files[name].data) if name in files else None
        base = known[name].content if name in known else None
        again = name in known and name in files and known[name].overruled == files[name].digest
        standing = Standing(
            name,
            said(name, base_document(name, base, here.get(name))),
            said(name, file),
            said(name, here.get(name)),
            again or past.has(name, file),
        )
        yield standing


class Past:
    """What these files of the course said before they were changed by other ways than files."""

    def __init__(self, course: Course, names: list[str]) -> None:
        self.told: dict[str, list[tuple[str, str]]] = {name: [] for name in names}
        rows = Revision.objects.filter(course=course, name__in=names).order_by("pk")
        for name, digest, source in rows.values_list("name", "digest", "source"):
            self.told[name].append((digest, source))

    def has(self, name: str, file: Document | None) -> bool:
        """Whether `file`, or that there is none, is older than a change here."""
        digest = digest_of(file) if file is not None else ""
        since: list[str] = []
        for one, source in reversed(self.told[name]):
            if one == digest:
                return any(other != Revision.Source.FILES for other in since)
            since.append(source)
        return file is None and bool(since) and Revision.Source.FILES not in since


def said(name: str, document: Document | None) -> Document | None:
    """A list of nothing is as good as no list."""
    return None if document == NOTHING.get(name) else document


def base_document(
    name: str, content: bytes | memoryview | None, here: Document | None
) -> Document | None:
    """What the file said when it was last loaded; the slow reader has the last word."""
    if content is None:
        return None
    for loader in (yaml.CSafeLoader, yaml.SafeLoader):
        document = normal(name, parsed(name, bytes(content), loader).data)
        if document == here:
            break
    return document
