"""The glossary of a course as every reader sees it, and its terms for the links in texts."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from courses.glossary.linking import Linkable
from courses.markdown import rendered
from courses.models import Lesson, Term
from courses.pages.shared import kept
from courses.search.plain import plain_text

OTHER = "#"


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
        """Those that say more than the plural of another."""
        plurals = {form for name in (self.term, *self.also) for form in plurals_of(name)}
        return tuple(name for name in self.also if name not in plurals)

    @property
    def unsaid(self) -> str:
        """The others, which the page's script looks through, too."""
        return " ".join(name for name in self.also if name not in self.other_names)

    @property
    def letter(self) -> str:
        """What it stands under: letters without accents, everything else together."""
        first = folded(self.term)[:1].upper()
        return first if first.isalpha() else OTHER


@dataclass(frozen=True, slots=True, eq=False)
class Letter:
    """`rows` are its entries, and whether each is shown."""

    sign: str
    anchor: str
    rows: tuple[tuple[Entry, bool], ...]

    @property
    def shown(self) -> bool:
        return any(shown for _entry, shown in self.rows)


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


def letters(entries: Iterable[Entry], shown: Iterable[Entry]) -> tuple[Letter, ...]:
    seen = {one.slug for one in shown}
    return tuple(
        Letter(sign, anchor_of(sign), tuple((one, one.slug in seen) for one in group))
        for sign, group in groupby(entries, key=lambda one: one.letter)
    )


def anchor_of(sign: str) -> str:
    return f"letter-{'other' if sign == OTHER else sign.lower()}"


def matching(entries: Iterable[Entry], asked: str) -> tuple[Entry, ...]:
    """Those that have every word of `asked`, or its beginning or middle, whatever its case and
    accents; all of them where nothing is asked."""
    words = folded(asked).split()
    return tuple(one for one in entries if all(word in one.said for word in words))


def plurals_of(name: str) -> tuple[str, ...]:
    return f"{name}s", f"{name}es", f"{name.removesuffix('y')}ies"


def folded(text: str) -> str:
    """`text` without case and accents, as the script of the page folds it, too."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")
