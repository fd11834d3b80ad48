"""What an import would write: the README against the course, and against the README before it."""

from collections.abc import Callable

from courses.changes.comparing import Difference, compare
from courses.content import documents as stored
from courses.content.normal import COURSE, NOTEBOOKS, Document
from courses.editor.parts import text_of
from courses.models import Status
from courses.readme.documents import Documents, documents_of, file_of
from courses.readme.inline import shortened
from courses.readme.merging import (
    Conflict,
    Merged,
    merged_course,
    merged_lesson,
    merged_notebooks,
    with_editors_part,
)
from courses.readme.naming import Named, named_like, names_of
from courses.readme.plans import FileConflict, Options, Plan, Renaming
from courses.readme.reading import Reading, read
from courses.readme.slugs import slug_of
from courses.readme.standing import Standing, base_of, standing_of

Progress = Callable[[int, int], object]
LONGEST_TITLE = 200


def plan(raw: bytes, options: Options, progress: Progress | None = None) -> Plan:
    """What importing `raw` would do. Writes nothing. Raises ReadmeError."""
    reading = read(raw)
    title = shortened(options.title or reading.outline.title or "Course", LONGEST_TITLE)
    slug = options.slug or slug_of(title) or "course"
    standing = standing_of(slug)
    coming = documents_of(reading.outline, slug=slug, title=title)
    if standing.course is None or standing.documents is None:
        return plan_of_new(reading, slug, title, coming, options)
    base = base_of(standing, slug, title)
    named = named_like(coming, whole(base, standing.documents))
    return Planner(reading, standing, base, named, options, progress).plan(slug, title, coming)


def whole(base: Documents | None, ours: Documents) -> Documents:
    """What the README's things may already be called: as in the one before, or as in the course."""
    return ours if base is None else base


def plan_of_new(
    reading: Reading, slug: str, title: str, coming: Documents, options: Options
) -> Plan:
    status = Status.PUBLISHED if options.publish else Status.DRAFT
    files = {
        name: data if name in {COURSE, NOTEBOOKS} else with_status(data, status)
        for name, data in coming.all.items()
    }
    return Plan(
        reading=reading,
        slug=slug,
        title=title,
        standing=Standing(),
        files=files,
        differences={},
        new=frozenset(coming.lessons),
        lesson_names=tuple(coming.lessons),
        publish=options.publish,
    )


def with_status(data: Document, status: str) -> Document:
    rest = {key: value for key, value in data.items() if key != "status"}
    return rest if status == Status.PUBLISHED else {**rest, "status": str(status)}


class Planner:
    """The README against a course that is there."""

    def __init__(
        self,
        reading: Reading,
        standing: Standing,
        base: Documents | None,
        named: Named,
        options: Options,
        progress: Progress | None,
    ) -> None:
        if standing.documents is None:
            raise ValueError("the course is not there")
        self.reading, self.standing, self.base = reading, standing, base
        self.ours, self.theirs, self.named = standing.documents, named.documents, named
        self.options, self.progress = options, progress
        self.files: dict[str, Document] = {}
        self.differences: dict[str, tuple[Difference, ...]] = {}
        self.conflicts: list[FileConflict] = []
        self.new: set[str] = set()
        self.left: list[str] = []

    def plan(self, slug: str, title: str, coming: Documents) -> Plan:
        for done, name in enumerate(self.theirs.lessons):
            if self.progress:
                self.progress(done, len(self.theirs.lessons))
            self.lesson(name)
        gone = self.gone()
        self.course(gone)
        base = self.base.notebooks if self.base else None
        took = self.options.take
        notebooks = merged_notebooks(base, self.ours.notebooks, self.theirs.notebooks, take=took)
        self.keep(NOTEBOOKS, self.ours.notebooks, notebooks)
        return Plan(
            reading=self.reading,
            slug=slug,
            title=title,
            standing=self.standing,
            files=self.files,
            differences=self.differences,
            new=frozenset(self.new),
            archived=tuple(gone),
            published=tuple(self.to_publish()),
            left_archived=tuple(self.left),
            moved=self.named.moved,
            renamings=tuple(renamings(self.base, self.theirs) if self.base else ()),
            conflicts=tuple(self.conflicts),
            names=names_of(coming, self.theirs),
            lesson_names=tuple(self.theirs.lessons),
            publish=self.options.publish,
        )

    def lesson(self, name: str) -> None:
        theirs = self.theirs.lessons[name]
        if name in self.ours.lessons and name not in self.standing.archived:
            base = self.base.lessons.get(name) if self.base else None
            merged = merged_lesson(base, self.ours.lessons[name], theirs, take=self.options.take)
            self.keep(file_of(name), self.ours.lessons[name], merged)
        elif name in self.standing.archived and not self.returns(name):
            self.left.append(name)
        else:
            self.new.add(name)
            status = Status.PUBLISHED if self.options.publish else Status.DRAFT
            self.files[file_of(name)] = with_status(self.with_what_was(name, theirs), status)

    def returns(self, name: str) -> bool:
        """Whether an archived lesson comes back: the last README had left it out, or it is told."""
        return self.options.take or (self.base is not None and name not in self.base.lessons)

    def with_what_was(self, name: str, theirs: Document) -> Document:
        """What editors said of a lesson that comes back out of the archive stays."""
        if name not in self.standing.archived or self.standing.course is None:
            return theirs
        before = stored.document(self.standing.course, file_of(name))
        return with_editors_part(theirs, before) if before else theirs

    def keep(self, file: str, ours: Document, merged: Merged) -> None:
        self.conflicts += [FileConflict(file, one) for one in merged.conflicts]
        if merged.document != ours:
            self.files[file] = merged.document
            self.differences[file] = compare(ours, merged.document)

    def gone(self) -> list[str]:
        """Lessons that left the README, and that no editor has changed."""
        found = []
        for name, before in self.base.lessons.items() if self.base else ():
            if name in self.theirs.lessons or name not in self.ours.lessons:
                continue
            ours = self.ours.lessons[name]
            if text_of(with_editors_part(before, ours)) == ours or self.options.take:
                found.append(name)
            else:
                conflict = Conflict((), ours["title"], None)
                self.conflicts.append(FileConflict(file_of(name), conflict))
        return [name for name in found if name not in self.standing.archived]

    def course(self, gone: list[str]) -> None:
        base = self.base.course if self.base else None
        archived = frozenset([*gone, *self.left])
        took = self.options.take
        merged = merged_course(
            base, self.ours.course, self.theirs.course, take=took, archived=archived
        )
        self.keep(COURSE, self.ours.course, merged)

    def to_publish(self) -> list[str]:
        """Drafts of earlier imports that readers are to get now."""
        if not self.options.publish:
            return []
        hidden = self.standing.published | self.standing.archived | self.standing.waiting
        return [
            name for name in self.theirs.lessons if name in self.ours.lessons and name not in hidden
        ]


def renamings(before: Documents, after: Documents) -> list[Renaming]:
    """Lessons and concepts that have another heading than they had."""
    found = []
    for name, data in after.lessons.items():
        old = before.lessons.get(name)
        if old is None:
            continue
        if old["title"] != data["title"]:
            found.append(Renaming("lesson", name, old["title"], data["title"]))
        names = {row["slug"]: row["name"] for row in old["concepts"]}
        found += [
            Renaming("concept", f"{name}#{row['slug']}", names[row["slug"]], row["name"])
            for row in data["concepts"]
            if names.get(row["slug"], row["name"]) != row["name"]
        ]
    return found
