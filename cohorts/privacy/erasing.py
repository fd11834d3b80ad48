"""What goes with an account, and hangs on no key to it."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from accounts.models import User
from cohorts.privacy.own import invited


@receiver(pre_delete, sender=User)
def account_goes(instance: User, **kwargs: Any) -> None:
    """Invitations know people by their address alone; with the addresses, the way to them goes."""
    invited(instance).delete()
