"""The glossary of a course as every reader sees it, and its terms for the links in texts."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from itertools import groupby

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from courses.glossary.linking import Linkable
from courses.markdown import rendered
from courses.models import Lesson, Term
from courses.pages.shared import kept
from courses.search.plain import plain_text

OTHER = "#"
DASHES = re.compile("[-\N{HYPHEN}-\N{HORIZONTAL BAR}\N{MINUS SIGN}]")


@dataclass(frozen=True, slots=True)
class Explained:
    """Where the course explains a term."""

    lesson: str
    concept: str
    url: str


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """`said` is what is looked through, folded; `home` the lesson's id and the concept's slug."""

    slug: str
    term: str
    also: tuple[str, ...]
    html: SafeString
    explained: Explained | None
    said: str
    home: tuple[int, str] | None

    @property
    def other_names(self) -> tuple[str, ...]:
        """Those that are another word, not another spelling or the plural of one before them."""
        seen = {form for name in (self.term, *self.also) for form in plurals_of(spelt(name))}
        seen.add(spelt(self.term))
        found = []
        for name in self.also:
            if spelt(name) not in seen:
                found.append(name)
                seen.add(spelt(name))
        return tuple(found)

    @property
    def names(self) -> str:
        """All other names on lines of their own, which the page's script looks through."""
        return "\n".join(self.also)

    @property
    def letter(self) -> str:
        """What it stands under: letters without accents, everything else together."""
        first = folded(self.term)[:1].upper()
        return first if first.isalpha() else OTHER


class Match(IntEnum):
    """Where an entry has what was looked for, the best first."""

    STARTS_NAME = 0
    STARTS_OTHER_NAME = 1
    IN_NAME = 2
    IN_DEFINITION = 3


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """An entry where the page has it, with its letter and its place from 0 under that."""

    entry: Entry
    letter: str
    at: int


@dataclass(frozen=True, slots=True, eq=False)
class Letter:
    """`places` are its entries but for those that were found."""

    sign: str
    anchor: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """All entries of the page: found ones in three groups, the best first; others by letter."""

    found: tuple[tuple[Place, ...], ...]
    letters: tuple[Letter, ...]

    @property
    def number(self) -> int:
        return sum(map(len, self.found))


@dataclass(frozen=True, slots=True, eq=False)
class Glossary:
    url: str
    entries: tuple[Entry, ...]

    def entry(self, slug: str) -> Entry | None:
        return next((one for one in self.entries if one.slug == slug), None)

    def linkables(self, lesson: int, sections: Sequence[str]) -> list[Linkable]:
        """The terms for the text of the lesson with this id, whose sections have these slugs."""
        places = {slug: at for at, slug in enumerate(sections)}
        return [
            Linkable(
                f"{self.url}#{one.slug}",
                (one.term, *one.also),
                places.get(one.home[1]) if one.home and one.home[0] == lesson else None,
            )
            for one in self.entries
        ]


def glossary_of(course: str, now: datetime) -> Glossary:
    """The terms of the course in the order of their letters; two queries a content version."""
    found = kept(course, "glossary", now, lambda: build(course, now))
    return found or Glossary("", ())


def build(course: str, now: datetime) -> Glossary:
    terms = list(Term.objects.current().filter(course__slug=course).select_related("concept"))
    concepts = [one.concept for one in terms if one.concept and not one.concept.archived]
    published = Lesson.objects.published(now).filter(pk__in={one.lesson_id for one in concepts})
    lessons = {one.pk: one for one in published.select_related("track__course")}
    entries = sorted((entry(one, lessons) for one in terms), key=order)
    return Glossary(reverse("glossary", args=[course]), tuple(entries))


def order(entry: Entry) -> tuple[bool, str, str]:
    """What begins with no letter comes last."""
    return entry.letter == OTHER, folded(entry.term), entry.slug


def entry(term: Term, lessons: Mapping[int, Lesson]) -> Entry:
    html = rendered(term.definition, prefix=f"{term.slug}-note").html
    said = " ".join([term.term, *term.also, plain_text(term.definition)])
    concept = term.concept if term.concept and term.concept.lesson_id in lessons else None
    return Entry(
        slug=term.slug,
        term=term.term,
        also=tuple(term.also),
        html=mark_safe(html),  # noqa: S308  (the renderer's)
        explained=explained(concept.name, concept.slug, lessons[concept.lesson_id])
        if concept and not concept.archived
        else None,
        said=folded(said),
        home=(concept.lesson_id, concept.slug) if concept else None,
    )


def explained(concept: str, slug: str, lesson: Lesson) -> Explained:
    return Explained(lesson.title, concept, f"{lesson.get_absolute_url()}#{slug}")


def terms_of(entries: Iterable[Entry], asked: str) -> Terms:
    """Pure: `entries`, in their order, as the page has them where one looks for `asked`."""
    matches: dict[Match, list[Place]] = {match: [] for match in Match}
    letters = []
    for sign, group in groupby(entries, key=lambda one: one.letter):
        left: list[Place] = []
        for at, one in enumerate(group):
            match = match_of(one, asked)
            (left if match is None else matches[match]).append(Place(one, anchor_of(sign), at))
        letters.append(Letter(sign, anchor_of(sign), tuple(left)))
    first, other, *rest = matches.values()
    return Terms((tuple(first + other), *map(tuple, rest)), tuple(letters))


def anchor_of(sign: str) -> str:
    return f"letter-{'other' if sign == OTHER else sign.lower()}"


def match_of(entry: Entry, asked: str) -> Match | None:
    """Where it has every word of `asked`, or its beginning or middle, whatever its case and
    accents; None where it has not, or nothing is asked."""
    words = folded(asked).split()
    if not words or not all(word in entry.said for word in words):
        return None
    start, (name, *others) = " ".join(words), map(folded, (entry.term, *entry.also))
    if name.startswith(start):
        return Match.STARTS_NAME
    if any(other.startswith(start) for other in others):
        return Match.STARTS_OTHER_NAME
    within = any(all(word in one for word in words) for one in (name, *others))
    return Match.IN_NAME if within else Match.IN_DEFINITION


def spelt(name: str) -> str:
    """`name` without what spellings differ by: case, accents, dashes."""
    return " ".join(DASHES.sub(" ", folded(name)).split())


def plurals_of(name: str) -> tuple[str, ...]:
    return f"{name}s", f"{name}es", f"{name.removesuffix('y')}ies"


def folded(text: str) -> str:
    """`text` without case and accents, as the script of the page folds it, too."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")
