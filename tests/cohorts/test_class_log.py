import pytest
from django.test import Client

from cohorts.log import note
from cohorts.models import LogEntry
from tests.class_factories import NOW, ClassOf
from tests.quizzes.sql import queries

URL = "/cohorts/autumn/log/"


@pytest.fixture
def client(autumn: ClassOf, client: Client) -> Client:
    client.force_login(autumn.owner.user)
    return client


def fill(autumn: ClassOf, number: int = 1) -> None:
    owner, teacher = autumn.owner.user, autumn.teacher.user
    said = {"before": "Learner", "after": "Observer", "reason": "Asked for it."}
    for index in range(number):
        role = {"kind": LogEntry.Kind.PEOPLE, "what": "Role", "about": autumn.learner}
        note(cohort=autumn.cohort, by=owner, now=NOW, **role, **said)  # type: ignore[arg-type]
        name = {"kind": LogEntry.Kind.CLASS, "what": f"Name {index}"}
        note(cohort=autumn.cohort, by=teacher, now=NOW, **name)  # type: ignore[arg-type]
    elsewhere = {"kind": LogEntry.Kind.CLASS, "what": "Elsewhere"}
    note(cohort=autumn.other, by=autumn.other_teacher.user, now=NOW, **elsewhere)  # type: ignore[arg-type]


def found(client: Client, query: str = "") -> list[tuple[str, str, str]]:
    lines = client.get(URL + query).context["lines"]
    return [(line.entry.what, line.actor, line.about) for line in lines]


ROLE = ("Role", "Amara Osei", "Yi-Ting Chen")
NAME = ("Name 0", "Tess Teacher", "")


def test_newest_first_with_names_as_the_class_knows_them(autumn: ClassOf, client: Client) -> None:
    autumn.learner.listed_as = "Chen, Yi-Ting"
    autumn.learner.save()
    fill(autumn)
    assert found(client) == [NAME, ("Role", "Amara Osei", "Chen, Yi-Ting")]
    page = client.get(URL).content.decode()
    assert "<td>Learner</td><td>Observer</td><td>Asked for it.</td>" in page
    assert "21 Nov 2026, 09:00" in page
    assert "Elsewhere" not in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?kind=people", [ROLE]),
        ("?kind=grades", []),
        ("?kind=nonsense", [NAME, ROLE]),
        ("?person=amara", [ROLE]),
        ("?person=yi-ting%40example", [ROLE]),
        ("?person=tess&kind=class", [NAME]),
        ("?person=otto", []),
        ("?person=%00", [NAME, ROLE]),
        ("?page=nonsense", [NAME, ROLE]),
    ],
)
def test_filters(
    query: str, expected: list[tuple[str, str, str]], autumn: ClassOf, client: Client
) -> None:
    fill(autumn)
    assert found(client, query) == expected


def test_who_has_no_account_any_more(autumn: ClassOf, client: Client) -> None:
    fill(autumn)
    autumn.teacher.user.delete()
    assert found(client)[0] == ("Name 0", "", "")
    assert "Nobody known any more" in client.get(URL).content.decode()


def test_fifty_a_page(autumn: ClassOf, client: Client) -> None:
    fill(autumn, 30)
    assert (len(found(client)), len(found(client, "?page=2"))) == (50, 10)
    assert "?page=2&amp;kind=&amp;person=" in client.get(URL).content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_queries(number: int, autumn: ClassOf, client: Client) -> None:
    fill(autumn, number)
    with queries(6):  # session, person, membership; count, entries, names
        client.get(URL)
