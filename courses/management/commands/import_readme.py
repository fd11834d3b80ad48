from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from courses.readme.decoding import ReadmeError
from courses.readme.planning import plan
from courses.readme.plans import Options, Plan
from courses.readme.reports import report_of, text_of
from courses.readme.slugs import slug_of
from courses.readme.writing import ChangedError, write

MARKS = {"added": "+", "removed": "-", "changed": "~", "moved": ">"}


class Command(BaseCommand):
    help = (
        "Imports the README of a course: parts, lessons, concepts, references and notebooks. "
        "Imported again, it brings what the README changed. New lessons are drafts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--course", default="", help="The course's address, if not its title's."
        )
        parser.add_argument("--title", default="", help="The course's title, if not the README's.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done.")
        parser.add_argument(
            "--publish",
            action="store_true",
            help="Give readers what is imported at once. Otherwise it waits as drafts.",
        )
        parser.add_argument(
            "--take",
            choices=["readme"],
            help="Where the course was changed here, too: take the README's word.",
        )
        parser.add_argument("--report", type=Path, help="A file for the account of every line.")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = self.options(options)
        try:
            raw = options["file"].read_bytes()
            if options["dry_run"]:
                planned = plan(raw, chosen)
            else:
                planned = write(raw, chosen, by=None, now=timezone.now())
        except OSError as error:
            raise CommandError(f"{options['file']}: cannot be read: {error.strerror}.") from error
        except ReadmeError as error:
            raise CommandError(f"{options['file'].name}: {error}") from error
        except ChangedError as error:
            raise CommandError("The course was changed meanwhile. Nothing was written.") from error
        self.say(planned, dry=options["dry_run"], report=options["report"])

    def options(self, options: dict[str, Any]) -> Options:
        course = options["course"]
        if course and slug_of(course) != course:
            raise CommandError(f"“{course}” is no address: use small letters, digits and hyphens.")
        return Options(
            filename=options["file"].name,
            slug=course,
            title=options["title"].strip(),
            take=options["take"] == "readme",
            publish=options["publish"],
        )

    def say(self, planned: Plan, *, dry: bool, report: Path | None) -> None:
        found = report_of(planned)
        if report:
            report.write_text(text_of(found), encoding="utf-8")
        counts = ", ".join(f"{number} {name}" for name, number in found["counts"].items())
        verdicts = ", ".join(f"{number} {name}" for name, number in found["verdicts"].items())
        self.stdout.write(f"{found['title']} ({found['slug']}): {counts}.")
        self.stdout.write(f"Lines, read as {found['encoding']}: {verdicts}.")
        for sentence in found["warnings"]:
            self.stdout.write(f"! {sentence}")
        self.differences(found)
        self.stdout.write(ending(found, dry))

    def differences(self, found: dict[str, Any]) -> None:
        for one in found["renamings"]:
            self.stdout.write(f"renamed: {one['address']}: {one['before']} → {one['after']}")
        for kind, words in (
            ("archived", "left the README, archived"),
            ("left_archived", "archived here, left so"),
            ("moved", "in another part here, left there"),
            ("published", "published"),
        ):
            for name in found[kind]:
                self.stdout.write(f"{words}: {name}")
        for file in found["files"]:
            waits = " (waits as a draft)" if file["waits"] else ""
            date = " (its draft loses its date)" if file["loses_date"] else ""
            self.stdout.write(f"{file['name']}{waits}{date}:")
            for one in file["differences"]:
                self.stdout.write(f"  {MARKS[one['kind']]} {one['label']}")
        for one in found["conflicts"]:
            self.stdout.write(f"conflict: {one['file']}: {one['label']}")


def ending(found: dict[str, Any], dry: bool) -> str:
    if found["changes_nothing"]:
        return "Nothing changed."
    if dry:
        return "Nothing was written: this was a dry run."
    return "Written. Lessons that are drafts are published in the admin, or with --publish."
