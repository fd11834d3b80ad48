import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.content.exporting import export
from courses.content.folder import FolderError, Plan
from courses.models import Course


class Command(BaseCommand):
    help = "Writes a course from the database as the files that load_course reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--course", default=settings.DEFAULT_COURSE, help="The course’s address."
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="Write nothing; say what would change, and fail where something would.",
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Write over files that were changed and not loaded since.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        course = Course.objects.filter(slug=options["course"]).first()
        if course is None:
            raise CommandError(f"There is no course “{options['course']}”. Say --course ADDRESS.")
        check = options["check"]
        try:
            plan = export(
                course=course,
                folder=options["folder"],
                check=check,
                overwrite=options["overwrite"],
            )
        except FolderError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.say(plan, "would be written" if check else "written", options["verbosity"] > 1)
        if check and plan.changes:
            sys.exit(1)

    def say(self, plan: Plan, deed: str, everything: bool) -> None:
        for name in plan.written:
            self.stdout.write(f"  {name}: {deed}")
        for name in plan.removed:
            self.stdout.write(f"  {name}: {deed.replace('written', 'removed')}")
        for name in plan.unchanged if everything else ():
            self.stdout.write(f"  {name}: unchanged")
        for problem in plan.problems:
            self.stderr.write(f"load_course would refuse {problem}")
        self.stdout.write(
            f"{len(plan.written)} files {deed}, {len(plan.unchanged)} unchanged, "
            f"{len(plan.removed)} {deed.replace('written', 'removed')}."
        )
