"""What a list would do, person by person."""

from datetime import timedelta

import pytest

from cohorts.models import Membership
from cohorts.people.planning import Change, Plan, plan
from cohorts.people.roster import read
from cohorts.people.tables import Decoded
from tests import people
from tests.class_factories import NOW, ClassOf, GroupFactory
from tests.cohorts.people.factories import InvitationFactory
from tests.quizzes.sql import queries


def planned(by: Membership, *lines: str) -> Plan:
    text = "\n".join(["e-mail;name;role;group;number", *lines])
    return plan(by=by, people=read(Decoded(text)), now=NOW)


def outcomes(made: Plan) -> dict[str, str]:
    return {step.row.email: str(step.outcome) for step in made.steps}


def test_who_is_known_and_who_is_not(autumn: ClassOf) -> None:
    people.stranger()
    made = planned(
        autumn.teacher,
        "new@example.org",
        "SAM@example.org",
        "yi-ting@example.org",
        "lars@example.org",
        "remo@example.org",
    )
    assert outcomes(made) == {
        "new@example.org": "invited",
        "sam@example.org": "added",
        "yi-ting@example.org": "there",
        "lars@example.org": "back",
        "remo@example.org": "back",
    }
    assert (made.writes, made.comes, made.rejected) == (4, 4, ())


def test_an_address_that_is_not_confirmed_is_nobodys(autumn: ClassOf) -> None:
    people.stranger().emailaddress_set.update(verified=False)
    assert outcomes(planned(autumn.teacher, "sam@example.org")) == {"sam@example.org": "invited"}


def test_other_roles_are_asked_first(autumn: ClassOf) -> None:
    people.stranger()
    made = planned(autumn.teacher, "sam@example.org;;assistant", "lars@example.org;;observer")
    assert set(outcomes(made).values()) == {"invited"}


@pytest.mark.parametrize(
    ("by", "line", "rejected"),
    [
        ("owner", "new@example.org;;teacher", []),
        ("teacher", "new@example.org;;teacher", ["You cannot give the role Teacher."]),
        ("assistant", "new@example.org", ["You cannot give the role Learner."]),
    ],
)
def test_nobody_gives_more_than_they_may(
    by: str, line: str, rejected: list[str], autumn: ClassOf
) -> None:
    made = planned(getattr(autumn, by), line)
    assert [one.reason for one in made.rejected] == rejected
    assert len(made.steps) == 1 - len(rejected)


def test_what_changes_of_who_is_in_already(autumn: ClassOf) -> None:
    GroupFactory(cohort=autumn.cohort, name="Lab A")
    made = planned(autumn.teacher, "yi-ting@example.org;Chen, Yi-Ting;assistant;LAB a;")
    (step,) = made.steps
    assert step.outcome == "changed"
    assert step.changes == (Change("Group", "", "Lab A"), Change("Name", "", "Chen, Yi-Ting"))
    assert step.remark == "Stays Learner."
    assert made.new_groups == ()


def test_nobody_changes_who_is_above_them(autumn: ClassOf) -> None:
    made = planned(autumn.teacher, "amara@example.org;A;learner", "tess@example.org;T;learner")
    assert [(step.outcome, step.remark) for step in made.steps] == [
        ("there", "Stays Owner."),
        ("there", "Stays Teacher."),
    ]
    assert outcomes(planned(autumn.owner, "tess@example.org;T")) == {"tess@example.org": "changed"}


def test_invitations_that_wait(autumn: ClassOf) -> None:
    cohort = autumn.cohort
    InvitationFactory(cohort=cohort, email="a@example.org")
    InvitationFactory(cohort=cohort, email="b@example.org")
    InvitationFactory(cohort=cohort, email="c@example.org", expires_at=NOW)
    InvitationFactory(cohort=cohort, email="d@example.org", accepted_at=NOW)
    InvitationFactory(cohort=cohort, email="e@example.org", role="teacher")
    InvitationFactory(cohort=autumn.other, email="f@example.org")
    made = planned(
        autumn.teacher, "a@example.org", "b@example.org;Bo;observer", "c@example.org",
        "d@example.org", "e@example.org;E", "f@example.org",
    )  # fmt: skip
    assert list(outcomes(made).values()) == [
        *("waiting", "invitation_changed", "invited", "invited", "waiting", "invited"),
    ]
    changes = made.steps[1].changes
    assert changes == (Change("Role", "Learner", "Observer"), Change("Name", "", "Bo"))


def test_groups_that_are_new(autumn: ClassOf) -> None:
    GroupFactory(cohort=autumn.cohort, name="Lab A")
    made = planned(autumn.teacher, "a@x.org;;;lab a", "b@x.org;;;Lab B", "c@x.org;;;LAB B")
    assert made.new_groups == ("Lab B",)


def test_no_more_groups_than_a_class_may_have(
    autumn: ClassOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cohorts.people.planning.MOST", 2)
    GroupFactory(cohort=autumn.cohort, name="Lab A")
    made = planned(autumn.teacher, "a@x.org;;;B", "b@x.org;;;C", "c@x.org;;;b", "d@x.org;;;LAB A")
    assert made.new_groups == ("B",)
    assert [(one.line, one.reason) for one in made.rejected] == [
        (3, "A class has at most 2 groups.")
    ]
    assert len(made.steps) == 3


def test_the_digest_changes_with_the_class(autumn: ClassOf) -> None:
    lines = ("new@example.org", "yi-ting@example.org")
    before = planned(autumn.teacher, *lines).digest
    assert planned(autumn.teacher, *lines).digest == before
    autumn.learner.left_at = NOW - timedelta(minutes=1)
    autumn.learner.save()
    assert planned(autumn.teacher, *lines).digest != before


@pytest.mark.parametrize("number", [3, 300])
def test_queries(number: int, autumn: ClassOf) -> None:
    # Addresses, members, invitations, groups.
    lines = [f"p{n}@x.org" for n in range(number)] + ["yi-ting@example.org"]
    with queries(4):
        planned(autumn.teacher, *lines)
