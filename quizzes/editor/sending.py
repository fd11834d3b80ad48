"""Sheets out of what a browser sent, and what it would send of a sheet."""

from collections.abc import Iterable, Mapping

from quizzes.editor.nodes import Flag, Node, Rows, Sheet, is_filled

LAST = 999


def read(nodes: Iterable[Node], data: Mapping[str, str], prefix: str) -> Sheet:
    """Rows left empty are dropped, and ordered ones stand in their order.

    Each row keeps as `at` the number that it was sent under. Total, whatever was sent.
    """
    sheet: Sheet = {}
    for node in nodes:
        if isinstance(node, Rows):
            sheet[node.name] = read_rows(node, data, f"{prefix}{node.name}-")
        elif isinstance(node, Flag):
            sheet[node.name] = f"{prefix}{node.name}" in data or is_the_one(node, data, prefix)
        else:
            sheet[node.name] = one_break(data.get(f"{prefix}{node.name}", ""))
    return sheet


def read_rows(node: Rows, data: Mapping[str, str], prefix: str) -> list[Sheet]:
    rows = []
    for at in range(node.most):
        row = read(node.fields, data, f"{prefix}{at}-") | {"at": at}
        if is_filled(node, row):
            rows.append((place(data.get(f"{prefix}{at}-position"), at), at, row))
    return [row for _place, _at, row in (sorted(rows, key=lambda one: one[:2]))]


def place(sent: str | None, at: int) -> int:
    known = sent and sent.isascii() and sent.isdigit() and len(sent) < len(str(LAST)) + 1
    return int(sent) if known and sent else at + 1


def is_the_one(node: Flag, data: Mapping[str, str], prefix: str) -> bool:
    """Where only one row is ticked, the group says which: `…options-right` is `2`."""
    group, at = split(prefix)
    return data.get(f"{group}{node.name}") == at


def split(prefix: str) -> tuple[str, str]:
    """`payload-options-2-` as `payload-options-` and `2`."""
    group, _, at = prefix.removesuffix("-").rpartition("-")
    return f"{group}-", at


def one_break(text: str) -> str:
    """Lines end with one character, whatever the browser sent."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def sent(nodes: Iterable[Node], sheet: Sheet, prefix: str) -> dict[str, str]:
    """What a browser sends of a form with this sheet in it; `read` takes it back."""
    data: dict[str, str] = {}
    for node in nodes:
        value = sheet.get(node.name, "")
        if isinstance(node, Rows):
            for at, row in enumerate(value or ()):
                data |= sent(node.nodes_of(row), row, f"{prefix}{node.name}-{at}-")
                if node.ordered:
                    data[f"{prefix}{node.name}-{at}-position"] = str(at + 1)
        elif isinstance(node, Flag):
            data |= sent_flag(node, prefix) if value else {}
        else:
            data[f"{prefix}{node.name}"] = broken(str(value))
    return data


def sent_flag(node: Flag, prefix: str) -> dict[str, str]:
    group, at = split(prefix)
    return {f"{group}{node.name}": at} if node.alone else {f"{prefix}{node.name}": "on"}


def broken(text: str) -> str:
    return one_break(text).replace("\n", "\r\n")
