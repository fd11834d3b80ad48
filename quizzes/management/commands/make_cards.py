from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from quizzes.review.backfill import make_cards


class Command(BaseCommand):
    help = (
        "Make the review cards of answers and ticks that have none: after an upgrade, or when "
        "concepts have got key facts. Safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        made = make_cards(now=timezone.now())
        self.stdout.write(f"{made} review cards made.")
