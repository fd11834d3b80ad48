"""Checks that an editor asked for, done outside the request."""

from collections.abc import Sequence

from django.utils import timezone
from django_tasks import task

from courses.links.running import check_links

# Addresses of one task, and its seconds: mails wait behind it.
PORTION, SECONDS = 20, 60.0


def queue_checks(urls: Sequence[str]) -> None:
    for start in range(0, len(urls), PORTION):
        check_these.enqueue(list(urls[start : start + PORTION]))


@task()
def check_these(urls: list[str]) -> int:
    """How many were asked."""
    return sum(1 for _link in check_links(urls, now=timezone.now(), within=SECONDS))
