"""Documents as YAML, the way people write it in the course's files. Pure.

Each key has its style, so that a change of a word is a change of a line: paragraphs of Markdown as
blocks that keep their lines, short texts on a line, in quotes where the files have them. What is
written is read back; where YAML would change a text, the file says it in double quotes.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from courses.content.normal import normal
from courses.content.scalars import WIDTH, folded, inside_quotes, is_plain, line, literal, quoted

# Markdown of several lines.
BLOCK = frozenset(
    {"introduction", "body", "answer", "explanation", "model_answer", "task", "definition"}
)
# A sentence or two of plain text.
PROSE = frozenset({"summary", "note", "description"})
QUOTED = frozenset(
    {"title", "name", "url", "author", "author_url", "colab", "article", "homepage", "value"}
    | {"edition", "accepted", "absolute", "relative", "prompt", "term", "also"}
)
# Texts of answers stand on one line up to this width; they are many and short.
LONG = 180
ON_A_LINE = frozenset({"draws"})
# A short list of these stands on the line of its key.
IN_BRACKETS = frozenset({"needs", "also"})
BRACKETS = set(",[]{}")
Lines = Iterator[str]


def to_yaml(name: str, data: Mapping[str, Any]) -> str:
    """The text of the file `name` that says `data`, a sound document."""
    document = normal(name, data)
    for safe in (False, True):
        text = "".join(f"{one}\n" for one in mapping(document, "", safe=safe))
        if said_by(text) == document:
            return text
    raise ValueError(f"{name}: YAML cannot say this")


def said_by(text: str) -> Any:
    try:
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return None


def mapping(data: Mapping[str, Any], indent: str, *, safe: bool) -> Lines:
    """The lines of `data`; `safe`: each text is read back by itself, too."""
    for key, value in data.items():
        yield from entry(f"{indent}{key_of(key)}:", key, value, indent, safe=safe)


def key_of(key: str) -> str:
    """A key as it is written; ids such as `true` or `1` in quotes."""
    return line(str(key))


def entry(start: str, key: str, value: Any, indent: str, *, safe: bool) -> Lines:
    if isinstance(value, dict) and value:
        if key in ON_A_LINE:
            yield f"{start} {flow(value)}"
            return
        yield start
        yield from mapping(value, f"{indent}  ", safe=safe)
    elif isinstance(value, list) and value:
        if key in IN_BRACKETS and len(one_line := f"{start} {flow(value)}") <= WIDTH:
            yield one_line
            return
        yield start
        for item in value:
            yield from element(key, item, indent, safe=safe)
    else:
        yield f"{start} {scalar(key, value, start, indent, safe=safe)}"


def element(key: str, item: Any, indent: str, *, safe: bool) -> Lines:
    """One thing of a list, which stands as deep as its key."""
    if isinstance(item, dict) and item:
        if key in ON_A_LINE:
            yield f"{indent}- {flow(item)}"
            return
        first, *others = mapping(item, f"{indent}  ", safe=safe)
        yield f"{indent}- {first[len(indent) + 2 :]}"
        yield from others
    elif isinstance(item, list) and item:
        yield f"{indent}- {flow(item)}"
    else:
        yield f"{indent}- {scalar(key, item, f'{indent}-', indent, safe=safe)}"


def scalar(key: str, value: Any, start: str, indent: str, *, safe: bool) -> str:
    if not isinstance(value, str):
        return flow(value)
    written = styled(key, value, len(start), f"{indent}  ")
    if safe and said_by(f"text: {written}\n") != {"text": value}:
        return inside_quotes(value)
    return written


def styled(key: str, value: str, start: int, indent: str) -> str:
    """`start` is where the line of the key ends, `indent` that of the lines of a block."""
    if "\n" in value or key in BLOCK:
        return literal(value, indent)
    short = quoted(value) if key in QUOTED else line(value)
    wide = start + 1 + len(short)
    if wide <= (WIDTH if key in PROSE else LONG):
        return short
    return folded(value, indent)


def flow(value: Any) -> str:
    """Numbers, true and false, and what stands on one line in brackets."""
    if isinstance(value, dict):
        inner = ", ".join(f"{key_of(key)}: {flow(one)}" for key, one in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(flow(one) for one in value)}]"
    if isinstance(value, str):
        return value if is_plain(value) and not BRACKETS & set(value) else inside_quotes(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return re.sub(r"^(-?\d+)e", r"\1.0e", repr(value))  # YAML takes 1e+20 for a text
