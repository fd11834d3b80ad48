"""The fields of a form as a template draws them: names, values, labels, and what is wrong where."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quizzes.editor.nodes import Flag, Hidden, Node, Path, Pick, Rows, Sheet, Text, Words
from quizzes.editor.sending import split

# Rows to fill in that are in sight beside those that are filled in.
SPARE = 1


@dataclass(frozen=True, slots=True)
class Input:
    """`shape` is the template that draws it."""

    shape: str
    name: str
    value: str
    label: Words = ""
    hint: Words = ""
    checked: bool = False
    lines: int = 1
    short: bool = False
    decides: bool = False
    options: tuple[tuple[str, Words], ...] = ()
    errors: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"id_{self.name}-{self.value}" if self.shape == "one" else f"id_{self.name}"

    @property
    def called(self) -> str:
        return str(self.label)

    @property
    def template(self) -> str:
        return f"admin/quizzes/question/fields/{self.shape}.html"

    @property
    def described_by(self) -> str:
        said = [f"{self.id}_hint"] if self.hint else []
        return " ".join([*said, *([f"{self.id}_error"] if self.errors else [])])


@dataclass(frozen=True, slots=True)
class Row:
    """`spare`: nothing in it yet; `extra`: out of sight until asked for."""

    name: str
    label: str
    place: int
    inputs: tuple["Input | Table", ...]
    spare: bool
    extra: bool
    errors: tuple[str, ...]

    @property
    def id(self) -> str:
        return f"id_{self.name}"

    @property
    def called(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    heading: Words
    hint: Words
    rows: tuple[Row, ...]
    ordered: bool
    fixed: bool
    slim: bool
    errors: tuple[str, ...]
    template: str = "admin/quizzes/question/fields/rows.html"

    @property
    def id(self) -> str:
        return f"id_{self.name}"

    @property
    def called(self) -> str:
        return str(self.heading)

    @property
    def has_more(self) -> bool:
        return any(row.extra for row in self.rows)


Drawn = Input | Table
Errors = Sequence[tuple[Path, str]]


def draw(nodes: Iterable[Node], sheet: Sheet, prefix: str, errors: Errors) -> tuple[Drawn, ...]:
    """The fields with the sheet's values; an error stands at the nearest field of its path."""
    nodes = tuple(nodes)
    known = {(), *paths(nodes, sheet, ())}
    return tuple(
        drawn(nodes, sheet, prefix, (), [(nearest(at, known), said) for at, said in errors])
    )


def paths(nodes: Iterable[Node], sheet: Sheet, path: Path) -> Iterator[Path]:
    for node in nodes:
        here = (*path, node.name)
        if isinstance(node, Rows):
            yield here
            for at, row in enumerate(sheet.get(node.name) or ()):
                yield (*here, at)
                yield from paths(node.nodes_of(row), row, (*here, at))
        elif not isinstance(node, Hidden):
            yield here


def where(nodes: Iterable[Node], sheet: Sheet, prefix: str, path: Path) -> tuple[str, str]:
    """The id of the field that is nearest to `path`, and what it is called with its rows."""
    nodes = tuple(nodes)
    place, words = "", ""
    for part in drawn_at(draw(nodes, sheet, prefix, ()), path):
        place = part.id
        words = f"{words}, {part.called}" if words else part.called
    return place, words


def drawn_at(inputs: Iterable["Drawn"], path: Path) -> Iterator["Drawn | Row"]:
    """The field, or the row and the field in it, that `path` leads to."""
    found = (
        next((one for one in inputs if one.name.endswith(f"-{path[0]}")), None) if path else None
    )
    if isinstance(found, Table) and len(path) > 1 and int(path[1]) < len(found.rows):
        row = found.rows[int(path[1])]
        yield row
        yield from drawn_at(row.inputs, path[2:])
    elif found is not None:
        yield found


def nearest(path: Path, known: set[Path]) -> Path:
    while path not in known:
        path = path[:-1]
    return path


def drawn(
    nodes: Iterable[Node], sheet: Sheet, prefix: str, path: Path, errors: Errors
) -> Iterator[Drawn]:
    for node in nodes:
        here = (*path, node.name)
        said = tuple(message for at, message in errors if at == here)
        if isinstance(node, Rows):
            yield table(node, sheet.get(node.name) or [], f"{prefix}{node.name}", here, errors)
        else:
            yield field(node, sheet.get(node.name, ""), prefix, said)


def field(
    node: Text | Flag | Pick | Hidden, value: object, prefix: str, said: tuple[str, ...]
) -> Input:
    name = f"{prefix}{node.name}"
    match node:
        case Hidden():
            return Input("hidden", name, str(value))
        case Text():
            # A field of one line would lose the breaks.
            lines = max(node.lines, 2) if "\n" in str(value) else node.lines
            shape = "prose" if lines > 1 else "line"
            return Input(
                shape, name, str(value), node.label, node.hint,
                lines=lines, short=node.short, errors=said,
            )  # fmt: skip
        case Pick():
            shape = "radios" if node.open else "select"
            return Input(
                shape, name, str(value), node.label, node.hint,
                options=node.options, decides=node.decides, errors=said,
            )  # fmt: skip
    if node.alone:
        group, at = split(prefix)
        return Input("one", f"{group}{node.name}", at, node.label, node.hint, bool(value))
    return Input("flag", name, "on", node.label, node.hint, bool(value), errors=said)


def table(node: Rows, rows: Sequence[Sheet], name: str, path: Path, errors: Errors) -> Table:
    fixed = node.fields_of is not None
    blank: list[Sheet] = [] if fixed else [{} for _ in range(node.most - len(rows))]
    shown = max(len(rows) + SPARE, node.least)
    return Table(
        name,
        node.heading,
        node.hint,
        tuple(
            Row(
                f"{name}-{at}",
                str(node.label) % (at + 1),
                at + 1,
                tuple(drawn(node.nodes_of(row), row, f"{name}-{at}-", (*path, at), errors)),
                spare=at >= len(rows),
                extra=at >= shown,
                errors=tuple(said for place, said in errors if place == (*path, at)),
            )
            for at, row in enumerate([*rows, *blank])
        ),
        ordered=node.ordered,
        fixed=fixed,
        slim=len([one for one in node.fields if not isinstance(one, Hidden)]) == 1,
        errors=tuple(said for place, said in errors if place == path),
    )
