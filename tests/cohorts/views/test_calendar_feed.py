from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from cohorts.models import CalendarFeed, Cohort, Extension, Membership
from tests.class_factories import NOW, ClassOf
from tests.cohorts.schedule.planning import due, lesson_in, on, work_in
from tests.quizzes.sql import queries

MINE = "/cohorts/calendar/"
LONG = "Über die Größe, von allem; was \\ je\nmals „gefragt“ wurde, und 量化 und 量化 und 量化"


@pytest.fixture
def term(autumn: ClassOf) -> ClassOf:
    Cohort.objects.filter(pk=autumn.cohort.pk).update(time_zone="Europe/Berlin")
    due(autumn.cohort, lesson_in(autumn.cohort, LONG[:60]), 3, opens_at=on(1))
    due(autumn.cohort, work_in(autumn.cohort, "Draft", published=False), 2)
    essay = due(autumn.cohort, work_in(autumn.cohort, LONG), 5)
    Extension.objects.create(
        deadline=essay, membership=autumn.learner, due_at=on(9), reason="Ill\x07; so.", given_at=NOW
    )
    return autumn


def feed_of(member: Membership) -> CalendarFeed:
    return CalendarFeed.objects.create(user=member.user, token="t" * 43, made_at=NOW)


def body(member: Membership) -> bytes:
    feed = CalendarFeed.objects.filter(user=member.user).first() or feed_of(member)
    response = Client().get(f"{MINE}{feed.token}.ics")
    assert response.status_code == 200
    return response.content


def events(member: Membership) -> dict[str, Any]:
    return {str(one["UID"]): one for one in Calendar.from_ical(body(member)).walk("VEVENT")}


def test_what_a_calendar_program_reads(term: ClassOf) -> None:
    lesson, essay = (
        term.cohort.deadlines.get(**{f"{kind}__title__startswith": "Über"})
        for kind in ("lesson", "assignment")
    )
    found = events(term.learner)
    assert set(found) == {
        f"opens-{lesson.pk}@testserver",
        f"due-{lesson.pk}@testserver",
        f"due-{essay.pk}@testserver",
    }
    one = found[f"due-{essay.pk}@testserver"]
    assert one.decoded("DTSTART") == on(9)
    assert str(one["SUMMARY"]) == f"Due: {LONG} (Autumn class)"
    assert str(one["DESCRIPTION"]) == (
        "You have longer than the class: Ill; so.\n"
        f"http://testserver/cohorts/autumn/assignments/{essay.assignment_id}/"
    )
    assert one.decoded("LAST-MODIFIED") == NOW
    assert "LAST-MODIFIED" not in found[f"due-{lesson.pk}@testserver"]


def test_by_the_rules_of_rfc_5545(term: ClassOf) -> None:
    written = body(term.learner)
    lines = written.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert max(len(line) for line in lines) <= 75
    assert [line.decode() for line in lines]  # no character is cut in two
    unfolded = written.replace(b"\r\n ", b"").split(b"\r\n")
    assert unfolded[0] == b"BEGIN:VCALENDAR"
    assert {b"VERSION:2.0", b"PRODID:-//Cairn//Classes//EN"} <= set(unfolded)
    for name in (b"UID", b"DTSTAMP", b"DTSTART"):
        assert sum(line.startswith(name + b":") for line in unfolded) == 3
    starts = [line for line in unfolded if line.startswith((b"DTSTART", b"DTSTAMP"))]
    assert all(line.endswith(b"Z") for line in starts)


def test_uids_stay_when_dates_change(term: ClassOf) -> None:
    before = set(events(term.learner))
    term.cohort.deadlines.update(due_at=on(20))
    assert set(events(term.learner)) == before


def test_the_staff_have_the_dates_of_the_class(term: ClassOf) -> None:
    found = events(term.teacher)
    assert "Due: Draft (Autumn class)" in {str(one["SUMMARY"]) for one in found.values()}
    assert len(found) == 4


def test_who_left_sees_nothing_more(term: ClassOf) -> None:
    assert len(events(term.learner)) == 3
    Membership.objects.filter(pk=term.learner.pk).update(left_at=NOW)
    assert events(term.learner) == {}


def test_nobody_without_an_account_any_more(term: ClassOf) -> None:
    feed = feed_of(term.learner)
    term.learner.user.is_active = False
    term.learner.user.save()
    assert Client().get(f"{MINE}{feed.token}.ics").status_code == 404


def test_only_for_ones_own_program(term: ClassOf) -> None:
    response = Client().get(f"{MINE}{feed_of(term.learner).token}.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, max-age=300"


@pytest.mark.parametrize("number", [1, 30])
def test_queries_do_not_grow(term: ClassOf, number: int) -> None:
    for _ in range(number):
        due(term.cohort, lesson_in(term.cohort), 3)
    feed = feed_of(term.learner)
    # feed and user, memberships, deadlines
    with queries(3):
        Client().get(f"{MINE}{feed.token}.ics")


class TestAddress:
    def test_on_reset_and_off(self, client: Client, term: ClassOf) -> None:
        client.force_login(term.learner.user)
        client.post(f"{MINE}on/")
        first = CalendarFeed.objects.get().token
        assert len(first) == 43
        assert f"http://testserver/cohorts/calendar/{first}.ics" in client.get(MINE).text
        client.post(f"{MINE}on/")
        assert CalendarFeed.objects.get().token == first
        assert client.get(f"{MINE}reset/").status_code == 200
        assert CalendarFeed.objects.get().token == first
        client.post(f"{MINE}reset/")
        second = CalendarFeed.objects.get().token
        assert second != first
        assert [client.get(f"{MINE}{one}.ics").status_code for one in (first, second)] == [404, 200]
        client.post(f"{MINE}off/")
        assert not CalendarFeed.objects.exists()
        assert client.get(f"{MINE}{second}.ics").status_code == 404

    def test_of_nobody_else(self, client: Client, term: ClassOf) -> None:
        feed = feed_of(term.learner)
        client.force_login(term.teacher.user)
        client.post(f"{MINE}off/")
        client.post(f"{MINE}reset/")
        feed.refresh_from_db()
        assert (feed.token, CalendarFeed.objects.count()) == ("t" * 43, 2)
