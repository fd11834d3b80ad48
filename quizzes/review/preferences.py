"""How one person wants to review."""

from accounts.models import User
from quizzes.models import ReviewPreferences


def preferences_of(user: User) -> ReviewPreferences:
    """What `user` has chosen, else the defaults, not stored. One query."""
    return ReviewPreferences.objects.filter(user=user).first() or ReviewPreferences(user=user)
