"""The references of a lesson as every reader sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from courses.links.health import archive_url, dead_among
from courses.markdown import render_inline
from courses.models import Reference

ICONS = {
    Reference.Kind.VIDEO: "video",
    Reference.Kind.ARTICLE: "newspaper",
    Reference.Kind.PAPER: "file-text",
    Reference.Kind.DOCUMENTATION: "book-marked",
    Reference.Kind.COURSE: "graduation-cap",
    Reference.Kind.BOOK: "book-open",
    Reference.Kind.REPOSITORY: "git-branch",
    Reference.Kind.TOOL: "wrench",
    Reference.Kind.LEADERBOARD: "list",
}


HEADINGS = {
    Reference.Kind.VIDEO: _("Videos"),
    Reference.Kind.ARTICLE: _("Articles"),
    Reference.Kind.PAPER: _("Papers"),
    Reference.Kind.DOCUMENTATION: _("Documentation"),
    Reference.Kind.COURSE: _("Courses"),
    Reference.Kind.BOOK: _("Books"),
    Reference.Kind.REPOSITORY: _("Repositories"),
    Reference.Kind.TOOL: _("Tools"),
    Reference.Kind.LEADERBOARD: _("Leaderboards"),
}


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceLine:
    id: int
    title: str
    url: str
    author: str
    author_url: str
    level: str
    note: SafeString
    # Where the address is dead: since when, and where to look instead.
    dead_since: date | None
    archive_url: str


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceGroup:
    heading: str
    icon: str
    references: tuple[ReferenceLine, ...]


def groups(references: Iterable[Reference]) -> Iterable[ReferenceGroup]:
    """References by kind, in the order in which each kind first appears."""
    by_kind: dict[str, list[ReferenceLine]] = {}
    listed = list(references)
    dead = dead_among([reference.url for reference in listed])
    for reference in listed:
        link = dead.get(reference.url)
        by_kind.setdefault(reference.kind, []).append(
            ReferenceLine(
                reference.pk,
                reference.title,
                reference.url,
                reference.author,
                reference.author_url,
                str(Reference.Level(reference.level).label) if reference.level else "",
                mark_safe(render_inline(reference.note)),  # noqa: S308
                link.failing_since if link else None,
                archive_url(reference.url) if link else "",
            )
        )
    for kind, lines in by_kind.items():
        known = Reference.Kind(kind)
        yield ReferenceGroup(str(HEADINGS[known]), ICONS[known], tuple(lines))
