"""Notebooks as they are found: rows of tables and items of lists, and the headings above them."""

from collections.abc import Sequence
from dataclasses import replace

from courses.readme.inline import plain, shortened
from courses.readme.ledger import Ledger
from courses.readme.lessons import LONGEST_TITLE, TITLE_CUT
from courses.readme.outline import Notebook
from courses.readme.prepared import Line, is_delimiter
from courses.readme.references import references_in
from courses.readme.tables import notebook_of

MOST_NOTEBOOKS, LONGEST_CATEGORY = 1_000, 80
BEYOND = "beyond the bounds of one course"
# The lesson that a notebook stands in, (part, lesson) from 0, or None.
Place = tuple[int, int] | None


class Shelf:
    def __init__(self, lines: Sequence[Line], ledger: Ledger) -> None:
        self.lines, self.ledger = lines, ledger
        self.books: list[Notebook] = []
        self.category = ""
        self.headings: list[tuple[int, str]] = []

    def begin(self, line: Line) -> None:
        """A heading: what comes is of its category."""
        self.category = shortened(line.text, LONGEST_CATEGORY)
        self.headings.append((line.number, self.category))

    def drop_empty(self) -> None:
        """Headings under which nothing came."""
        used = {book.category for book in self.books}
        for number, category in self.headings:
            if category not in used:
                self.ledger.drop(number, "no notebook stands right below this heading")

    def take_row(self, at: int, *, first: bool, category: str, place: Place) -> None:
        """The line `at` is a row of a table; the `first` of it may be its head."""
        line = self.lines[at]
        head = first and at + 1 < len(self.lines) and is_delimiter(self.lines[at + 1].source)
        if head or is_delimiter(line.source):
            self.ledger.drop(line.number, "the head of a table: its columns became fields")
            return
        self.add(
            line, notebook_of(line.text, shortened(category, LONGEST_CATEGORY), line.number), place
        )

    def take_item(self, line: Line) -> None:
        """An item of a list with a link in it."""
        one = references_in(line.text)[0]
        row = f"{plain(one.title).replace('|', '/')} | {plain(one.note).replace('|', '/')}"
        self.add(
            line, notebook_of(f"{row} | [Notebook]({one.url})", self.category, line.number), None
        )

    def add(self, line: Line, book: Notebook | None, place: Place) -> None:
        if book is None or len(self.books) >= MOST_NOTEBOOKS:
            self.ledger.drop(line.number, "a row without a title" if book is None else BEYOND)
            return
        title = shortened(book.title, LONGEST_TITLE)
        self.books.append(replace(book, title=title, lesson=place))
        cut = [TITLE_CUT] if len(book.title) > LONGEST_TITLE else []
        self.ledger.keep(line.number, f"notebook “{shortened(book.title, 60)}”", cut)
