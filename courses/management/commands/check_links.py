"""Ask every address that the course names whether it still answers."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from courses.links.running import check_links
from courses.links.storing import chosen
from courses.links.uses import addresses
from courses.models import Course, Link

State = Link.State
TO_FIX = (State.DEAD, State.FAILING, State.MOVED)
# Seconds for one address if all were on one host: the bound of the whole run.
SECONDS = 5.0


class Command(BaseCommand):
    help = (
        "Checks the addresses of references and notebooks: politely, at most one question a host "
        "and second. What fails is dead only after three days of failures over three days."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--course", help="The slug of one course. Otherwise all.")
        parser.add_argument("--limit", type=int, help="At most so many, longest unchecked first.")
        parser.add_argument(
            "--older-than", type=int, metavar="DAYS", help="Only what was not checked for DAYS."
        )
        parser.add_argument("--only", choices=["failing"], help="Only what failed last time.")
        parser.add_argument("--json", action="store_true", help="One line of JSON an address.")
        parser.add_argument(
            "--strict", action="store_true", help="Exit with 1 where an address is dead."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        urls = self.urls(options)
        within = max(60.0, SECONDS * len(urls))
        links = self.progress(check_links(urls, now=now, within=within), len(urls), options)
        if options["json"]:
            for link in links:
                self.stdout.write(json.dumps(row_of(link), ensure_ascii=False))
        elif options["verbosity"]:
            self.summarise(links, len(urls))
        if options["strict"] and any(link.state == State.DEAD for link in links):
            raise CommandError("There are dead links.", returncode=1)

    def urls(self, options: dict[str, Any]) -> list[str]:
        course = Course.objects.filter(slug=options["course"]).first()
        if options["course"] and course is None:
            raise CommandError(f"There is no course “{options['course']}”.")
        limit, days = options["limit"], options["older_than"]
        if (limit is not None and limit < 1) or (days is not None and not 0 <= days <= 10_000):
            raise CommandError("--limit needs at least 1, --older-than 0 to 10000 days.")
        before = timezone.now() - timedelta(days=days) if days is not None else None
        failing = options["only"] == "failing"
        return chosen(addresses(course), before=before, failing=failing, limit=limit)

    def progress(self, links: Iterator[Link], total: int, options: dict[str, Any]) -> list[Link]:
        """Says how far it is on a terminal that is watched."""
        shown = options["verbosity"] and self.stderr.isatty()
        found = []
        for number, link in enumerate(links, 1):
            found.append(link)
            if shown:
                self.stderr.write(f"\r{number} of {total} asked", ending="")
        if shown:
            self.stderr.write("")
        return found

    def summarise(self, links: Sequence[Link], total: int) -> None:
        for state in TO_FIX:
            self.list(f"{state.label}:", (link for link in links if link.state == state))
        counts = Counter(link.state for link in links)
        for known in State:
            if counts[known]:
                self.stdout.write(f"{counts[known]:>6}  {known.label}")
        if total and not links:
            self.stdout.write("Nobody answered. Is there a connection? Nothing was written down.")
        elif len(links) < total:
            self.stdout.write(f"{total - len(links):>6}  Not asked; their turn is next time")
        self.stdout.write(f"{total:>6}  addresses")

    def list(self, heading: str, links: Iterable[Link]) -> None:
        lines = [f"  {link.url}  {link.moved_to or link.problem}".rstrip() for link in links]
        if lines:
            self.stdout.write("\n".join([heading, *sorted(lines)]))


def row_of(link: Link) -> dict[str, Any]:
    return {
        "url": link.url,
        "state": link.state,
        "status": link.status_code,
        "problem": link.problem,
        "moved_to": link.moved_to,
        "failing_since": link.failing_since and link.failing_since.isoformat(),
    }
