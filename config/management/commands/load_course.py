from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from courses.content.files import digests
from courses.content.loading import course_loaded, load
from courses.content.problems import ContentError
from courses.content.reading import read_course
from courses.search.index import rebuild


class Command(BaseCommand):
    help = "Loads a course from its folder of YAML files. Loading it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.COURSE_DIR)
        parser.add_argument(
            "--again",
            action="store_true",
            help="Load files that have not changed, too, over what was edited here since.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        again = options["again"]
        if not again and course_loaded(digests(options["folder"])):
            self.say(options, "nothing has changed.")
            return
        try:
            loaded = load(read_course(options["folder"]), now=timezone.now(), again=again)
        except ContentError as error:
            count = len(error.lines)
            raise CommandError(
                f"{error}\nNothing was loaded: {count} problem{'s' * (count > 1)} to mend."
            ) from error
        rebuild(loaded.course)
        changes = loaded.changes
        self.say(
            options,
            f"{changes.created} created, {changes.updated} updated, {changes.archived} archived.",
        )

    def say(self, options: dict[str, Any], text: str) -> None:
        if options["verbosity"]:
            self.stdout.write(f"Course from {options['folder'].name}: {text}")
