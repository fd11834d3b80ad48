from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config import demo


class Command(BaseCommand):
    help = "Makes the demo people of a development site; refuses when DEBUG is off."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true", help="Remove them, with their work.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            self.stdout.write(f"Removed {demo.remove_people()} demo people.")
            return
        try:
            demo.create_people(now=timezone.now())
        except demo.DebugOffError as error:
            raise CommandError("Demo people have a known password: only with DEBUG=on.") from error
        if options["verbosity"]:
            for person in demo.PEOPLE:
                self.stdout.write(f"{person.email}  {demo.PASSWORD}  {person.display_name}")
