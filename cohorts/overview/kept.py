"""How long the sums of a whole class are good; apart from them, so that whoever changes what they
count can say so without knowing how they are added up."""

from django.core.cache import cache
from django.db import transaction

SECONDS = 30


def key_of(cohort: int) -> str:
    return f"class-snapshot:{cohort}"


def forget(cohort: int) -> None:
    """After a change that whoever made it expects to see at once.

    Twice: what is added up again before the transaction is through is still the old.
    """
    key = key_of(cohort)
    cache.delete(key)
    transaction.on_commit(lambda: cache.delete(key))
