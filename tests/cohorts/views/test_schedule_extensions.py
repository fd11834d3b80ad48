from typing import Any

import pytest
from django.test import Client

from cohorts.models import Cohort, Deadline, Extension, LogEntry, Membership
from quizzes.models import Attempt
from tests.class_factories import NOW, ClassOf, GroupFactory, MembershipFactory
from tests.cohorts.schedule.planning import due, on, quiz_in, work_in
from tests.factories import UserFactory
from tests.quizzes.sql import queries

PAGE = "/cohorts/autumn/extensions/"
GIVE = f"{PAGE}give/"


@pytest.fixture
def essay(autumn: ClassOf) -> Deadline:
    Cohort.objects.filter(pk=autumn.cohort.pk).update(time_zone="Europe/Berlin")
    return due(autumn.cohort, work_in(autumn.cohort, "Essay"), 7)


@pytest.fixture
def as_owner(client: Client, autumn: ClassOf) -> Client:
    client.force_login(autumn.owner.user)
    return client


def wish(deadline: Deadline, *members: Membership, **more: Any) -> dict[str, Any]:
    chosen = {"deadline": deadline.pk, "members": [member.pk for member in members]}
    return {**chosen, "due_at": "2026-12-01", "reason": "Ill.", **more}


def extended(autumn: ClassOf, deadline: Deadline) -> Extension:
    return Extension.objects.create(
        deadline=deadline,
        membership=autumn.learner,
        due_at=on(9),
        reason="Ill.",
        given_by=autumn.owner.user,
        given_at=NOW,
    )


class TestGive:
    def test_to_several_at_once(self, as_owner: Client, autumn: ClassOf, essay: Deadline) -> None:
        other = MembershipFactory(cohort=autumn.cohort)
        page = as_owner.get(f"{GIVE}?deadline={essay.pk}").text
        assert f'<option value="{essay.pk}" selected>Essay, due 28 Nov 2026, 10:00</option>' in page
        response = as_owner.post(GIVE, wish(essay, autumn.learner, other))
        assert response.url == PAGE
        found = Extension.objects.order_by("pk")
        assert [one.membership for one in found] == [autumn.learner, other]
        assert {one.due_at.isoformat() for one in found} == {"2026-12-01T22:59:00+00:00"}
        entries = LogEntry.objects.order_by("pk")
        assert [entry.about for entry in entries] == [autumn.learner, other]
        assert (entries[0].what, entries[0].before, entries[0].after, entries[0].reason) == (
            "Extension for Essay",
            "none",
            "1 Dec 2026, 23:59",
            "Ill.",
        )
        assert "2 learners have longer now." in as_owner.get(PAGE).text

    def test_again_changes_it(self, as_owner: Client, autumn: ClassOf, essay: Deadline) -> None:
        extended(autumn, essay)
        as_owner.post(GIVE, wish(essay, autumn.learner, reason="Still ill."))
        found = Extension.objects.get()
        assert (found.reason, LogEntry.objects.get().before) == ("Still ill.", "30 Nov 2026, 10:00")

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"due_at": "2026-11-28T10:00"}, "For the class it is due on 28 Nov 2026, 10:00."),
            ({"reason": ""}, "This field is required."),
            ({"reason": "x" * 301}, "at most 300 characters"),
            ({"members": []}, "Choose at least one learner."),
            ({"deadline": "0"}, "Select a valid choice."),
            ({"due_at": "2027-03-28T02:30"}, "there is no 02:30"),
        ],
    )
    def test_bad_input_keeps_what_was_typed(
        self, as_owner: Client, autumn: ClassOf, essay: Deadline, wrong: dict[str, Any], said: str
    ) -> None:
        response = as_owner.post(GIVE, wish(essay, autumn.learner) | wrong)
        assert response.status_code == 422
        assert said in response.text
        assert "checked" in response.text or not wrong.get("members", True)
        assert not Extension.objects.exists()

    def test_nobody_and_nothing_of_another_class(
        self, as_owner: Client, autumn: ClassOf, essay: Deadline
    ) -> None:
        stranger = MembershipFactory(cohort=autumn.other)
        theirs = due(autumn.other, work_in(autumn.other), 7)
        for wrong in (
            wish(essay, stranger),
            wish(theirs, autumn.learner),
            wish(essay, autumn.left),
        ):
            assert as_owner.post(GIVE, wrong).status_code == 422
        assert not Extension.objects.exists()

    def test_a_running_attempt_ends_later(self, as_owner: Client, autumn: ClassOf) -> None:
        quiz = quiz_in(autumn.cohort)
        Cohort.objects.update(late_cutoff=0)
        deadline = due(autumn.cohort, quiz, 7)
        Attempt.objects.create(
            user=autumn.learner.user, quiz=quiz, seed=1, started_at=NOW, deadline_at=on(7000)
        )
        as_owner.post(GIVE, wish(deadline, autumn.learner, due_at="2099-12-31"))
        page = as_owner.get(PAGE).text
        assert "One attempt is running: it ends later now, too" in page
        assert Attempt.objects.get().deadline_at.isoformat() == "2099-12-31T23:59:00+00:00"

    def test_others_may_not(self, client: Client, autumn: ClassOf, essay: Deadline) -> None:
        for member in (autumn.learner, autumn.assistant, autumn.observer):
            client.force_login(member.user)
            assert client.post(GIVE, wish(essay, autumn.learner)).status_code == 403
        assert not Extension.objects.exists()


