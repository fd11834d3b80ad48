"""How fast one person may write."""

from datetime import datetime, timedelta

from accounts.models import User
from cohorts.models import Post, Thread

MOST = 10
WITHIN = timedelta(minutes=10)


class TooFastError(Exception):
    """So many questions and answers of one person stand in the last minutes already."""


def take_turn(user: User) -> None:
    """What one person sends at once is done one after the other, until the transaction ends."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def check_pace(user: User, now: datetime) -> None:
    """In all classes together. Raises TooFastError. Two queries."""
    since = now - WITHIN
    asked = Thread.objects.filter(author=user, created_at__gt=since).count()
    answered = Post.objects.filter(author=user, created_at__gt=since).count()
    if asked + answered >= MOST:
        raise TooFastError
