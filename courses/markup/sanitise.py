"""The one allow-list. Everything that a browser gets from an author went through `clean`."""

from bleach.sanitizer import Cleaner

from courses.markup import code

TAGS = frozenset(
    (
        "a abbr aside blockquote br code dd del div dl dt em figcaption figure h3 h4 h5 h6 hr img "
        "li ol p pre span strong sub sup table tbody td th thead tr ul"
    ).split()
)
CLASSES = frozenset(
    {"arithmatex", "callout", "code", "data", "fig", "footnote", "footnote-backref", "footnote-ref"}
    | {"scroller", *code.CLASSES.values()}
)
PLAIN = {
    "a": {"href", "title", "rel", "id"},
    "abbr": {"title"},
    "aside": {"aria-label", "role"},
    "div": {"tabindex", "role", "aria-label"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "li": {"id"},
    "ol": {"start"},
    "pre": {"tabindex", "role", "aria-label"},
    "sup": {"id"},
    **{f"h{level}": {"id"} for level in range(3, 7)},
}
VALUES = {
    "loading": {"lazy"},
    "data-kind": {"tip", "caution"},
    "tabindex": {"0"},
    "role": {"group", "note"},
    "rel": {"noopener"},
}


def allowed(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return set(value.split()) <= CLASSES
    if name in VALUES and value not in VALUES[name]:
        return False
    return name in PLAIN.get(tag, ()) or (tag == "aside" and name == "data-kind")


def clean(html: str) -> str:
    """`html` with nothing but the tags, attributes, classes and protocols on the list."""
    # A Cleaner holds the tree it works on: shared by threads, it would mix their texts.
    cleaner = Cleaner(
        tags=TAGS, attributes=allowed, protocols={"http", "https", "mailto"}, strip=False
    )
    return str(cleaner.clean(html))
