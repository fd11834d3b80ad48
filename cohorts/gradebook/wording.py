"""Every number of the gradebook in words, the same to teachers and learners. Pure."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cohorts.gradebook import late
from cohorts.gradebook.arithmetic import Cell, Part, Row, State, weights_of
from cohorts.gradebook.layout import Column, Layout
from cohorts.gradebook.numbers import half_up, plain
from quizzes.models import Quiz

HUNDRED = Decimal(100)


def points(number: Decimal) -> str:
    """With two digits after the point at most: 33.33, 12.5, 80."""
    return number_format(plain(half_up(number, 2)))


def percent(share: Decimal, digits: int = 2) -> str:
    return in_percent(str(half_up(share * HUNDRED, digits)), get_language())


@lru_cache(maxsize=4096)
def in_percent(number: str, language: str | None) -> str:
    """As `language` writes it: a table of many says the same few."""
    return _("%s%%") % number_format(number)


def about(share: Decimal) -> str:
    """For sums that are written out: 66.67%, 80%."""
    return _("%s%%") % points(share * HUNDRED)


def total(share: Decimal | None, digits: int) -> str:
    """As the class rounds it; a dash where nothing counts."""
    return "–" if share is None else percent(share, digits)


def state(cell: Cell) -> str:
    """One or two words, for tables."""
    return {
        State.GRADED: _("graded"),
        State.CHANGED: _("changed by hand"),
        State.ZERO: _("missing"),
        State.MISSING: _("missing"),
        State.WAITING: _("waiting"),
        State.OVERDUE: _("overdue"),
        State.OPEN: _("nothing yet"),
        State.EXCUSED: _("excused"),
        State.HIDDEN: _("not released"),
    }[cell.state]


NOTHING = {
    State.ZERO: lambda: _("Nothing was handed in, and nothing is accepted any more: 0 points."),
    State.MISSING: lambda: _(
        "Nothing was handed in, and nothing is accepted any more. It does not count."
    ),
    State.WAITING: lambda: _("Handed in. There is no result yet, so it does not count yet."),
    State.OVERDUE: lambda: _(
        "Due, and nothing was handed in. Late work is still accepted. It does not count yet."
    ),
    State.OPEN: lambda: _("Nothing to count yet."),
    State.EXCUSED: lambda: _("Excused: it does not count."),
    State.HIDDEN: lambda: _("The grades are not released yet."),
}


def cell(layout: Layout, column: Column, found: Cell, reason: str = "") -> list[str]:
    """How the points of one item came about, sentence by sentence. `reason` is a person's."""
    said: list[str] = []
    if found.raw is not None:
        said += [earned(column, found), *lateness(layout, column, found)]
    if found.state is State.CHANGED and found.earned is not None:
        said.append(changed(column, found))
    if found.state in NOTHING:
        said.append(NOTHING[found.state]())
    elif found.waits:
        said.append(_("Something newer was handed in and has no result yet."))
    if reason and found.state in (State.CHANGED, State.EXCUSED):
        said.append(_("Reason: %s") % reason)
    return said


def left_out() -> str:
    return _("Left out: it is among the lowest of its category.")


def result(column: Column, found: Cell) -> str:
    """`45 of 50`; nothing where nothing counts."""
    if found.earned is None:
        return ""
    said = {"earned": points(found.earned), "points": points(column.item.points)}
    return _("%(earned)s of %(points)s") % said


def earned(column: Column, found: Cell) -> str:
    raw = found.raw or Decimal(0)
    of = {
        "raw": points(raw),
        "points": points(column.item.points),
        "share": about(raw / column.item.points),
    }
    if not column.item.counts:
        return _("%(raw)s of %(points)s points: %(share)s.") % of
    rule = Quiz.Counts(column.item.counts).label
    counts = (
        str(rule)
        if found.at is None
        else _("%(rule)s (number %(number)d)")
        % {
            "rule": rule,
            "number": found.at + 1,
        }
    )
    return _("%(counts)s counts: %(share)s of %(points)s points, which is %(raw)s.") % {
        **of,
        "counts": counts,
    }


