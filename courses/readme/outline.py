"""What was found in a README: parts, lessons, concepts, references, notebooks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Concept:
    name: str
    body: str
    line: int


@dataclass(frozen=True, slots=True)
class Reference:
    title: str
    url: str
    kind: str
    line: int
    author: str = ""
    author_url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    title: str
    introduction: str
    concepts: tuple[Concept, ...]
    references: tuple[Reference, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    summary: str
    optional: bool
    lessons: tuple[Lesson, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Notebook:
    """`lesson` is the place of its lesson, (part, lesson) from 0, where it stands in one."""

    category: str
    title: str
    line: int
    description: str = ""
    colab: str = ""
    article: str = ""
    homepage: str = ""
    lesson: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    title: str
    summary: str
    parts: tuple[Part, ...]
    notebooks: tuple[Notebook, ...]

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        return tuple(lesson for part in self.parts for lesson in part.lessons)
