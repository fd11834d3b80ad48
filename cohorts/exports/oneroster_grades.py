"""Reading OneRoster 1.2 CSV: line items and results out of a ZIP file that is never unpacked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from cohorts.people.oneroster_in import Line, check_manifest, lines, unpack
from cohorts.people.rows import ListError, tidy

FILES = ("lineItems.csv", "results.csv")
ALSO = ("manifest.csv", "users.csv")
MOST_POINTS = Decimal(99_999)
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Item:
    key: str
    title: str
    most: Decimal


@dataclass(frozen=True, slots=True)
class Score:
    """`student` is a key, `email` what users.csv says of it, or empty."""

    line: int
    item: str
    student: str
    email: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Refused:
    """`text` says which line it is about."""

    file: str
    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Grades:
    """`passed_over` results have no score, such as those that wait for one."""

    items: tuple[Item, ...]
    scores: tuple[Score, ...]
    refused: tuple[Refused, ...]
    passed_over: int


def read(data: bytes) -> Grades:
    """Raises ListError where it is no OneRoster with results in bulk mode."""
    texts = unpack(data, wanted=(*FILES, *ALSO), needed=FILES)
    check_manifest(texts.get("manifest.csv", ""), ("lineItems", "results"))
    emails = emails_in(texts)
    refused: list[Refused] = []
    items = {one.key: one for one in items_in(texts, refused)}
    scores: dict[tuple[str, str], Score] = {}
    passed_over = 0
    needed = ("lineItemSourcedId", "studentSourcedId")
    for number, line in lines(texts, "results.csv", *needed):
        score = line.get("score", "").strip()
        if not score:
            passed_over += 1
            continue
        problem = wrong_with(line, items, scores)
        points = points_in(score)
        if problem or points is None:
            reason = problem or _("“%s” is no number of points.") % score[:40]
            refused.append(Refused("results.csv", number, named(line), reason))
            continue
        item, student = line["lineItemSourcedId"], line["studentSourcedId"]
        scores[item, student] = Score(number, item, student, emails.get(student, ""), points)
    if not scores and not refused:
        raise ListError(_("There is no score in it."))
    return Grades(tuple(items.values()), tuple(scores.values()), tuple(refused), passed_over)


def emails_in(texts: Mapping[str, str]) -> dict[str, str]:
    """By the key of the person; nothing without users.csv."""
    if "users.csv" not in texts:
        return {}
    found = lines(texts, "users.csv", "sourcedId")
    return {line["sourcedId"]: line.get("email", "").strip().lower() for _n, line in found}


def items_in(texts: Mapping[str, str], refused: list[Refused]) -> Iterator[Item]:
    for number, line in lines(texts, "lineItems.csv", "sourcedId", "title"):
        most = points_in(line.get("resultValueMax", ""))
        title = tidy(line["title"])[:150]
        if not most or not title:
            reason = _("It does not say how many points can be had (resultValueMax).")
            refused.append(Refused("lineItems.csv", number, title, reason))
            continue
        yield Item(line["sourcedId"], title, most)


def wrong_with(
    line: Line, items: Mapping[str, Item], scores: Mapping[tuple[str, str], Score]
) -> str:
    item, student = line["lineItemSourcedId"], line["studentSourcedId"]
    if item not in items:
        return _("lineItems.csv says nothing about this item.")
    if (item, student) in scores:
        return _("There is a score for this learner and item in line %d already.") % (
            scores[item, student].line
        )
    return ""


def named(line: Line) -> str:
    return f"{line['studentSourcedId']} · {line['lineItemSourcedId']}"[:150]


def points_in(text: str) -> Decimal | None:
    """Not below 0, to the hundredth; None for what is no such number."""
    try:
        number = Decimal(text.strip()) if len(text) < 40 else Decimal("NaN")
    except InvalidOperation:
        return None
    if not number.is_finite() or not 0 <= number <= MOST_POINTS:
        return None
    return number.quantize(CENT)
