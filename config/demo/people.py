"""The demo people of a development site; with DEBUG off they can only be removed."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from config.demo.walk import walk

PASSWORD = "stones-on-the-trail"  # noqa: S105
# Of the learners of the demo class.
DOMAIN = "demo.example.org"
AT_ONCE = 100


@dataclass(frozen=True)
class Person:
    email: str
    display_name: str
    groups: tuple[str, ...] = ()


LEARNER = Person("learner@example.org", "Lena Learner")
TEACHER = Person("teacher@example.org", "Tomas Teacher", ("Teachers",))
EDITOR = Person("editor@example.org", "Edda Editor", ("Editors",))
PEOPLE = (LEARNER, TEACHER, EDITOR)


class DebugOffError(Exception):
    """Demo people have a password that everyone can read: they never exist on a real site."""


def create_people(*, now: datetime) -> list[User]:
    """Those of the demo people who did not exist; who exists is left as they are."""
    require_debug()
    with transaction.atomic():
        return create_missing(now)


def create_missing(now: datetime) -> list[User]:
    missing = [person for person in PEOPLE if not User.objects.filter(email=person.email).exists()]
    created = [create(person) for person in missing]
    for user in created:
        if user.email == LEARNER.email:
            walk(user=user, now=now)
    return created


def require_debug() -> None:
    if not settings.DEBUG:
        raise DebugOffError


def create(person: Person) -> User:
    require_debug()
    user = User.objects.create_user(
        person.email,
        PASSWORD,
        display_name=person.display_name,
        is_staff=bool(person.groups),
    )
    user.groups.set(Group.objects.filter(name__in=person.groups))
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def everybody() -> QuerySet[User]:
    """The demo people in this database, and the learners of their class."""
    known = Q(email__in=[person.email for person in PEOPLE]) | Q(email__endswith=f"@{DOMAIN}")
    return User.objects.filter(known)


def remaining() -> list[str]:
    """Their addresses."""
    return list(everybody().order_by("pk").values_list("email", flat=True))


def remove_people() -> int:
    """Some at a time, with all that is theirs: a statement takes only so many keys."""
    removed = 0
    while keys := list(everybody().values_list("pk", flat=True)[:AT_ONCE]):
        removed += User.objects.filter(pk__in=keys).delete()[1].get("accounts.User", 0)
    return removed
