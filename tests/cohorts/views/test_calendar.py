from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cohorts.models import Cohort, Deadline
from tests.class_factories import ClassOf, MembershipFactory
from tests.cohorts.schedule.planning import DAY, due, extension_of, lesson_in, work_in
from tests.quizzes.sql import queries

PAGE = "/cohorts/autumn/calendar/"
MINE = "/cohorts/calendar/"


@pytest.fixture
def term(autumn: ClassOf) -> ClassOf:
    Cohort.objects.filter(pk=autumn.cohort.pk).update(time_zone="Europe/Berlin")
    due(autumn.cohort, work_in(autumn.cohort, "Essay"), 9.6)  # 30 November, 23:24 in UTC
    due(autumn.cohort, work_in(autumn.cohort, "Draft", published=False), 2)
    return autumn


class TestMonth:
    def test_days_are_those_of_the_class(self, client: Client, term: ClassOf) -> None:
        client.force_login(term.learner.user)
        november = client.get(PAGE, {"month": "2026-11"}).text
        december = client.get(PAGE, {"month": "2026-12"}).text
        assert ("Essay" in november, "Essay" in december) == (False, True)
        assert "Tuesday 1 December" in december
        assert 'datetime="2026-12-01T00:24:00+01:00">00:24</time>' in december
        assert "?month=2026-11" in december
        assert "?month=2027-01" in december

    def test_weeks_start_on_monday(self, client: Client, term: ClassOf) -> None:
        client.force_login(term.learner.user)
        page = client.get(PAGE, {"month": "2026-11"}).text
        days = [page.index(f'<abbr title="{day}">') for day in ("Monday", "Tuesday", "Sunday")]
        assert days == sorted(days)

    def test_drafts_are_for_the_staff(self, client: Client, term: ClassOf) -> None:
        for member, shown in ((term.learner, False), (term.observer, True)):
            client.force_login(member.user)
            assert ("Draft" in client.get(PAGE, {"month": "2026-11"}).text) is shown

    def test_ones_own_extension(self, client: Client, term: ClassOf) -> None:
        extended = extension_of(term.learner, days=14)
        title = extended.deadline.assignment.title  # type: ignore[union-attr]
        client.force_login(term.learner.user)
        november = client.get(PAGE, {"month": "2026-11"}).text
        december = client.get(PAGE, {"month": "2026-12"}).text
        assert (title in november, title in december) == (False, True)
        assert "Extended for you" in december

    def test_an_assignment_that_is_not_open_has_no_link(
        self, client: Client, term: ClassOf
    ) -> None:
        at = timezone.now() + DAY
        later = work_in(term.cohort, "Later work")
        due(term.cohort, later, 0, due_at=at + DAY, opens_at=at)
        client.force_login(term.learner.user)
        page = client.get(
            PAGE, {"month": f"{at.astimezone(Cohort.objects.get(pk=term.cohort.pk).zone):%Y-%m}"}
        )
        assert "Later work" in page.text
        assert f"/assignments/{later.pk}/" not in page.text

    @pytest.mark.parametrize("month", ["", "2026", "2026-13", "1999-12", "2100-01", "x"])
    def test_no_such_month(self, client: Client, term: ClassOf, month: str) -> None:
        client.force_login(term.learner.user)
        assert client.get(PAGE, {"month": month}).status_code == 404

    @pytest.mark.parametrize("number", [1, 30])
    def test_queries_do_not_grow(self, client: Client, term: ClassOf, number: int) -> None:
        for _ in range(number):
            due(term.cohort, lesson_in(term.cohort), 3, opens_at=timezone.now())
        client.force_login(term.learner.user)
        # session, user, membership, deadlines
        with queries(4):
            client.get(PAGE, {"month": "2026-11"})


class TestMine:
    def test_over_all_classes(self, client: Client, term: ClassOf) -> None:
        MembershipFactory(cohort=term.other, user=term.learner.user)
        soon = timezone.now() + timedelta(days=2)
        due(term.other, work_in(term.other, "Elsewhere"), 0, due_at=soon)
        due(term.other, work_in(term.other, "Over"), 0, due_at=soon - 9 * DAY)
        due(term.cohort, work_in(term.cohort, "Nearby"), 0, due_at=soon + DAY)
        client.force_login(term.learner.user)
        page = client.get(MINE).text
        assert page.index("Elsewhere") < page.index("Nearby")
        assert "Over<" not in page
        # session, user, memberships, deadlines, feed
        with queries(5):
            client.get(MINE)

    def test_of_who_left_or_is_in_none(
        self, client: Client, term: ClassOf, stranger: object
    ) -> None:
        soon = timezone.now() + timedelta(days=2)
        due(term.cohort, work_in(term.cohort, "Nearby"), 0, due_at=soon)
        for user in (term.left.user, stranger):
            client.force_login(user)  # type: ignore[arg-type]
            page = client.get(MINE).text
            assert "Nearby" not in page
            assert "You are in no class." in page


def test_who_looks_as_a_learner_sees_no_drafts_in_their_own(client: Client, term: ClassOf) -> None:
    Deadline.objects.update(due_at=timezone.now() + DAY)
    client.force_login(term.teacher.user)
    assert "Draft" in client.get(MINE).text
    client.post("/cohorts/autumn/look/")
    page = client.get(MINE).text
    assert ("Draft" in page, "Essay" in page) == (False, True)
