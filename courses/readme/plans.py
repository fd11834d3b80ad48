"""What an import would do, as a value."""

from dataclasses import dataclass, field

from courses.changes.comparing import Difference
from courses.content.normal import Document
from courses.readme.merging import Conflict
from courses.readme.naming import Names
from courses.readme.reading import Reading
from courses.readme.standing import Standing


@dataclass(frozen=True, slots=True)
class Options:
    """`slug` and `title` of the course, empty: as the README says; who wins; and for readers?"""

    filename: str = "README.md"
    slug: str = ""
    title: str = ""
    take: bool = False
    publish: bool = False


@dataclass(frozen=True, slots=True)
class FileConflict:
    file: str
    conflict: Conflict


@dataclass(frozen=True, slots=True)
class Renaming:
    """Something that goes by another heading in the README now; its address stays."""

    kind: str
    address: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Plan:
    """`files` are the documents to write, by name; `differences` those of each against now."""

    reading: Reading
    slug: str
    title: str
    standing: Standing
    files: dict[str, Document]
    differences: dict[str, tuple[Difference, ...]]
    new: frozenset[str] = frozenset()
    archived: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    left_archived: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    renamings: tuple[Renaming, ...] = ()
    conflicts: tuple[FileConflict, ...] = ()
    names: Names = field(default_factory=dict)
    # The course's names of the README's lessons, in its order; and whether readers get them.
    lesson_names: tuple[str, ...] = ()
    publish: bool = False

    @property
    def changes_nothing(self) -> bool:
        return not self.files and not self.published and self.standing.course is not None
