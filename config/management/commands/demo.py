from argparse import ArgumentParser, ArgumentTypeError
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config import demo

MOST = 100_000


def number(text: str) -> int:
    if not text.isdecimal() or int(text) > MOST:
        raise ArgumentTypeError(f"Give a whole number from 0 to {MOST:,}.")
    return int(text)


class Command(BaseCommand):
    help = "Makes the demo people of a development site; refuses when DEBUG is off."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--learners",
            type=number,
            metavar="N",
            help="Also make a class of N learners, with eight weeks of activity.",
        )
        parser.add_argument("--remove", action="store_true", help="Remove them, with their work.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            removed = demo.remove_people()
            demo.remove_class()
            self.stdout.write(f"Removed {removed} demo people.")
            return
        try:
            demo.create_people(now=timezone.now())
        except demo.DebugOffError as error:
            raise CommandError("Demo people have a known password: only with DEBUG=on.") from error
        if options["verbosity"]:
            for person in demo.PEOPLE:
                self.stdout.write(f"{person.email}  {demo.PASSWORD}  {person.display_name}")
        if options["learners"] is not None:
            self.make_class(options["learners"], loud=bool(options["verbosity"]))

    def make_class(self, learners: int, *, loud: bool) -> None:
        """A class that is there already stays as it is."""
        before = demo.class_of()
        cohort = demo.make_class(
            learners=learners,
            now=timezone.now(),
            progress=partial(self.count, of=learners) if loud else lambda done: None,
        )
        if cohort is None:
            raise CommandError("There is no course to teach: run manage.py load_course first.")
        if loud:
            made = (
                "is there already" if before else f"has {learners:,} learner{'s'[: learners != 1]}"
            )
            self.say(f"{cohort.name} {made}: /cohorts/{cohort.slug}/", "\n")

    def count(self, done: int, of: int) -> None:
        self.say(f"{done:,} of {of:,} learners", "\r")

    def say(self, text: str, ending: str) -> None:
        self.stdout.write(text, ending=ending)
        self.stdout.flush()
