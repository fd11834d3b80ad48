"""What kind of thing an address leads to: a guess from its host and from the words about it."""

import re
from urllib.parse import urlsplit

HOSTS = {
    "video": ("youtube.com", "youtu.be", "vimeo.com", "bilibili.com", "loom.com"),
    "paper": ("arxiv.org", "openreview.net", "aclanthology.org", "papers.nips.cc", "doi.org"),
    "repository": ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org"),
    "course": (
        *("coursera.org", "udacity.com", "edx.org", "khanacademy.org", "deeplearning.ai"),
        *("course.fast.ai", "udemy.com", "ocw.mit.edu"),
    ),
    "documentation": ("readthedocs.io", "readthedocs.org", "docs.rs"),
}
WORDS = (
    ("leaderboard", re.compile(r"\b(leaderboard|arena|ranking)\b")),
    ("book", re.compile(r"\b(hand)?book\b")),
    ("course", re.compile(r"\b(courses?|bootcamp|mooc|specialization)\b")),
    ("documentation", re.compile(r"\b(documentation|docs|quickstart|api reference)\b")),
    ("video", re.compile(r"\b(videos?|playlist|lecture series)\b")),
)
OF_NOTE = ("leaderboard", "course", "documentation")


def kind_of(url: str, title: str, note: str = "") -> str:
    """One of `Reference.Kind`; `article` where nothing speaks for another. A guess."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    words = title.casefold()
    if WORDS[0][1].search(words):
        return "leaderboard"
    for kind, hosts in HOSTS.items():
        if any(host == one or host.endswith(f".{one}") for one in hosts):
            return kind
    for kind, pattern in WORDS:
        if pattern.search(words):
            return kind
    return by_place(host, parts.path.casefold(), note.casefold())


def by_place(host: str, path: str, note: str) -> str:
    if host.startswith("docs.") or "/docs/" in path or "/documentation/" in path:
        return "documentation"
    if "/learn/" in path or "course" in path:
        return "course"
    if path.endswith(".pdf"):
        return "paper"
    if "blogpost" in path:
        return "article"
    if "/spaces/" in path or host.startswith(("colab.", "chat.")):
        return "tool"
    first = note[:80]
    return next(
        (kind for kind, words in WORDS if kind in OF_NOTE and words.search(first)), "article"
    )
