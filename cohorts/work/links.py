"""Links that people hand in: only to web pages, shown with where they lead. Pure."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

MOST_CHARACTERS = 500
NOTEBOOKS = {"colab.research.google.com", "colab.google", "kaggle.com", "www.kaggle.com"}
REPOSITORIES = {"github.com", "gitlab.com", "codeberg.org", "bitbucket.org", "huggingface.co"}
# Nothing that a browser would drop, turn round or read as another address.
PLAIN = re.compile(r"[^\s\x00-\x20\x7f\\<>\"^`{|}]+")


@dataclass(frozen=True, slots=True)
class Link:
    """`host` is where it leads, in the characters that the browser asks for."""

    url: str
    host: str
    icon: str


def read(typed: str) -> Link | None:
    """The link, where it is one to a page of the web; None else. Never raises."""
    url = typed.strip()
    if len(url) > MOST_CHARACTERS or not url.isprintable() or not PLAIN.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except ValueError:
        return None
    # A name before the host (`https://colab.google@elsewhere.org`) only misleads.
    if parts.scheme not in {"http", "https"} or "." not in host or "@" in parts.netloc:
        return None
    return Link(url, f"{host}:{port}" if port else host, icon_of(host))


def icon_of(host: str) -> str:
    if host in NOTEBOOKS:
        return "notebook-text"
    return "git-branch" if host in REPOSITORIES else "external-link"
