"""One lesson, taken in line by line: introduction, concepts, references."""

from dataclasses import dataclass, field, replace

from courses.content.schema import MOST_CONCEPTS, MOST_REFERENCES
from courses.readme import words
from courses.readme.concepts import Named, named_in
from courses.readme.inline import shortened
from courses.readme.kinds import kind_of
from courses.readme.ledger import Ledger
from courses.readme.outline import Concept, Lesson, Reference
from courses.readme.prepared import Line, has_address
from courses.readme.references import Found, references_in
from courses.readme.texts import Piece, Text, fitted

LONGEST_TITLE = 200
TITLE_CUT = f"the title is cut at {LONGEST_TITLE} characters"
MOVED = "it stood behind the concepts, and is in the introduction now"
NO_ADDRESS = "no address to open: it is in the introduction, and no reference"
UNNAMED = "no list of references was announced"


@dataclass(slots=True)
class Growing:
    """A concept that may still grow: `base` is its indent, `wide` if it began as a heading."""

    name: str
    line: int
    base: int = 0
    wide: bool = False
    text: Text = field(default_factory=Text)


class LessonBuilder:
    def __init__(self, title: str, number: int, ledger: Ledger) -> None:
        self.title, self.number, self.ledger = title, number, ledger
        self.introduction = Text()
        self.concepts: list[Growing] = []
        self.references: dict[str, Reference] = {}
        self.in_references = False
        self.after_blank = True
        self.callout = False
        self.current: Growing | None = None

    def take(self, line: Line) -> None:
        if line.kind != "quote":
            self.end_callout()
        getattr(self, f"take_{line.kind}")(line)
        self.after_blank = False

    def take_blank(self, line: Line) -> None:
        self.target(line).blank()

    def take_code(self, line: Line) -> None:
        self.keep(line, self.target(line), Piece("code", line.text))

    def take_row(self, line: Line) -> None:
        self.keep(line, self.target(line), Piece("row", line.text), line.notes)

    def take_summary(self, line: Line) -> None:
        if words.FOLDS.search(line.text.casefold()) or not line.text:
            self.ledger.drop(line.number, "the handle of a collapsed section: all is open here")
            return
        changes = ("the handle of a collapsed section became a line of its text",)
        self.keep(line, self.target(line), Piece("text", f"**{line.text}**"), changes)

    def take_quote(self, line: Line) -> None:
        """GitHub's `> [!NOTE]` becomes a callout of ours; other quotes stay quotes."""
        text = self.target(line)
        kind = line.text.strip().strip("[]!").casefold()
        if line.text.strip().startswith("[!"):
            self.end_callout()
            self.callout = True
            ours = {"tip": "tip", "warning": "caution", "caution": "caution"}.get(kind, "note")
            text.blank()
            changes = (f"a note of GitHub’s became a callout: {kind[:20]}",)
            self.keep(line, text, Piece("text", f":::{ours}"), changes)
            return
        mark = "" if self.callout else "> "
        self.keep(line, text, Piece("text", (mark + line.text).rstrip()), line.notes)

    def end_callout(self) -> None:
        if self.callout:
            text = self.current.text if self.current else self.introduction
            text.pieces.append(Piece("text", ":::"))
            text.blank()
            self.callout = False

    def take_heading(self, line: Line) -> None:
        """A heading within the lesson that names nothing of its own."""
        text = self.target(line)
        text.blank()
        self.keep(line, text, Piece("text", f"### {line.text}"))
        text.blank()

    def begin_concept(self, line: Line) -> None:
        self.in_references = False
        self.start(line, Named(line.text, ""), wide=True)

    def begin_references(self, line: Line) -> None:
        self.in_references = True
        self.current = None
        self.ledger.keep(line.number, "where the references begin")

    def take_text(self, line: Line) -> None:
        if words.is_reference_label(line.text):
            self.begin_references(line)
            return
        head, colon, rest = line.text.partition(":")
        if colon and has_address(rest) and words.is_reference_label(head + colon):
            self.begin_references(line)
            self.refer(line, rest)
            return
        if self.in_references and self.continues(line):
            self.lengthen(line)
            return
        if not self.in_references and (named := named_in(line.text, colon=True)):
            self.start(line, named, wide=True)
            return
        self.in_references = False
        self.say(line, Piece("text", line.text, self.depth(line)))

    def take_item(self, line: Line) -> None:
        if self.in_references:
            self.refer(line, line.text)
            return
        nested = self.current is not None and line.indent > self.current.base + 1
        if self.current is None or not nested or self.current.wide:
            if named := named_in(line.text):
                self.start(line, named, base=line.indent)
                return
            if line.text.startswith("[") and references_in(line.text) and not nested:
                self.refer(line, line.text, UNNAMED)
                return
        if not nested and self.current and not self.current.wide:
            self.current = None
        self.say(line, Piece("item", line.text, self.depth(line), line.ordered))

    def start(self, line: Line, named: Named, *, base: int = 0, wide: bool = False) -> None:
        if len(self.concepts) >= MOST_CONCEPTS:
            self.ledger.drop(line.number, f"the lesson has {MOST_CONCEPTS} concepts already")
            return
        changes = [*line.notes, *named.changes]
        if len(named.name) > LONGEST_TITLE:
            changes.append(TITLE_CUT)
        self.current = Growing(shortened(named.name, LONGEST_TITLE), line.number, base, wide)
        self.concepts.append(self.current)
        if named.text:
            self.current.text.add(line.number, Piece("text", named.text))
        self.ledger.keep(line.number, f"concept “{shortened(named.name, 60)}”", changes)

    def say(self, line: Line, piece: Piece) -> None:
        """Text of the current concept, or of the introduction."""
        text = self.target(line)
        late = text is self.introduction and bool(self.concepts or self.references)
        if late and self.after_blank:
            text.blank()
        self.keep(line, text, piece, [*line.notes, *([MOVED] if late else [])])

    def keep(
        self, line: Line, text: Text, piece: Piece, changes: tuple[str, ...] | list[str] = ()
    ) -> None:
        text.add(line.number, piece)
        if text is self.introduction:
            what = "introduction"
        else:
            what = f"text of “{shortened(self.concepts[-1].name, 60)}”"
        self.ledger.keep(line.number, what, changes)

    def target(self, line: Line) -> Text:
        """Where a line of text belongs: to the concept it follows or is indented under."""
        if self.current is None or self.in_references:
            return self.introduction
        inside = self.current.wide or line.indent > self.current.base + 1
        if inside or not self.after_blank or line.kind == "blank":
            return self.current.text
        self.current = None
        return self.introduction

    def depth(self, line: Line) -> int:
        base = self.current.base + 2 if self.current and not self.current.wide else 0
        return max(0, line.indent - base)

    def continues(self, line: Line) -> bool:
        return bool(self.references) and (line.indent > 0 or not self.after_blank)

    def lengthen(self, line: Line) -> None:
        """One more line of the note of the last reference."""
        url, last = next(reversed(self.references.items()))
        note = f"{last.note} {line.text}".strip()
        self.references[url] = replace(last, note=fitted(note)[0])
        self.ledger.keep(line.number, f"note of “{shortened(last.title, 60)}”", line.notes)

    def refer(self, line: Line, text: str, *changes: str) -> None:
        found = references_in(text)
        if not found:
            self.introduction.blank()
            piece = Piece("item", text.strip(), 0)
            self.introduction.add(line.number, piece)
            self.ledger.keep(line.number, "introduction", [*line.notes, NO_ADDRESS])
            return
        twice = [one for one in found if one.url in self.references]
        new = [one for one in found if one.url not in self.references]
        if len(self.references) + len(new) > MOST_REFERENCES:
            why = f"the lesson has {MOST_REFERENCES} references already"
            self.ledger.drop(line.number, why)
            return
        for one in new:
            self.references.setdefault(one.url, self.reference(one, line.number))
        self.account(line, new, twice, [*line.notes, *changes])

    def account(self, line: Line, new: list[Found], twice: list[Found], changes: list[str]) -> None:
        again = [f"{one.url} stands in this lesson already" for one in twice]
        if not new:
            self.ledger.drop(line.number, "; ".join(again))
            return
        kinds = ", ".join(self.references[one.url].kind for one in new)
        titles = "”, “".join(shortened(one.title, 60) for one in new)
        what = f"reference “{titles}” ({kinds}, as guessed)"
        cut = [TITLE_CUT] if any(len(one.title) > LONGEST_TITLE for one in new) else []
        notes = [note for one in new for note in fitted(one.note)[1]]
        self.ledger.keep(line.number, what, [*changes, *again, *cut, *notes])

    def reference(self, one: Found, number: int) -> Reference:
        return Reference(
            shortened(one.title, LONGEST_TITLE),
            one.url,
            kind_of(one.url, one.title, one.note),
            number,
            shortened(one.author, LONGEST_TITLE),
            one.author_url,
            fitted(one.note)[0],
        )

    def built(self) -> Lesson:
        self.end_callout()
        introduction = self.written(self.introduction)
        concepts = tuple(
            Concept(one.name, self.written(one.text), one.line) for one in self.concepts
        )
        references = tuple(self.references.values())
        return Lesson(self.title, introduction, concepts, references, self.number)

    def written(self, text: Text) -> str:
        markdown = text.markdown()
        for note in text.notes:
            self.ledger.add(text.lines, note)
        return markdown
