"""Reading what an author wrote, with errors that name the field: `options[2].text: …`.

Every reader is total: it answers with the value or raises PayloadError, whatever it is given.
"""

import re
from collections.abc import Collection, Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.markdown import MarkdownError, render

Path = tuple[str | int, ...]

MAX_TEXT = 4_000
ID = re.compile(r"[a-z0-9-]{1,20}")
UNSTORABLE = re.compile("[\0\ud800-\udfff]")

# A payload's fields as the form of choices calls them.
FIELDS: dict[str | int, Promise] = {
    "text": gettext_lazy("text"),
    "right": gettext_lazy("right"),
    "feedback": gettext_lazy("what is said to who chose it"),
}
# Its lists, and what one of them is called; all else is called as in the files.
ROWS: dict[str | int, Promise] = {
    "options": gettext_lazy("Answer %d"),
    "items": gettext_lazy("Item %d"),
    "left": gettext_lazy("Left %d"),
    "right": gettext_lazy("Right %d"),
    "accepted": gettext_lazy("Accepted answer %d"),
    "mistakes": gettext_lazy("Mistake %d"),
    "criteria": gettext_lazy("Criterion %d"),
}


class PayloadError(ValueError):
    """A payload that its kind cannot use; `path` leads to the field, indices from 0."""

    def __init__(self, path: Path, message: str) -> None:
        self.path = path
        self.message = message
        super().__init__(f"{dotted(path)}: {message}" if path else message)

    def in_words(self) -> str:
        """The message and its place as an editor counts: `Answer 2, feedback: …`."""
        match self.path:
            case ("options",):
                return self.message
            case ("options", int(), *_rest):
                names = FIELDS
            case _:
                names = {}
        place = ", ".join(steps_in_words(self.path, names))
        return f"{place}: {self.message}" if place else self.message


def steps_in_words(path: Path, names: dict[str | int, Promise]) -> Iterator[str]:
    """`("mistakes", 0, "text")` as `Mistake 1`, `text`."""
    for at, step in enumerate(path):
        following = path[at + 1] if at + 1 < len(path) else None
        if isinstance(step, str) and not (isinstance(following, int) and step in ROWS):
            yield str(names.get(step, step))
        elif isinstance(step, int) and at and path[at - 1] in ROWS:
            yield str(ROWS[path[at - 1]]) % (step + 1)
        elif isinstance(step, int):
            yield str(step + 1)


def dotted(path: Path) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def mapping(
    value: object, path: Path, *, required: Collection[str], optional: Collection[str] = ()
) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise PayloadError(path, _("Expected a mapping of fields."))
    for key in value:
        if key not in required and key not in optional:
            raise PayloadError(path, _("There is no field “%s”.") % (key,))
    for key in required:
        if key not in value:
            raise PayloadError((*path, key), _("This field is missing."))
    return value


def rows(value: object, path: Path, *, least: int, most: int) -> list[Any]:
    if not isinstance(value, list) or not least <= len(value) <= most:
        message = _("Give a list of %(least)d to %(most)d.") % {"least": least, "most": most}
        raise PayloadError(path, message)
    return value


def flag(value: object, path: Path) -> bool:
    if not isinstance(value, bool):
        raise PayloadError(path, _("Say true or false."))
    return value


def text(value: object, path: Path, *, blank: bool = False) -> str:
    if not isinstance(value, str):
        raise PayloadError(path, _("Expected text; put numbers in quotation marks."))
    if not blank and not value.strip():
        raise PayloadError(path, _("Write something here."))
    if len(value) > MAX_TEXT:
        raise PayloadError(path, _("The text is over %d characters long.") % MAX_TEXT)
    if not storable(value):
        raise PayloadError(path, _("The text has a character that cannot be stored."))
    return value


def optional_text(fields: dict[str, Any], name: str, path: Path) -> str:
    return text(fields.get(name, ""), (*path, name), blank=True)


def identity(value: object, path: Path) -> str:
    """The id of a thing to choose, to order or to fill in."""
    name = text(value, path)
    if not ID.fullmatch(name):
        raise PayloadError(path, _("Use 1 to 20 small letters, digits and hyphens."))
    return name


def storable(value: str) -> bool:
    """Neither NUL nor half a surrogate pair: no database keeps those."""
    return UNSTORABLE.search(value) is None


def check_markdown(source: str, path: Path) -> None:
    try:
        render(source, strict=True)
    except MarkdownError as error:
        raise PayloadError(path, str(error)) from error
