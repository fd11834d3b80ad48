"""What is measured, against what, and what is aimed at."""

from dataclasses import dataclass
from typing import Any

LESSON = "/courses/llm-course/the-llm-scientist/quantization/"
TRACK = "/courses/llm-course/the-llm-scientist/"
CLASS = "/cohorts/bench/"
CSRF = "b" * 32


@dataclass(frozen=True)
class Page:
    """Words in braces are filled in from the learner who asks (see `seed.py`); `{sequence}`
    grows with every request. A page with a body is posted; `accept` is what the browser would
    have. `session` names whose session it is: the learner's own, or the same for all."""

    key: str
    title: str
    path: str
    body: str = ""
    signed_in: bool = True
    session: str = "session"
    accept: str = ""
    against: str = "read"
    least_ratio: float | None = None
    most_queries: int | None = None
    # Seconds before the first round: longer where a learner's first visit is written down, and
    # where the words of twenty quizzes are rendered once in each process.
    warm_up: float = 1

    def request_of(self, learner: dict[str, Any]) -> str:
        """One line of a request file: method, path, cookies, headers, body, between tabs."""
        cookies = [f"csrftoken={CSRF}"] if self.body else []
        if self.signed_in:
            cookies.insert(0, f"sessionid={learner[self.session]}")
        body = self.body and f"csrfmiddlewaretoken={CSRF}&{self.body}"
        fields = (
            "POST" if body else "GET",
            self.path,
            "; ".join(cookies),
            f"Accept: {self.accept}" if self.accept else "",
            body,
        )
        learner = {**learner, "sequence": "{sequence}"}
        return "\t".join(field.format(**learner) for field in fields)


YARDSTICKS = {
    "read": Page("read", "yardstick: session, user, 4 queries", "/page/"),
    "write": Page("write", "yardstick: one write", "/save/", body="answer={sequence}"),
}
PAGES = (
    Page("lesson", "lesson", LESSON, least_ratio=1.0, most_queries=5, warm_up=4),
    Page(
        "lesson-anonymous",
        "lesson, anonymous",
        LESSON,
        signed_in=False,
        least_ratio=4.0,
        most_queries=0,
    ),
    Page("track", "roadmap of a track", TRACK, least_ratio=0.9),
    Page("today", "Today", "/today/", least_ratio=0.7, most_queries=10),
    Page("search", "search", "/search/?q=attention"),
    Page("home", "home, anonymous", "/", signed_in=False),
    Page("quiz", "quiz", "/attempts/{open}/", warm_up=6),
    Page("results", "results of a quiz", "/attempts/{finished}/results/", warm_up=6),
    Page(
        "answer",
        "save one answer",
        "/attempts/{open}/answers/{position}/",
        body="{answer}&sequence={sequence}",
        accept="application/json",
        against="write",
        least_ratio=0.8,
    ),
    Page("review", "review", "/review/", most_queries=8, warm_up=4),
    Page(
        "review-keeper",
        "review, 100,000 cards",
        "/review/",
        session="keeper",
        most_queries=8,
    ),
    Page(
        "gradebook",
        "gradebook, 50 of 1,000 learners x 40",
        f"{CLASS}gradebook/",
        session="teacher",
        least_ratio=0.25,
        most_queries=12,
        warm_up=4,
    ),
    Page(
        "gradebook-sorted",
        "gradebook, 1,000 learners sorted by total",
        f"{CLASS}gradebook/?sort=-total",
        session="teacher",
        most_queries=12,
    ),
    Page(
        "class",
        "class, 50 of 1,000 learners x 20 lessons",
        CLASS,
        session="teacher",
        least_ratio=0.25,
        most_queries=12,
        warm_up=4,
    ),
    Page("class-learner", "class, as its learner", CLASS, session="member"),
    Page("own-grades", "one's own grades", f"{CLASS}grades/", session="member"),
    Page("today-member", "Today, in a class", "/today/", session="member"),
)
