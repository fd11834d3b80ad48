"""How often one may guess join codes: not often enough to find one."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache

from accounts.middleware import SignedInRequest

MOST = 20
SECONDS = 60


def may_guess(request: SignedInRequest) -> bool:
    """Whether this person, and everybody at their address, had less than `MOST` wrong codes in
    the minute that began with the first of them."""
    counted = cache.get_many(keys_of(request))
    return all(wrong < MOST for wrong in counted.values())


def was_wrong(request: SignedInRequest) -> None:
    for key in keys_of(request):
        if not cache.add(key, 1, SECONDS):
            count_up(key)


def count_up(key: str) -> None:
    try:
        cache.incr(key)
    except ValueError:  # the minute ended between the two looks
        cache.set(key, 1, SECONDS)


def keys_of(request: SignedInRequest) -> list[str]:
    address = get_adapter().get_client_ip(request)
    return [f"wrong-join-codes:{address}", f"wrong-join-codes:user:{request.user.pk}"]
