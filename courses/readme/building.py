"""Prepared lines to an outline: each goes to the part, lesson or list that it stands in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from courses.readme import words
from courses.readme.concepts import named_in
from courses.readme.inline import links_in, plain, shortened
from courses.readme.ledger import Ledger
from courses.readme.lessons import LONGEST_TITLE, TITLE_CUT, LessonBuilder
from courses.readme.outline import Outline, Part
from courses.readme.prepared import Line
from courses.readme.references import references_in
from courses.readme.shelf import BEYOND, Place, Shelf
from courses.readme.structure import is_notebook_row, roles_of, unnumbered
from courses.readme.tidying import attribute

MOST_PARTS, MOST_LESSONS = 60, 400
LONGEST_SUMMARY = 2_000
OPTIONAL = re.compile(
    r"\b(optional|opcional|optionnel|facultatif|opzionale)\b|可选|可選|選修|任意|선택"
)
DROPPED = {
    "top": "before the first part, and no introduction of the course",
    "notebooks": "around the tables of notebooks",
    "aside": "about the README, and not of the course",
    "empty": "in a section that holds no lessons",
    "full": BEYOND,
}
HEADING = {
    "aside": "a section about the README, and not of the course",
    "empty": "a section that holds no lessons",
    "full": f"a course has {MOST_LESSONS} lessons in {MOST_PARTS} parts at most",
}


@dataclass(slots=True)
class GrowingPart:
    title: str
    line: int
    words: list[str] = field(default_factory=list)
    optional: bool = False
    lessons: list[LessonBuilder] = field(default_factory=list)
    # The lines of the README that tell of it.
    lines: list[int] = field(default_factory=list)


class Builder:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines, self.ledger = lines, Ledger(len(lines))
        self.roles = roles_of(lines)
        self.title, self.zone = "", "top"
        self.summary: list[str] = []
        self.summary_ended = False
        self.optional_names: set[str] = set()
        self.parts: list[GrowingPart] = []
        self.lesson: LessonBuilder | None = None
        self.shelf = Shelf(lines, self.ledger)
        self.lesson_count = 0
        self.in_rows = ""
        self.row = 0

    def build(self) -> Outline:
        for at, line in enumerate(self.lines):
            if line.kind != "row":
                self.in_rows = ""
            self.take(at, line)
        self.drop_empty()
        parts = tuple(self.part_of(part) for part in self.parts if part.lessons)
        summary = shortened(" ".join(self.summary), LONGEST_SUMMARY)
        return Outline(self.title, summary, parts, tuple(self.shelf.books))

    def drop_empty(self) -> None:
        """Headings under which nothing came."""
        for part in self.parts:
            if not part.lessons:
                for number in part.lines:
                    self.ledger.drop(number, DROPPED["empty"])
        self.shelf.drop_empty()

    def part_of(self, part: GrowingPart) -> Part:
        optional = part.optional or words.plain_label(part.title) in self.optional_names
        summary = shortened(" ".join(part.words), LONGEST_SUMMARY)
        lessons = tuple(lesson.built() for lesson in part.lessons)
        return Part(part.title, summary, optional, lessons, part.line)

    def take(self, at: int, line: Line) -> None:
        """One line to where it belongs; what is of no part is accounted for here."""
        if line.kind == "blank":
            self.ledger.blank(line.number)
            if self.zone == "lesson" and self.lesson:
                self.lesson.end_callout()
                self.lesson.take_blank(line)
                self.lesson.after_blank = True
            self.summary_ended |= bool(self.summary) and self.is_after_list(at)
        elif line.kind == "gone":
            self.gone(line)
        elif line.kind == "rule":
            self.ledger.drop(line.number, "a rule between sections")
        elif line.kind == "heading":
            self.heading(at, line)
        elif line.kind == "row":
            self.rows(at, line)
        else:
            self.words_of(line)

    def is_after_list(self, at: int) -> bool:
        return at > 0 and self.lines[at - 1].kind == "item"

    def gone(self, line: Line) -> None:
        if not self.title and self.zone == "top" and "<img" in line.source[:2000]:
            self.title = words.without_emoji(attribute(line.source, "alt").replace("%20", " "))
            self.title = shortened(self.title, LONGEST_TITLE)
            if self.title:
                self.ledger.keep(line.number, "title", ["the words of a picture"])
                return
        self.ledger.drop(line.number, line.why)

    def heading(self, at: int, line: Line) -> None:
        role = self.roles.get(at, "empty")
        title = shortened(unnumbered(line.text), LONGEST_TITLE)
        line = replace(line, text=title)
        if role in {"references", "label", "concept", "heading"} and self.zone == "lesson":
            self.within_lesson(role, line)
        elif not title:
            self.ledger.drop(line.number, "a heading without words")
        elif role in {"part", "both", "lesson"}:
            self.begin(role, line)
        elif role == "title":
            self.begin_title(line)
        elif role in {"notebooks", "category"}:
            self.begin_notebooks(line)
        else:
            self.zone = role if role in {"aside", "empty"} else self.zone
            self.ledger.drop(line.number, HEADING.get(role, DROPPED.get(self.zone, role)))

    def within_lesson(self, role: str, line: Line) -> None:
        if self.lesson is None:
            return
        self.lesson.end_callout()
        if role == "references":
            self.lesson.begin_references(line)
        elif role == "concept":
            self.lesson.begin_concept(line)
        elif role == "heading":
            self.lesson.take_heading(line)
        else:
            self.lesson.in_references = False
            self.ledger.drop(line.number, "a label: its list says it")

    def begin_title(self, line: Line) -> None:
        self.zone = "top"
        if self.title:
            self.ledger.drop(line.number, "a heading above the parts; the title stands before")
            return
        self.title = line.text
        self.ledger.keep(line.number, "title", changes_of(line))

    def begin_notebooks(self, line: Line) -> None:
        self.zone = "notebooks"
        self.shelf.begin(line)
        what = f"category “{self.shelf.category}” of notebooks"
        self.ledger.keep(line.number, what, changes_of(line))

    def begin(self, role: str, line: Line) -> None:
        full = self.lesson_count >= MOST_LESSONS or (
            role != "lesson" and len(self.parts) >= MOST_PARTS
        )
        if full:
            self.zone = "full"
            self.ledger.drop(line.number, HEADING["full"])
            return
        what = []
        if role in {"part", "both"}:
            self.parts.append(GrowingPart(line.text, line.number))
            self.zone = "part"
            self.parts[-1].optional = bool(OPTIONAL.search(line.text.casefold()))
            self.parts[-1].lines.append(line.number)
            what.append(f"part “{shortened(line.text, 60)}”")
        if role in {"lesson", "both"}:
            self.begin_lesson(line)
            what.append(f"lesson “{shortened(line.text, 60)}”")
        self.ledger.keep(line.number, " and ".join(what), changes_of(line))

    def begin_lesson(self, line: Line) -> None:
        if not self.parts:
            self.parts.append(GrowingPart("", 0))
        self.zone = "lesson"
        self.lesson_count += 1
        self.lesson = LessonBuilder(line.text, line.number, self.ledger)
        self.parts[-1].lessons.append(self.lesson)

    def rows(self, at: int, line: Line) -> None:
        """Rows of a table: notebooks, or part of a lesson's text."""
        if not self.in_rows:
            end = at
            while end < len(self.lines) and self.lines[end].kind == "row":
                end += 1
            books = self.zone == "notebooks" or any(map(is_notebook_row, self.lines[at:end]))
            beside = self.zone in {"aside", "empty", "full"}
            self.in_rows, self.row = ("notebooks" if books and not beside else "text"), 0
        self.row += 1
        if self.in_rows == "text":
            self.words_of(line)
        else:
            first, category = self.row == 1, self.category_here()
            self.shelf.take_row(at, first=first, category=category, place=self.lesson_here())

    def category_here(self) -> str:
        if self.zone == "notebooks":
            return self.shelf.category
        if self.zone == "lesson" and self.lesson:
            return self.lesson.title
        return self.parts[-1].title if self.zone == "part" else "Notebooks"

    def lesson_here(self) -> Place:
        if self.zone != "lesson":
            return None
        return len(self.parts) - 1, len(self.parts[-1].lessons) - 1

    def words_of(self, line: Line) -> None:
        if self.zone == "lesson" and self.lesson is not None:
            self.lesson.take(line)
        elif self.zone == "part":
            self.about_part(line)
        elif self.zone == "notebooks" and line.kind == "item" and references_in(line.text):
            self.shelf.take_item(line)
        elif self.zone == "top" and not self.parts:
            self.about_course(line)
        else:
            self.ledger.drop(line.number, DROPPED.get(self.zone, DROPPED["empty"]))

    def about_part(self, line: Line) -> None:
        part = self.parts[-1]
        part.optional |= bool(OPTIONAL.search(line.text.casefold()))
        text = plain(line.text)
        if line.kind in {"summary", "code", "row"} or not text:
            self.ledger.drop(line.number, "above the lessons of a part, and not its introduction")
            return
        part.words.append(text)
        part.lines.append(line.number)
        plainer = ["plain words, without marks and addresses"] if text != line.text else []
        self.ledger.keep(line.number, f"summary of “{shortened(part.title, 60)}”", plainer)

    def about_course(self, line: Line) -> None:
        if line.kind == "item" and OPTIONAL.search(line.text.casefold()):
            named = named_in(line.text)
            self.optional_names |= {words.plain_label(named.name)} if named else set()
        text = own_words(line)
        ended = self.summary_ended or line.kind in {"quote", "summary", "code", "row"}
        if ended or len(text) < 20 or (line.kind == "item" and not self.summary):
            self.ledger.drop(line.number, DROPPED["top"])
            return
        self.summary.append(text)
        plainer = ["plain words, without marks and addresses"] if text != line.text else []
        self.ledger.keep(line.number, "summary of the course", plainer)


def own_words(line: Line) -> str:
    """The words of a line; where it holds pictures, without its links, which belong to them."""
    if "<" not in line.source and "![" not in line.source:
        return words.without_emoji(plain(line.text))
    pieces, at = [], 0
    for link in links_in(line.text):
        pieces.append(line.text[at : link.start])
        at = link.end
    return words.without_emoji(plain("".join([*pieces, line.text[at:]])))


def changes_of(line: Line) -> list[str]:
    """What differs between a heading's line and its title."""
    marks = line.source.strip().lstrip("#").strip().rstrip("#").strip()
    if marks == line.text:
        return []
    return [TITLE_CUT] if line.text.endswith("…") else ["without its number, picture and marks"]
