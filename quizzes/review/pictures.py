"""Where the bars and lines of review's data pictures stand: plain numbers for inline SVG."""

from dataclasses import dataclass
from datetime import date

from quizzes.review.forecast import WEEK, Forecast


@dataclass(frozen=True, slots=True)
class Bar:
    """One day. `is_marked` days print their number, `has_label` ones their date."""

    day: date
    cards: int
    x: float
    y: float
    width: float
    height: float
    is_today: bool
    is_marked: bool
    has_label: bool

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def above(self) -> float:
        return round(self.y - 6, 1)


@dataclass(frozen=True, slots=True)
class Bars:
    width: int
    height: int
    bars: tuple[Bar, ...]
    total: int
    most: Bar
    today: Bar
    is_week: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The picture's size, the line that bars stand on, and how they stand there."""

    width: int
    height: int
    ground: int
    left: float
    step: float
    bar: float
    tallest: float


OF_WEEK = Frame(width=300, height=110, ground=88, left=8, step=43, bar=28, tallest=66)
OF_MONTH = Frame(width=400, height=130, ground=108, left=20, step=12, bar=9, tallest=84)


def bars_of(forecast: Forecast) -> Bars:
    """The days of `forecast`, at least one, the fullest as tall as can be; a week says each number,
    a longer time that of today and of the fullest day."""
    is_week = len(forecast) <= WEEK
    frame = OF_WEEK if is_week else OF_MONTH
    fullest = max(range(len(forecast)), key=lambda place: forecast[place].cards)
    most = max(forecast[fullest].cards, 1)
    bars = []
    for place, due in enumerate(forecast):
        # What is there is seen, however small beside the fullest day.
        height = max(frame.tallest * due.cards / most, 2) if due.cards else 0
        bars.append(
            Bar(
                day=due.day,
                cards=due.cards,
                x=frame.left + place * frame.step,
                y=round(frame.ground - height, 1),
                width=frame.bar,
                height=round(height, 1),
                is_today=place == 0,
                is_marked=is_week or place in (0, fullest),
                has_label=is_week or place % WEEK == 0,
            )
        )
    total = sum(due.cards for due in forecast)
    return Bars(frame.width, frame.height, tuple(bars), total, bars[fullest], bars[0], is_week)
