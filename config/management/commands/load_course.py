from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from courses.content.conflicts import told
from courses.content.files import digests
from courses.content.keeping import course_loaded, files_loaded, remember_bytes
from courses.content.loading import Loaded, load
from courses.content.problems import ContentError
from courses.content.reading import read_course
from courses.content.sides import ConflictError, Side, Take
from courses.search.index import rebuild

STOPPED = """
Loading these files would take back what was changed here:

{conflicts}

Nothing was loaded. Say whose word counts with --take files or --take database; for one file with
--take files:NAME or --take database:NAME. To see what is here as files:
manage.py export_course FOLDER."""


class Command(BaseCommand):
    help = "Loads a course from its folder of YAML files. Loading it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.COURSE_DIR)
        parser.add_argument(
            "--take",
            action="append",
            default=[],
            metavar="SIDE[:NAME]",
            help="Where a file and the database were both changed: files or database; with the "
            "name of a file, for that one.",
        )
        parser.add_argument(
            "--again",
            action="store_true",
            help="Load every file, changed or not, over all that was edited here.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder, again = options["folder"], options["again"]
        take = take_from(options["take"])
        if not again and (course := course_loaded(digests(folder))):
            remember_bytes(course, folder)
            self.say(options, "nothing has changed.")
            return
        try:
            files = read_course(folder, () if again else files_loaded())
            loaded = load(files, now=timezone.now(), take=take, again=again)
        except ContentError as error:
            count = len(error.lines)
            raise CommandError(
                f"{error}\nNothing was loaded: {count} problem{'s' * (count > 1)} to mend."
            ) from error
        except ConflictError as error:
            raise CommandError(STOPPED.format(conflicts=told(error.conflicts))) from error
        rebuild(loaded.course)
        self.report(options, loaded)

    def report(self, options: dict[str, Any], loaded: Loaded) -> None:
        changes = loaded.changes
        self.say(
            options,
            f"{changes.created} created, {changes.updated} updated, {changes.archived} archived.",
        )
        if loaded.left:
            self.stdout.write(
                f"As it was edited here, and not as in the files: {listed(loaded.left)}."
            )
        if loaded.missing:
            self.stdout.write(f"Not loaded, for their track is not here: {listed(loaded.missing)}.")

    def say(self, options: dict[str, Any], text: str) -> None:
        if options["verbosity"]:
            self.stdout.write(f"Course from {options['folder'].name}: {text}")


def listed(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown


def take_from(said: list[str]) -> Take:
    """What `--take` says: for all files, and for some by name. Raises CommandError."""
    known = {"files": Side.FILE, "database": Side.DATABASE}
    for_all, named = Side.OPEN, {}
    for one in said:
        side, _, name = one.partition(":")
        if side not in known:
            raise CommandError(f"--take {one}: say files or database.")
        if name:
            named[name] = known[side]
        else:
            for_all = known[side]
    return Take(for_all, named)
