"""The fixed personas of the suite."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from accounts.models import User

PASSWORD = "a-long-enough-pass-phrase"


def person(email: str, name: str, *groups: str, staff: bool = False) -> User:
    user = User.objects.create_user(email, PASSWORD, display_name=name, is_staff=staff)
    user.groups.set(Group.objects.filter(name__in=groups))
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def learner() -> User:
    return person("yi-ting@example.org", "Yi-Ting Chen")


def stranger() -> User:
    return person("sam@example.org", "Sam Stranger")


def teacher() -> User:
    return person("amara@example.org", "Amara Osei", "Teachers", staff=True)


def editor() -> User:
    return person("edda@example.org", "Edda Lind", "Editors", staff=True)


def superuser() -> User:
    user = person("root@example.org", "Root", staff=True)
    user.is_superuser = True
    user.save(update_fields=["is_superuser"])
    return user
