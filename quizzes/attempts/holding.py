"""Holding results back, where those who learn together get other dates after one has begun."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from quizzes.models import Attempt


@transaction.atomic
def hold_back(*, quiz_id: int, until: Mapping[int, datetime | None]) -> None:
    """By the number of a person: until when somebody who learns with them can answer the quiz.

    What was told already stays known to lessons and grades; only the page of the results, which
    has the right answers, is held back again.
    """
    alike: dict[datetime | None, list[int]] = defaultdict(list)
    for user, at in until.items():
        alike[at].append(user)
    found = Attempt.objects.filter(quiz=quiz_id, user__in=list(until))
    # In the order in which a regrade locks them, too.
    if not list(found.order_by("pk").locked().values_list("pk", flat=True)):
        return
    for at, users in alike.items():
        Attempt.objects.filter(quiz=quiz_id, user__in=users).exclude(others_until=at).update(
            others_until=at
        )
