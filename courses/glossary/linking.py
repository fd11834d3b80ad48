"""Links from the text of a lesson to the glossary. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import islice

from courses.changes.html import INLINE, TAG, VOID

# No link stands in these: headings, code, formulas, links, captions, heads of tables, and what is
# explained or gone already.
SKIPPED = frozenset("a abbr caption code del figcaption h1 h2 h3 h4 h5 h6 math pre svg th".split())
# A reader sees one word across these.
WITHIN_WORDS = INLINE - {"br", "img", "math", "svg"}
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
LINK = re.compile(r'<a class="term" href="([^"]*)">(.*?)</a>', re.S)
# What joins a word to its neighbour: “self-attention” is not “attention”.
HYPHENS = frozenset("-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{SOFT HYPHEN}")


@dataclass(frozen=True, slots=True)
class Linkable:
    """A term: where it is defined, its names, and the place from 0 of the section that explains
    it, in which it is not linked."""

    url: str
    names: tuple[str, ...]
    home: int | None = None


@dataclass(slots=True)
class Node:
    """What of some names has been read: further tokens, and the names that end here."""

    next: "dict[str, Node]" = field(default_factory=dict)
    ends: list[tuple[str | None, Linkable]] = field(default_factory=list)


@dataclass(slots=True)
class Piece:
    """A tag with its name and how much deeper it leads (1, 0 or -1), or the text between two.

    `before` and `after` are the characters that a reader sees on either side of a text, nothing
    where another block begins.
    """

    html: str
    tag: str = ""
    step: int = 0
    before: str = ""
    after: str = ""


@dataclass(slots=True)
class Run:
    """A text as a reader sees it: its tokens as they are looked up, and as they stand in it."""

    piece: Piece
    text: str
    tokens: list[re.Match[str]]
    keys: list[str]

    def ends_word(self, at: int) -> bool:
        """Whether no word goes on at the place `at`; -1 is before the text."""
        inside = 0 <= at < len(self.text)
        sign = self.text[at] if inside else self.piece.before if at < 0 else self.piece.after
        return not (sign in HYPHENS or sign == "_" or sign.isalnum())


def linked(sections: Sequence[str], terms: Iterable[Linkable]) -> list[str]:
    """`sections`, the HTML of one lesson in its order, with the first use of each term as a link.

    A name of small letters is found whatever the case, one with a capital only as it is written;
    in whole words, blanks and line breaks being the same. At each place the longest name wins, and
    no shorter one is found inside it. The HTML is our renderer's, which has no such links; what
    has them already stays as it is. Only tags are added: the text is the same, and what is well
    formed stays so. Takes time in proportion to the text, times the words of the longest name.
    """
    root = trie_of(terms)
    done: set[str] = {url for html in sections for url in urls_in(html)}
    if not root.next:
        return list(sections)
    return ["".join(linked_section(html, at, root, done)) for at, html in enumerate(sections)]


def unlinked(html: str) -> str:
    """`html` without the links that `linked` put in."""
    return LINK.sub(r"\2", html)


def urls_in(html: str) -> Iterator[str]:
    return (unescape(found[1]) for found in LINK.finditer(html))


def trie_of(terms: Iterable[Linkable]) -> Node:
    root = Node()
    for term in terms:
        for name in term.names:
            node = root
            for token in TOKEN.findall(name.strip()):
                node = node.next.setdefault(key_of(token), Node())
            if node is not root:
                exact = one_line(name) if name != name.lower() else None
                node.ends.append((exact, term))
    return root


def key_of(token: str) -> str:
    return " " if token.isspace() else token.casefold()


def one_line(text: str) -> str:
    return " ".join(text.split())


def linked_section(html: str, at: int, root: Node, done: set[str]) -> Iterator[str]:
    """`at` is the place of the section; what is linked is added to `done`."""
    inside, depth = "", 0
    # The first thing that a callout says in bold is its title.
    titled = False
    for piece in pieces_of(html):
        tag = piece.tag
        if not tag:
            yield from [piece.html] if inside else linked_text(piece, at, root, done)
            continue
        yield piece.html
        if inside:
            depth += piece.step if tag == inside else 0
            inside = inside if depth else ""
        elif piece.step > 0:
            if tag in SKIPPED or (tag == "strong" and titled):
                inside, depth = tag, 1
            titled = tag == "aside"


def pieces_of(html: str) -> list[Piece]:
    found: list[Piece] = []
    at = 0
    for one in TAG.finditer(html):
        if one.start() > at:
            found.append(Piece(html[at : one.start()]))
        tag = one[2].lower()
        deeper = 0 if tag in VOID or one[3].endswith("/") else 1
        found.append(Piece(one[0], tag, -1 if one[1] else deeper))
        at = one.end()
    if at < len(html):
        found.append(Piece(html[at:]))
    beside(found)
    return found


def beside(pieces: Sequence[Piece]) -> None:
    last = ""
    for piece in pieces:
        piece.before = last
        last = edge(piece, last, -1)
    last = ""
    for piece in reversed(pieces):
        piece.after = last
        last = edge(piece, last, 0)


def edge(piece: Piece, last: str, at: int) -> str:
    """The character that ends what comes before, or begins what comes after."""
    if piece.tag:
        return last if piece.tag in WITHIN_WORDS else ""
    # An entity is a sign of its own: what it stands for is looked up only where it is at the edge.
    sign = piece.html[at]
    return decoded(piece.html)[0][at] if sign in "&;" else sign


def decoded(html: str) -> tuple[str, Sequence[int]]:
    """A text as a reader sees it, and where in `html` each of its characters stands."""
    if "&" not in html:
        return html, range(len(html) + 1)
    plain: list[str] = []
    places: list[int] = []
    at = 0
    for found in [*ENTITY.finditer(html), None]:
        end = found.start() if found else len(html)
        plain.append(html[at:end])
        places.extend(range(at, end))
        if found:
            sign = unescape(found[0])
            plain.append(sign)
            places.extend([end] * len(sign))
            at = found.end()
    return "".join(plain), [*places, len(html)]


def linked_text(piece: Piece, at: int, root: Node, done: set[str]) -> Iterator[str]:
    text, places = decoded(piece.html)
    tokens = list(TOKEN.finditer(text))
    run = Run(piece, text, tokens, [key_of(one[0]) for one in tokens])
    last = place = 0
    while place < len(tokens):
        count, term = longest(run, place, root) if run.keys[place] in root.next else (0, None)
        if term and term.url not in done and term.home != at:
            start, end = places[tokens[place].start()], places[tokens[place + count - 1].end()]
            done.add(term.url)
            yield piece.html[last:start]
            yield f'<a class="term" href="{escape(term.url)}">{piece.html[start:end]}</a>'
            last = end
        place += count or 1
    yield piece.html[last:]


def longest(run: Run, place: int, root: Node) -> tuple[int, Linkable | None]:
    """Of the names that begin at the token `place` the longest: its number of tokens, its term."""
    start = run.tokens[place].start()
    found: tuple[int, Linkable | None] = (0, None)
    node: Node | None = root if run.ends_word(start - 1) else None
    for count, key in enumerate(islice(run.keys, place, None), 1):
        node = node.next.get(key) if node else None
        if node is None:
            break
        end = run.tokens[place + count - 1].end()
        if node.ends and run.ends_word(end):
            said = one_line(run.text[start:end])
            term = next((term for exact, term in node.ends if exact in (None, said)), None)
            found = (count, term) if term else found
    return found
