"""The item analysis as its page shows it: rows in the order asked for, Markdown as HTML."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from courses.models import Concept
from quizzes.analysis.items import Figures, Item
from quizzes.models import Question, QuestionVersion
from quizzes.showing import html_of
from quizzes.wording import Wording, words_of


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """`share` is of those who answered."""

    html: SafeString
    right: bool
    number: int
    share: float

    @property
    def percent(self) -> int:
        return round(self.share * 100)


@dataclass(frozen=True, slots=True)
class Told:
    """What one version said, or the newest of all, with its figures."""

    prompt: SafeString
    kind: str
    since: datetime
    figures: Figures
    choices: tuple[ShownChoice, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A question; `number` is its place in the quiz, or among those that were asked."""

    number: int
    question: Question
    told: Told
    versions: tuple[Told, ...]
    hints: tuple[str, ...]

    @property
    def figures(self) -> Figures:
        return self.told.figures

    @property
    def concept(self) -> Concept:
        return self.question.concept


Key = Callable[[Row], float | None]
KEYS: dict[str, Key] = {
    "": lambda row: row.number,
    "answered": lambda row: row.figures.answered,
    "facility": lambda row: row.figures.facility,
    "discrimination": lambda row: row.figures.discrimination,
    "time": lambda row: row.figures.seconds,
}
COLUMNS = [
    ("", _("Question")),
    ("answered", _("Answered")),
    ("facility", _("Facility")),
    ("discrimination", _("Discrimination")),
    ("time", _("Median time")),
]


def rows_of(items: Iterable[Item], places: Mapping[int, int], sort: str = "") -> list[Row]:
    """One question to the cache. By `sort` the smallest come first, what has no figure last.

    `places` numbers questions by id; others follow.
    """
    items = sorted(items, key=lambda item: (places.get(item.question.pk, 2**31), item.question.pk))
    words = words_of([version for item in items for version in versions_of(item)])
    rows = [row_of(number, item, words) for number, item in enumerate(items, 1)]
    return sorted(rows, key=lambda row: order(KEYS[sort](row)))


def order(value: float | None) -> tuple[bool, float]:
    return (value is None, value or 0.0)


def versions_of(item: Item) -> Sequence[QuestionVersion]:
    return [item.version, *(one.version for one in item.versions)]


def row_of(number: int, item: Item, words: Mapping[int, Wording]) -> Row:
    return Row(
        number=number,
        question=item.question,
        told=told(item.version, item.figures, words),
        versions=tuple(told(one.version, one.figures, words) for one in item.versions),
        hints=item.hints,
    )


def told(version: QuestionVersion, figures: Figures, words: Mapping[int, Wording]) -> Told:
    own = words[version.pk]
    return Told(
        prompt=own.prompt,
        kind=str(Question.Kind(version.kind).label),
        since=version.created_at,
        figures=figures,
        choices=tuple(
            ShownChoice(
                html=html_of(choice.label, own),
                right=choice.right,
                number=choice.number,
                share=choice.number / figures.answered if figures.answered else 0.0,
            )
            for choice in figures.choices
        ),
    )
