"""What is known of addresses, for pages and for the checks before publishing."""

from collections.abc import Collection, Mapping
from urllib.parse import quote

from courses.models import Link

ARCHIVE = "https://web.archive.org/web/"


def health_of(urls: Collection[str]) -> Mapping[str, Link]:
    """What is known of each of `urls`; one that was never checked is not in it. One query."""
    return {link.url: link for link in Link.objects.filter(url__in=urls)}


def dead_among(urls: Collection[str]) -> Mapping[str, Link]:
    """Those of `urls` that readers should be told about. One query."""
    if not urls:
        return {}
    return {link.url: link for link in Link.objects.dead().filter(url__in=urls)}


def archive_url(url: str) -> str:
    """Where the web archive keeps `url`, which is an http(s) address."""
    return ARCHIVE + quote(url, safe=":/?&=#%+,;@!$'()*~-._")
