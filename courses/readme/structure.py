"""Which heading is a part, a lesson, a list of notebooks, or beside the course.

Lessons are told by their numbers (`### 1. …`); where nothing is numbered, by bold concepts and
lists of references right below a heading. A part is the heading that lessons stand under.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from courses.readme import words
from courses.readme.inline import links_in
from courses.readme.prepared import Line

NUMBERED = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})*[.):：、]|\d{1,3}(?:\.\d{1,3})+|\d{1,3}\s[-–—])\s*(?=\S)"
)
NOTEBOOK_URL = re.compile(
    r"(colab\.research|\.ipynb(?:$|[?#])|kaggle\.com/code|nbviewer|mybinder|/notebooks/)"
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading at index `at`; its own lines go up to `direct`, all below it up to `end`."""

    at: int
    level: int
    title: str
    direct: int
    end: int


def roles_of(lines: Sequence[Line]) -> dict[int, str]:
    """A role for the index of each heading.

    They are title, part, lesson, both (a part that is one lesson), notebooks, category, aside,
    references, label, concept, heading and empty.
    """
    return Roles(lines).found


def sections_in(lines: Sequence[Line]) -> list[Section]:
    headings = [at for at, line in enumerate(lines) if line.kind == "heading"]
    ends = [len(lines)] * len(headings)
    opened: list[int] = []
    for place, at in enumerate(headings):
        while opened and lines[headings[opened[-1]]].level >= lines[at].level:
            ends[opened.pop()] = at
        opened.append(place)
    nexts = [*headings[1:], len(lines)]
    return [
        Section(at, lines[at].level, lines[at].text, direct, end)
        for at, direct, end in zip(headings, nexts, ends, strict=False)
    ]


class Roles:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.sections = sections_in(lines)
        self.rows = self.counted(is_notebook_row)
        self.signs = self.counted(is_sign_of_lesson)
        self.said = self.counted(lambda line: line.kind not in {"blank", "rule", "gone"})
        self.found: dict[int, str] = {}
        self.mark_beside()
        self.level = self.lesson_level()
        self.mark_lessons()
        self.mark_rest()

    def counted(self, wanted: Callable[[Line], bool]) -> list[int]:
        return [0, *accumulate(int(wanted(line)) for line in self.lines)]

    def mark_beside(self) -> None:
        """Lists of notebooks, what is about the README, and the names of lists."""
        until, inner = 0, ""
        for one in self.sections:
            if one.at < until:
                self.found[one.at] = inner
            elif role := self.beside(one):
                self.found[one.at] = role
                if role in {"aside", "notebooks"}:
                    until, inner = one.end, "category" if role == "notebooks" else "aside"

    def beside(self, one: Section) -> str:
        if words.is_aside(one.title):
            return "aside"
        if words.is_reference_label(one.title):
            return "references"
        if words.plain_label(one.title) in words.LABELS:
            return "label"
        rows = self.rows[one.end] - self.rows[one.at]
        signs = self.signs[one.end] - self.signs[one.at]
        named = words.plain_label(one.title) in words.NOTEBOOKS
        return "notebooks" if named or (one.level > 1 and rows and not signs) else ""

    @property
    def open(self) -> list[Section]:
        return [one for one in self.sections if one.at not in self.found]

    def lesson_level(self) -> int:
        numbered = Counter(one.level for one in self.open if NUMBERED.match(bare(one.title)))
        signed = Counter(
            one.level for one in self.open if self.signs[one.direct] > self.signs[one.at]
        )
        counts = numbered or signed
        # Where two levels have as many, the deeper one.
        return max(counts, key=lambda level: (counts[level], level)) if counts else 0

    def mark_lessons(self) -> None:
        parents: list[Section] = []
        only_top = [one for one in self.open if one.level == 1]
        for one in self.open:
            while parents and parents[-1].level >= one.level:
                parents.pop()
            if one.level == self.level:
                self.found[one.at] = "lesson"
                if parents:
                    self.mark_part(parents[-1], only_top)
            elif one.level < self.level:
                parents.append(one)

    def mark_part(self, parent: Section, only_top: list[Section]) -> None:
        is_title = only_top == [parent] and parent == self.sections[0]
        self.found[parent.at] = "title" if is_title else "part"

    def mark_rest(self) -> None:
        parts = self.counted_roles({"part", "lesson", "notebooks"})
        for one in self.open:
            if one.level > self.level > 0:
                full = self.said[one.direct] - self.said[one.at] > 1
                self.found[one.at] = "concept" if full else "heading"
            elif parts[one.end] - parts[one.at] or one.level == 1:
                self.found[one.at] = "title"
            else:
                signs = self.signs[one.end] - self.signs[one.at]
                self.found[one.at] = "both" if signs and self.level else "empty"

    def counted_roles(self, roles: set[str]) -> list[int]:
        marks = (int(self.found.get(at) in roles) for at in range(len(self.lines)))
        return [0, *accumulate(marks)]


def bare(title: str) -> str:
    return words.without_emoji(title)


def unnumbered(title: str) -> str:
    """`🧩 1. LLM Fundamentals` without picture and number."""
    plain = bare(title)
    found = NUMBERED.match(plain)
    return bare(plain[found.end() :]) if found else plain


def is_notebook_row(line: Line) -> bool:
    return line.kind == "row" and any(NOTEBOOK_URL.search(one.url) for one in links_in(line.text))


def is_sign_of_lesson(line: Line) -> bool:
    """A bold concept, or the name of a list of references."""
    if line.kind == "item":
        return line.text.startswith(("**", "__", "[**"))
    if line.kind == "heading":
        return words.is_reference_label(line.text)
    return line.kind == "text" and words.is_reference_label(line.text)
