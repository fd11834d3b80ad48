"""A sheet in words, for who only reads it, or compares two."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from quizzes.editor.nodes import Flag, Hidden, Node, Pick, Rows, Sheet


def told(nodes: Iterable[Node], sheet: Sheet, before: str = "") -> Iterator[str]:
    """`Answer 2, Right`, `Answer 2, Said to who chose it: Not so.`; nothing of what is empty."""
    for node in nodes:
        value = sheet.get(node.name)
        if isinstance(node, Rows):
            for number, row in enumerate(value or (), 1):
                yield from told(node.nodes_of(row), row, f"{before}{str(node.label) % number}, ")
        elif isinstance(node, Flag):
            yield from [f"{before}{node.label}"] if value else []
        elif value and not isinstance(node, Hidden):
            said = dict(node.options).get(value, value) if isinstance(node, Pick) else value
            yield _("%(field)s: %(text)s") % {"field": f"{before}{node.label}", "text": said}
