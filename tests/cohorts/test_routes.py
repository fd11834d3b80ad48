"""Every address of classes as everybody, and nothing of a class by the address of another."""

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import User
from tests.class_factories import ClassOf, MembershipFactory
from tests.cohorts.routes import ROUTES
from tests.cohorts.things import MAKERS, PUBLIC, names_in
from tests.people import stranger
from tests.test_routes import is_of_classes, routes

ALL = sorted(route for route in set(routes()) if is_of_classes(route))
PARTS = re.compile(r"<(?:\w+:)?(\w+)>")


def address(route: str, names: dict[str, Any]) -> str:
    return PARTS.sub(lambda part: str(names[part[1]]), route)


def personas(autumn: ClassOf) -> list[User | None]:
    members = (autumn.other_teacher, autumn.removed, autumn.learner, autumn.observer)
    teaching = (autumn.assistant, autumn.teacher, autumn.owner)
    return [None, stranger(), *(member.user for member in (*members, *teaching))]


def status(user: User | None, method: str, url: str) -> str:
    client = Client()
    if user:
        client.force_login(user)
    with transaction.atomic():
        answer = getattr(client, method)(url)
        if answer.streaming:
            b"".join(answer)  # which closes what it came from
        transaction.set_rollback(True)
    return str(answer.status_code)


def answers(users: list[User | None], method: str, url: str) -> str:
    found = [status(user, method, url) for user in users]
    return found[0] if len(set(found)) == 1 else " ".join(found)


@pytest.mark.parametrize("route", ALL)
def test_route(route: str, autumn: ClassOf) -> None:
    assert route in ROUTES, "List this route, with what each persona may expect there."
    users, url = personas(autumn), address(route, names_in(autumn, PARTS.findall(route)))
    found = (answers(users, "get", url), answers(users, "post", url))
    assert found == ROUTES[route]


def test_no_line_outlives_its_route() -> None:
    assert ROUTES.keys() - set(ALL) == set()


def foreign() -> list[tuple[str, str]]:
    """Each route with one part that names something in a class."""
    parts = [(route, part) for route in ALL for part in PARTS.findall(route)]
    return [(route, part) for route, part in parts if part not in PUBLIC]


@pytest.mark.parametrize(("route", "part"), foreign() or [("", "")])
def test_nothing_of_another_class(route: str, part: str, autumn: ClassOf) -> None:
    """The owner and a learner, with the number of something that stands in another class."""
    if not route:
        pytest.skip("No address names anything in a class.")
    theirs = MAKERS[part](autumn.other, MembershipFactory(cohort=autumn.other))
    url = address(route, names_in(autumn, PARTS.findall(route)) | {part: theirs})
    users = (autumn.owner.user, autumn.learner.user)
    found = {status(user, method, url) for user in users for method in ("get", "post")}
    assert found <= {"403", "404", "405"}
    assert "404" in found
