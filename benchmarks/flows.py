"""Whole attempts at a quiz, as a browser makes them: begun, answered, handed in, looked at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.pages import CSRF

STEPS = ".steps"
FOUND, OK = 302, 200


@dataclass(frozen=True)
class Step:
    """One request. `{session}` in it is the learner's, `{attempt}` where the first redirect led,
    `{location}` where the last one did, `{sequence}` the browser's clock in milliseconds. Steps
    of a name are counted together."""

    name: str
    status: int
    path: str
    body: str | None = None
    header: str = ""

    def line(self) -> str:
        """Name and status, and then what a line of a request file has, between tabs."""
        posted = self.body is not None
        token = f"csrfmiddlewaretoken={CSRF}"
        fields = (
            self.name,
            str(self.status),
            "POST" if posted else "GET",
            self.path,
            "sessionid={session}" + f"; csrftoken={CSRF}" * posted,
            self.header,
            f"{token}&{self.body}".strip("&") if posted else "",
        )
        return "\t".join(fields)


class Places:
    """Where the redirects of one attempt led."""

    def __init__(self, session: str) -> None:
        self.session, self.attempt, self.location = session, "", ""

    def fill(self, line: str) -> str:
        for name, value in vars(self).items():
            line = line.replace(f"{{{name}}}", value)
        return line

    def go(self, location: str) -> None:
        self.location = location.partition("#")[0] or self.location
        self.attempt = self.attempt or self.location


@dataclass(frozen=True)
class Flow:
    """An attempt at the quiz `slug`, which `seed_quizzes.py` makes.

    With `checks`, each question is checked once it is answered, as practice offers: the site tells
    a script at once what was right. One that is not `timed` is only counted. `most_queries` holds
    for starting and for handing in.
    """

    key: str
    title: str
    slug: str
    checks: bool = False
    timed: bool = True
    least_rate: float | None = None
    most_queries: int | None = None
    against: str = "attempt"
    warm_up: float = 3

    def steps(self, bodies: Sequence[str]) -> list[Step]:
        """`bodies` are the answers as a form sends them, the first question's first."""
        return [
            Step("start", FOUND, f"/quizzes/{self.slug}/start/", ""),
            *(step for place, body in enumerate(bodies, 1) for step in self.of_one(place, body)),
            Step("submit", FOUND, "{attempt}submit/", ""),
            Step("results", OK, "{location}"),
        ]

    def file(self, bodies: Sequence[str], sessions: Iterable[str]) -> str:
        """What `taking.py` and `count.py` read: the steps, an empty line, the learners."""
        lines = [step.line() for step in self.steps(bodies)]
        return "\n".join([*lines, "", *sessions])

    def of_one(self, place: int, body: str) -> list[Step]:
        body += "&sequence={sequence}"
        url = f"{{attempt}}answers/{place}/"
        saved = Step("answer", OK, url, body, "Accept: application/json")
        if not self.checks:
            return [saved]
        return [saved, Step("check", OK, f"{url}check/", body, "HX-Request: true")]


class Yardstick(Flow):
    """As many requests as an attempt at ten questions: twelve that write, and one that reads."""

    def steps(self, bodies: Sequence[str]) -> list[Step]:
        writes = [Step("write", 204, "/save/", "answer={sequence}")] * 12
        return [*writes, Step("read", OK, "/page/")]


YARDSTICK = Yardstick("attempt", "yardstick: 12 writes, 1 read", "")
FLOWS = (
    # Counted first: it is the first that these learners do in the lesson of the quizzes.
    Flow("attempt-16", "16 questions, graded", "bench-16", timed=False, most_queries=12),
    Flow("attempt-graded", "10 questions, graded", "bench-graded", least_rate=12),
    Flow("attempt-practice", "10 questions, practice", "bench-practice"),
    Flow("attempt-checked", "the same, each one checked", "bench-practice", checks=True),
)
