"""The geometry of the trail and the cairn: pure numbers, for SVG attributes."""

from dataclasses import dataclass

# The inline position of each stop in percent; repeats, and matches the `nth-child` rules.
X = (50, 76, 64, 30, 38, 74, 60, 32)
END = 50

STONES = (
    (
        "M.02.62C-.03.34.13.08.38.02.62-.03.9.1.98.42c.06.26-.08.5-.3.55"
        "C.5 1.01.34 1 .2.97.09.94.04.8.02.62z"
    ),
    "M.04.5C.02.2.24-.02.54.01c.3.02.5.24.45.58-.03.27-.2.4-.46.41C.26 1.01.06.88.04.5z",
    "M.01.58C-.02.22.22.06.46.02.7-.02.96.12.99.46c.03.34-.14.53-.4.54C.3 1.01.04.92.01.58z",
)
SWAY = (0.0, 0.025, -0.034, 0.016, -0.014, 0.03, -0.006, 0.012)


def number(value: float) -> str:
    return f"{value:.4g}"


def arrive(row: int) -> str:
    """The path from the top of row `row` (from 0) to its marker; empty for the first row."""
    if row == 0:
        return ""
    p, x = X[(row - 1) % 8], X[row % 8]
    return f"M{number((p + x) / 2)} 0C{number((p + 3 * x) / 4)} 12.5 {x} 25 {x} 50"


def leave(row: int, rows: int) -> str:
    """The path from the marker of row `row` to the bottom of the row."""
    x = X[row % 8]
    n = END if row == rows - 1 else X[(row + 1) % 8]
    return f"M{x} 50C{x} 75 {number((3 * x + n) / 4)} 87.5 {number((x + n) / 2)} 100"


@dataclass(frozen=True, slots=True)
class Stone:
    kind: str
    transform: str
    outline: str


@dataclass(frozen=True, slots=True)
class Cairn:
    width: int
    height: int
    stones: tuple[Stone, ...]

    @property
    def view_box(self) -> str:
        return f"-6 0 {self.width + 12} {self.height}"

    @property
    def ground(self) -> str:
        return f"M0 {self.height - 8}H{self.width}"


def cairn(stones: int, laid: int, *, width: int = 160) -> Cairn:
    """A heap of `stones`, of which the lowest `laid` are set and the newest of those is on top.

    The outlines take turns; each stone is a little narrower than the one below it.
    """
    tall = 40 if stones <= 3 else 25
    height = stones * tall + 10
    found = []
    for index in range(stones):
        wide = width * (0.8 - 0.48 * index / max(1, stones - 1) ** 1.02)
        left = (width - wide) / 2 + width * SWAY[index % len(SWAY)]
        top = height - 8 - tall * (index + 1)
        kind = "ghost" if index >= laid else "top" if index == laid - 1 else "set"
        found.append(
            Stone(
                kind,
                f"translate({left:.1f} {top:.1f}) scale({wide:.1f} {tall:.1f})",
                STONES[index % 3],
            )
        )
    return Cairn(width, height, tuple(found))