class TestChange:
    def test_changed(self, as_owner: Client, autumn: ClassOf, essay: Deadline) -> None:
        address = f"{PAGE}{extended(autumn, essay).pk}/"
        assert 'value="2026-11-30T10:00"' in as_owner.get(address).text
        as_owner.post(address, {"due_at": "2026-12-05", "reason": "Longer."})
        found = Extension.objects.get()
        assert (found.due_at.isoformat(), found.reason) == ("2026-12-05T22:59:00+00:00", "Longer.")

    def test_not_before_the_class(self, as_owner: Client, autumn: ClassOf, essay: Deadline) -> None:
        address = f"{PAGE}{extended(autumn, essay).pk}/"
        response = as_owner.post(address, {"due_at": "2026-11-01", "reason": "Longer."})
        assert (response.status_code, Extension.objects.get().due_at) == (422, on(9))

    def test_taken_back_with_a_reason(
        self, as_owner: Client, autumn: ClassOf, essay: Deadline
    ) -> None:
        address = f"{PAGE}{extended(autumn, essay).pk}/take-back/"
        assert "Essay will be due to Yi-Ting Chen" in as_owner.get(address).text
        assert as_owner.post(address).status_code == 422
        as_owner.post(address, {"reason": "A mistake."})
        assert not Extension.objects.exists()
        entry = LogEntry.objects.get()
        assert (entry.about, entry.before, entry.after, entry.reason) == (
            autumn.learner,
            "30 Nov 2026, 10:00",
            "none",
            "A mistake.",
        )


class TestList:
    def test_of_one_group(self, as_owner: Client, autumn: ClassOf, essay: Deadline) -> None:
        extended(autumn, essay)
        group = GroupFactory(cohort=autumn.cohort)
        assert "Yi-Ting Chen" in as_owner.get(PAGE).text
        assert "Yi-Ting Chen" not in as_owner.get(PAGE, {"group": group.pk}).text
        elsewhere = GroupFactory(cohort=autumn.other)
        assert as_owner.get(PAGE, {"group": elsewhere.pk}).status_code == 404

    @pytest.mark.parametrize("number", [3, 300])
    def test_queries_do_not_grow(
        self, as_owner: Client, autumn: ClassOf, essay: Deadline, number: int
    ) -> None:
        users = UserFactory.create_batch(number) if number < 10 else many_users(number)
        members = Membership.objects.bulk_create(
            [Membership(cohort=autumn.cohort, user=user, joined_at=NOW) for user in users]
        )
        Extension.objects.bulk_create(
            Extension(deadline=essay, membership=one, due_at=on(9), reason="x", given_at=NOW)
            for one in members
        )
        # session, user, membership; groups; count, extensions, members
        with queries(7):
            as_owner.get(PAGE)
        # session, user, membership; deadlines; groups; count, members
        with queries(7):
            as_owner.get(GIVE)


def many_users(number: int) -> list[Any]:
    made = UserFactory.build_batch(number)
    return list(type(made[0]).objects.bulk_create(made))
