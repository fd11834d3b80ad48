"""What the worker does again and again, and how often; each round may safely be done twice."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.core.management import call_command

from cohorts.people.imports import forget_old
from cohorts.tasks import queue_announcement_mails, queue_due_mails
from cohorts.work.storage import delete_orphans
from courses.editor.due import publish_due
from courses.links.running import check_due
from courses.readme.imports import forget_old_readmes
from courses.tables.pending import forget_old as forget_old_tables
from quizzes.attempts.ends import close_overdue
from quizzes.editor.publishing import publish_due_questions
from quizzes.tasks import queue_review_mails

logger = logging.getLogger(__name__)

KEEP_DAYS = 7


@dataclass(frozen=True)
class Round:
    name: str
    every: timedelta
    do: Callable[[datetime], object]


def close_attempts(now: datetime) -> None:
    close_overdue(now=now)


def tidy_up(now: datetime) -> None:
    call_command("prune_db_task_results", min_age_days=KEEP_DAYS, verbosity=0)
    call_command("clearsessions")
    delete_orphans(now)
    forget_old(now)
    forget_old_tables(now)
    forget_old_readmes(now)


ROUNDS = (
    Round("close-attempts", timedelta(minutes=1), close_attempts),
    Round("publish-lessons", timedelta(minutes=1), publish_due),
    Round("publish-questions", timedelta(minutes=1), publish_due_questions),
    Round("review-mails", timedelta(minutes=10), queue_review_mails),
    Round("announcement-mails", timedelta(minutes=1), queue_announcement_mails),
    Round("due-mails", timedelta(minutes=10), queue_due_mails),
    Round("check-links", timedelta(hours=1), check_due),
    Round("tidy-up", timedelta(days=1), tidy_up),
)


def strike(now: datetime) -> None:
    """Do what is due at `now`. One that fails is logged, and tried again when it is due next."""
    for one in ROUNDS:
        # Workers that share a cache share the rounds, too.
        if cache.add(f"round:{one.name}", True, one.every.total_seconds()):
            try:
                one.do(now)
            except Exception:  # whatever it is, the other rounds are not to wait for it
                logger.exception("The round %s failed.", one.name)
