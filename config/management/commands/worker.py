import logging
import os
import sys
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from config import clock

PAUSE = 5

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Does what is queued (e-mails), and what is due (attempts whose time is up), until ended."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="End when nothing is left to do, as for cron."
        )
        parser.add_argument(
            "--attached", action="store_true", help="End when whoever started it does."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["attached"]:
            threading.Thread(target=end_with_parent, daemon=True).start()
        worker = queue_worker()
        if not options["once"]:
            worker.configure_signals()
        while True:
            close_old_connections()
            clock.strike(timezone.now())
            empty_queue(worker, patient=not options["once"])
            if options["once"] or not worker.running:
                return
            time.sleep(PAUSE)


def empty_queue(worker: Worker, *, patient: bool) -> None:
    """Do all that is queued; who is `patient` tries again later what the database refuses now.

    SQLite may be locked by a long write, PostgreSQL be restarting.
    """
    try:
        worker.run()
    except (DatabaseError, InterfaceError):
        if not patient:
            raise
        logger.exception("The queue cannot be read at present.")


def queue_worker() -> Worker:
    """One whose `run` does all that is queued and comes back."""
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )


def end_with_parent() -> None:
    """Nothing is ever written to our input: it ends when the process at its other end does."""
    while os.read(sys.stdin.fileno(), 1):
        """Not yet. Unbuffered: a buffer's lock would be held when the interpreter ends."""
    os._exit(0)
