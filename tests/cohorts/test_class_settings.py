import re
from datetime import date

import pytest
from django.test import Client

from cohorts.class_settings import change_cohort
from cohorts.models import Cohort, LogEntry
from tests.class_factories import NOW, ClassOf

URL = "/cohorts/autumn/settings/"


def test_every_changed_field_is_noted(autumn: ClassOf) -> None:
    wanted = {
        "name": "Evening class",
        "term": "",
        "starts_on": date(2026, 9, 28),
        "late_percent": 10,
        "late_cutoff": 0,
        "missing_as_zero": True,
        "self_join": True,
    }
    change_cohort(cohort=autumn.cohort, wanted=wanted, by=autumn.owner.user, now=NOW)
    cohort = Cohort.objects.get(pk=autumn.cohort.pk)
    assert {name: getattr(cohort, name) for name in wanted} == wanted
    entries = LogEntry.objects.order_by("pk").values_list("kind", "what", "before", "after")
    assert list(entries) == [
        ("class", "Name", "Autumn class", "Evening class"),
        ("dates", "First day", "", "28 September 2026"),
        ("grades", "Taken off for each day late", "0", "10"),
        ("grades", "Accepted until so many days late", "", "0"),
        ("grades", "Missing work counts as zero", "no", "yes"),
    ]


def as_posted(cohort: Cohort, **changes: object) -> dict[str, object]:
    fields = (
        *("name", "term", "description", "time_zone", "late_percent", "late_floor", "pass_mark"),
        *("digits", "idle_days", "lessons_behind", "failed_attempts"),
    )
    posted = {name: getattr(cohort, name) for name in fields}
    return {**posted, "self_join": "on", "earlier_work": "on", **changes}


@pytest.fixture
def client(autumn: ClassOf, client: Client) -> Client:
    client.force_login(autumn.owner.user)
    return client


def test_what_others_changed_meanwhile_stays(autumn: ClassOf, client: Client) -> None:
    posted = as_posted(autumn.cohort, term="Autumn 2026")
    answer = client.post(URL, posted)
    assert (answer.status_code, answer["Location"]) == (302, URL)
    assert list(LogEntry.objects.values_list("what", flat=True)) == ["Term"]
    assert Cohort.objects.get(slug="autumn").term == "Autumn 2026"


def test_another_zone_moves_no_date(autumn: ClassOf, client: Client) -> None:
    answer = client.post(URL, as_posted(autumn.cohort, time_zone="Asia/Taipei"), follow=True)
    page = answer.content.decode()
    assert "Dates are shown in Asia/Taipei now. What is due stays due at the same instant." in page


def test_the_late_policy_is_said_in_words(autumn: ClassOf, client: Client) -> None:
    Cohort.objects.update(late_percent=10, late_floor=40, late_cutoff=3)
    page = client.get(URL).content.decode()
    assert "takes 10% of the points off, though never below 40% of them. Nothing is" in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "This field is required."),
        ("name", "Bell\x07", "Take out the characters that cannot be seen."),
        ("ends_on", "2026-09-01", "The last day comes before the first."),
        ("starts_on", "0026-09-28", "Choose a day between 2000 and 2100."),
        ("time_zone", "Mars/Olympus", "Mars/Olympus"),
        ("late_percent", "101", "less than or equal to 100"),
        ("pass_mark", "0", "greater than or equal to 1"),
        ("digits", "3", "less than or equal to 2"),
        ("idle_days", "99999", "less than or equal to"),
        ("description", "[" * 9000, "5000"),
    ],
)
def test_bad_input_is_kept_and_explained(
    field: str, value: str, said: str, autumn: ClassOf, client: Client
) -> None:
    answer = client.post(URL, as_posted(autumn.cohort, starts_on="2026-09-28") | {field: value})
    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors[field])
    assert not LogEntry.objects.exists()
    assert '<a href="/cohorts/autumn/">Autumn class</a>' in answer.content.decode()


def test_an_archived_class_shows_what_it_was(autumn: ClassOf, client: Client) -> None:
    Cohort.objects.update(archived_at=NOW)
    page = client.get(URL)
    assert page.status_code == 200
    html = page.content.decode()
    assert "As the class was" in html
    assert "Save the settings" not in html
    assert "Take it out of the archive" in html
    assert client.post(URL, as_posted(autumn.cohort, term="x")).status_code == 403


@pytest.mark.parametrize("name", ["Autumn\r\nBcc: x", "Autumn\u202e", "Autumn\uffff"])
def test_a_name_is_one_line_that_can_be_read(autumn: ClassOf, client: Client, name: str) -> None:
    client.force_login(autumn.owner.user)
    answer = client.post(URL, as_posted(autumn.cohort, name=name, description="Two\nlines"))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["name"]


def test_an_old_page_takes_nothing_back(autumn: ClassOf, client: Client) -> None:
    page = client.get(URL).content.decode()
    was = dict(re.findall(r'<input type="hidden" name="(initial-\w+)"(?: value="([^"]*)")?', page))
    assert was["initial-late_percent"] == "0"
    Cohort.objects.update(late_percent=33, self_join=False)
    client.post(URL, was | as_posted(autumn.cohort, term="Spring"))
    found = Cohort.objects.get(slug="autumn")
    assert (found.late_percent, found.self_join, found.term) == (33, False, "Spring")