def lateness(layout: Layout, column: Column, found: Cell) -> Iterator[str]:
    if found.days_late <= 0:
        return
    days = ngettext("%d day late", "%d days late", found.days_late) % found.days_late
    left = found.without if found.state is State.CHANGED else found.earned
    raw = found.raw or Decimal(0)
    policy = layout.rules.late
    if left is None or left == raw:
        yield _("%s, which took nothing off.") % days
        return
    off = {
        "days": days,
        "percent": policy.percent,
        "points": points(column.item.points),
        "off": points(raw - left),
        "left": points(left),
    }
    yield (
        _(
            "%(days)s: each day takes %(percent)d%% of %(points)s points. "
            "That takes %(off)s off and leaves %(left)s."
        )
        % off
    )
    if policy.floor and left == column.item.points * policy.floor / 100:
        yield _("Lateness takes nothing below %(floor)d%%, which is %(left)s points.") % {
            "floor": policy.floor,
            "left": points(left),
        }


def changed(column: Column, found: Cell) -> str:
    said = {
        "points": points(found.earned or Decimal(0)),
        "of": points(column.item.points),
        "without": "" if found.without is None else points(found.without),
    }
    if found.without is None:
        return _("Entered by hand in place of a result: %(points)s of %(of)s points.") % said
    return _("Changed by hand from %(without)s to %(points)s of %(of)s points.") % said


def category(layout: Layout, row: Row, number: int) -> list[str]:
    """The arithmetic of one category with its numbers."""
    part = row.parts[number]
    if part.share is None:
        return [_("Nothing counts here yet, so the category does not count either.")]
    said = [alike(row, part) if part.rule.equal else by_points(row, part)]
    if part.dropped:
        titles = ", ".join(layout.columns[at].title for at in part.dropped)
        said.append(_("Left out as the lowest: %s.") % titles)
    return said


def by_points(row: Row, part: Part) -> str:
    numbers = [points(row.cells[at].earned or Decimal(0)) for at in part.counted]
    said = {
        "sum": " + ".join(numbers),
        "earned": points(part.earned),
        "possible": points(part.possible),
        "share": about(part.share or Decimal(0)),
    }
    if len(numbers) == 1:
        return _("%(earned)s of %(possible)s points = %(share)s") % said
    return _("%(sum)s = %(earned)s of %(possible)s points = %(share)s") % said


def alike(row: Row, part: Part) -> str:
    numbers = [about(row.cells[at].share or Decimal(0)) for at in part.counted]
    share = about(part.share or Decimal(0))
    if len(numbers) == 1:
        return _("One item counts: %s") % share
    return f"({' + '.join(numbers)}) ÷ {len(numbers)} = {share}"


def weights(row: Row) -> list[str]:
    """What part of the total each category makes now; a dash where nothing counts."""
    found = zip(row.parts, weights_of(row.parts), strict=True)
    return [
        "–" if part.share is None else about(Decimal(weight.numerator) / weight.denominator)
        for part, weight in found
    ]


def total_sum(layout: Layout, row: Row) -> list[str]:
    """How the total came about, and how it is rounded."""
    if row.total is None:
        return [_("Nothing counts yet, so there is no total.")]
    parts = [part for part in row.parts if part.share is not None and part.rule.weight]
    digits = layout.digits
    rounded = {"total": percent(row.total, digits), "rule": rounding(digits)}
    if len(parts) == 1:
        return [_("One category counts, so the total is its %(total)s. %(rule)s") % rounded]
    products = " + ".join(
        f"{points(part.rule.weight)} × {about(part.share or Decimal(0))}" for part in parts
    )
    whole = points(sum((part.rule.weight for part in parts), Decimal(0)))
    return [f"({products}) ÷ {whole} = {percent(row.total, digits)}", rounding(digits)]


def rounding(digits: int) -> str:
    if not digits:
        return _("Totals are rounded half up to whole percents, once, at the end.")
    rule = ngettext(
        "Totals are rounded half up to %d digit after the point, once, at the end.",
        "Totals are rounded half up to %d digits after the point, once, at the end.",
        digits,
    )
    return rule % digits


def policies(layout: Layout) -> list[str]:
    """What holds for all items of the class."""
    missing = (
        _("Missing work counts as zero once nothing is accepted any more.")
        if layout.rules.missing_as_zero
        else _("Missing work does not count.")
    )
    passing = _("To pass, a total of %d%% is needed.") % layout.pass_mark
    return [late.in_words(layout.rules.late), missing, passing]


def standing(layout: Layout, share: Decimal | None) -> str:
    """`done`, `risk`, or nothing where there is no total. People pass by the total they see."""
    if share is None:
        return ""
    shown = half_up(share * HUNDRED, layout.digits)
    return "done" if shown >= layout.pass_mark else "risk"
