from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from courses.content.problems import ContentError
from courses.content.reading import read_course
from courses.content.saving import save_course
from courses.models import Course
from courses.search.index import rebuild
from quizzes.content import save_questions, validate_questions


class Command(BaseCommand):
    help = "Loads a course from its folder of YAML files. Loading it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.COURSE_DIR)
        parser.add_argument(
            "--again",
            action="store_true",
            help="Load files that have not changed, too: what was edited here since is overwritten.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = read_course(options["folder"], validate_questions)
        except ContentError as error:
            count = len(error.lines)
            raise CommandError(
                f"{error}\nNothing was loaded: {count} problem{'s' * (count > 1)} to mend."
            ) from error
        changes = save_course(
            files, save_questions=save_questions, now=timezone.now(), again=options["again"]
        )
        course = Course.objects.get(slug=files.course.data["slug"])
        rebuild(course)
        if options["verbosity"] and changes:
            self.stdout.write(
                f"{course.title}: {changes.created} created, {changes.updated} updated, "
                f"{changes.archived} archived."
            )
        elif options["verbosity"]:
            self.stdout.write(f"{course.title}: nothing has changed.")
