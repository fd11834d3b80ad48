"""Revisions in sentences: "Edda Lind changed Quantization: text of concept “Rounding”"."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Case, OuterRef, Subquery, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.changes.comparing import Difference, compare, counts
from courses.changes.public import readable_by
from courses.content.normal import COURSE, GLOSSARY, IMAGES, NOTEBOOKS, QUIZZES
from courses.history.arranging import arranged
from courses.models import Revision, Status
from courses.models.history import RevisionQuerySet

# What readers have, not what they read.
STATE = frozenset({"status", "publish_at"})
# So many parts are named; the others are counted.
NAMED = 2
LISTS = {
    COURSE: gettext_lazy("the course and its tracks"),
    NOTEBOOKS: gettext_lazy("the notebooks"),
    GLOSSARY: gettext_lazy("the glossary"),
    QUIZZES: gettext_lazy("the quizzes"),
    IMAGES: gettext_lazy("the pictures"),
}
Source = Revision.Source
# What one says of a change by its source; who did it is known, or it is not.
SOMEBODY = {
    Source.EDITOR: gettext_lazy("%(who)s changed %(what)s"),
    Source.FILES: gettext_lazy("%(who)s loaded %(what)s from the course’s files"),
    Source.README: gettext_lazy("%(who)s brought in %(what)s from a README"),
    Source.TABLE: gettext_lazy("%(who)s brought in %(what)s from a table"),
    Source.LINKS: gettext_lazy("%(who)s mended links of %(what)s"),
    Source.RESTORED: gettext_lazy("%(who)s restored %(what)s"),
    Source.OUTSIDE: gettext_lazy("%(who)s changed %(what)s"),
}
NOBODY = {
    Source.EDITOR: gettext_lazy("Somebody changed %(what)s"),
    Source.FILES: gettext_lazy("The course’s files changed %(what)s"),
    Source.README: gettext_lazy("A README changed %(what)s"),
    Source.TABLE: gettext_lazy("A table changed %(what)s"),
    Source.LINKS: gettext_lazy("The check of links changed %(what)s"),
    Source.RESTORED: gettext_lazy("An earlier version of %(what)s was restored"),
    Source.OUTSIDE: gettext_lazy("Past the history, somebody changed %(what)s"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One revision in words; `parts` is what differs from `before`, in the order of the document.

    `before` is None where the revision is the first of its document.
    """

    revision: Revision
    before: Revision | None
    parts: tuple[Difference, ...]
    sentence: str
    added: int
    removed: int
    # Whether readers have had it: at once, or since the time that it was written for.
    reached: bool = True


def tell(revisions: Iterable[Revision], now: datetime) -> list[Told]:
    """One query beside that of `revisions`, which come `with_before`; two if some had a date."""
    listed: Sequence[Any] = list(revisions)
    before = Revision.objects.in_bulk({one.before_id for one in listed if one.before_id})
    reached = those_reached(listed, now)
    return [
        replace(told(one, before.get(one.before_id)), reached=one.pk in reached) for one in listed
    ]


def those_reached(revisions: Iterable[Revision], now: datetime) -> set[int]:
    listed = list(revisions)
    dated = [one.pk for one in listed if not one.public and "publish_at" in one.data]
    since = readable_by(Revision.objects.filter(pk__in=dated), now) if dated else ()
    return {one.pk for one in listed if one.public} | {one.pk for one in since}


def with_before(revisions: RevisionQuerySet) -> RevisionQuerySet:
    """Each with `before_id`: the one of the same document that came before it.

    A lesson's document is the same one under whatever name of its file.
    """
    earlier = Revision.objects.filter(course=OuterRef("course"), pk__lt=OuterRef("pk"))
    of_lesson = earlier.filter(lesson=OuterRef("lesson")).order_by("-pk").values("pk")[:1]
    of_name = earlier.filter(name=OuterRef("name")).order_by("-pk").values("pk")[:1]
    found = Case(When(lesson=None, then=Subquery(of_name)), default=Subquery(of_lesson))
    return revisions.annotate(before_id=found)


def told(revision: Revision, before: Revision | None) -> Told:
    what = what_of(revision)
    templates = SOMEBODY if revision.made_by_id else NOBODY
    names = {"who": str(revision.made_by), "what": what}
    sentence = str(templates[Source(revision.source)]) % names
    if before is None:
        said = sentence if revision.made_by_id else what[:1].upper() + what[1:]
        first = _("%s: the first version that was kept") % said
        return Told(revision, None, (), first, 0, 0)
    parts = compare(*(arranged(one.name, one.data) for one in (before, revision)))
    added, removed = counts(part for part in parts if part.path[0] not in STATE)
    named = parts_in_words(parts)
    return Told(
        revision, before, parts, f"{sentence}: {named}" if named else sentence, added, removed
    )


def what_of(revision: Revision) -> str:
    """The lesson's title as it was then, or which of the course's lists it is."""
    known = LISTS.get(revision.name)
    return str(known) if known else str(revision.data.get("title") or revision.name)


def parts_in_words(parts: Sequence[Difference]) -> str:
    phrases = list(dict.fromkeys(phrase(part) for part in parts))
    more = len(phrases) - NAMED
    if more > 0:
        left = ngettext("%d other part", "%d other parts", more) % more
        return _("%(parts)s and %(more)s") % {"parts": ", ".join(phrases[:NAMED]), "more": left}
    return ", ".join(phrases)


def phrase(part: Difference) -> str:
    if part.path == ("status",):
        return _("now %s") % state(part.after)
    thing, _colon, field = part.label.rpartition(": ")
    if thing:
        return _("%(field)s of %(thing)s") % {"field": field, "thing": small(thing)}
    if len(part.path) == 1:
        return small(part.label)
    templates: Mapping[str, str] = {
        "added": _("%s added"),
        "removed": _("%s removed"),
        "moved": _("%s moved"),
        "changed": "%s",
    }
    return templates[part.kind] % small(part.label)


def state(value: str) -> str:
    return str(Status(value or Status.PUBLISHED).label).lower() if value in {"", *Status} else value


def small(label: str) -> str:
    return label[:1].lower() + label[1:]


def figures(told: Told) -> str:
    """`+12 −3 words`; nothing where no word came or went."""
    signs = [f"+{told.added}"] * bool(told.added) + [f"−{told.removed}"] * bool(told.removed)
    words = ngettext("%s word", "%s words", told.added + told.removed)
    return words % " ".join(signs) if signs else ""
