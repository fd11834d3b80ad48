import os
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config.demo import PASSWORD, PEOPLE
from config.make import port

# In the demo class: enough for every page of it to have something to show.
LEARNERS = 30
CLOSING = """
Cairn is at {address}

Demo people, all with the password {password}
{people}
The teacher has a class of 30, eight weeks into its term.

E-mails are not sent; they are at {address}outbox/
Ctrl-C stops the server.
"""


class Command(BaseCommand):
    help = "Prepares the database, the course and demo people, then serves all on this machine."
    # The system checks run with `runserver`, in the process that is kept.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("This is for DEBUG=on. docs/operating.md says how to serve a site.")
        port.claim(options["port"])
        try:
            self.prepare()
        except KeyboardInterrupt:
            sys.exit(0)
        address = f"http://{port.HOST}:{options['port']}/"
        self.stdout.write(closing(address))
        work(address)
        serve(f"{port.HOST}:{options['port']}")

    def prepare(self) -> None:
        settings.VAR_DIR.mkdir(exist_ok=True)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database…")
            call_command("migrate", verbosity=0, interactive=False)
        self.stdout.write("Loading the course…")
        call_command("load_course", verbosity=0, take=["database"])
        call_command("demo", learners=LEARNERS, verbosity=0)


def closing(address: str) -> str:
    people = "\n".join(f"  {person.email:20} {person.display_name}" for person in PEOPLE)
    return CLOSING.format(address=address, password=PASSWORD, people=people)


def work(address: str) -> "subprocess.Popen[bytes]":
    """A worker beside the server; it ends with this process, however that ends."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--attached"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "SITE_URL": address},
        stdin=subprocess.PIPE,
    )


def serve(address: str) -> None:
    """Serves, and again with each change of the code, which prepares nothing a second time."""
    os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
    # The reloader starts this command line; as `runserver` it outlives half-written files.
    sys.argv[1:] = ["runserver", address]
    connection.close()
    call_command("runserver", address)
