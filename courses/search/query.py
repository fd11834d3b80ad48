"""What someone typed, read as terms: words, "phrases", -not, and a last word still being typed."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

MAX_LENGTH = 200
MAX_TERMS = 12
# A prefix of one letter finds everything.
MIN_PREFIX = 2

# PostgreSQL's English list: words that its index leaves out, and so ours does.
STOP_WORDS = frozenset(
    (
        "i me my myself we our ours ourselves you your yours yourself yourselves he him his "
        "himself she her hers herself it its itself they them their theirs themselves what which "
        "who whom this that these those am is are was were be been being have has had having do "
        "does did doing a an the and but if or because as until while of at by for with about "
        "against between into through during before after above below to from up down in out on "
        "off over under again further then once here there when where why how all any both each "
        "few more most other some such no nor not only own same so than too very s t can will "
        "just don should now"
    ).split()
)
TERM = re.compile(r'(?P<negated>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand together; lower case, letters and digits only."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """Every term of `wanted` and none of `unwanted`; the last word may be the start of one."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    prefix: str = ""
    # All of it in lower case: whose title is just this comes first.
    typed: str = ""

    def __bool__(self) -> bool:
        return bool(self.wanted)

    @property
    def whole(self) -> tuple[Term, ...]:
        """The wanted terms but for the one that may go on."""
        return self.wanted[:-1] if self.prefix else self.wanted


def parse(typed: str) -> Query:
    """Read `typed`, whatever it holds: nothing in it is an error, and no operator passes on.

    False where there is nothing to look for: no words, only common ones, or only unwanted ones.
    """
    wanted: list[Term] = []
    unwanted: list[Term] = []
    prefix = ""
    typed = typed[:MAX_LENGTH].replace("\0", " ")
    for found in islice(TERM.finditer(typed), MAX_TERMS):
        words = words_of(found[0])
        (unwanted if found["negated"] else wanted).append(Term(words))
        open_end = found["word"] and not found["negated"] and len(words) == 1
        prefix = words[0] if open_end and len(words[0]) >= MIN_PREFIX else ""
    wanted, unwanted = ([term for term in terms if term.words] for terms in (wanted, unwanted))
    return Query(tuple(wanted), tuple(unwanted), prefix, " ".join(typed.lower().split()))


def words_of(text: str) -> tuple[str, ...]:
    """The words of one term, without the common ones around them."""
    words = [word.lower() for word in WORD.findall(fold(text))]
    while words and words[0] in STOP_WORDS:
        del words[0]
    while words and words[-1] in STOP_WORDS:
        del words[-1]
    return tuple(words)


def fold(text: str) -> str:
    """`text` with Latin letters without their accents, letter for letter, as the indexes fold."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(
        unicodedata.normalize("NFD", letter)[0] if "\xc0" <= letter < "\u0180" else letter
        for letter in text
    )
