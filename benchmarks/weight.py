"""What a reader's browser loads for one page, before compression."""

from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urljoin

from benchmarks.errors import BenchError

Attributes = list[tuple[str, str | None]]


@dataclass(frozen=True)
class Weight:
    """Bytes."""

    html: int
    css: int
    js: int


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.css: list[str] = []
        self.js: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "link" and "stylesheet" in found.get("rel", "").split():
            self.css.append(found["href"])
        if tag == "script" and found.get("src"):
            self.js.append(found["src"])


def weigh(port: int, path: str, cookies: str) -> Weight:
    html = fetch(port, path, cookies)
    links = Links()
    links.feed(html.decode())
    css, js = (
        sum(len(fetch(port, urljoin(path, link), "")) for link in found)
        for found in (links.css, links.js)
    )
    return Weight(len(html), css, js)


def fetch(port: int, path: str, cookies: str) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Cookie": cookies})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise BenchError(f"{path}: the answer was {answer.status}.")
    return body
