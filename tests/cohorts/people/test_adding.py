"""Doing what a list says."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from pytest_django import Settings

from accounts.models import User
from cohorts.here import classes_of
from cohorts.models import Invitation, LogEntry, Membership, PendingImport
from cohorts.people import imports
from cohorts.people.adding import ChangedError, DoneError, add_all
from cohorts.people.planning import Plan, plan
from cohorts.people.roster import read
from cohorts.people.tables import Decoded
from courses.models import Enrolment
from tests import people
from tests.class_factories import NOW, ClassOf, GroupFactory
from tests.cohorts.people.factories import InvitationFactory
from tests.quizzes.sql import queries


def waiting(by: Membership, *lines: str, words: str = "") -> tuple[PendingImport, str]:
    text = "\n".join(["e-mail;name;role;group;number", *lines])
    pending = imports.keep(by=by, people=read(Decoded(text)), source="roster", words=words, now=NOW)
    return pending, plan(by=by, people=imports.people_in(pending), now=NOW).digest


def add(by: Membership, *lines: str, words: str = "") -> Plan:
    pending, digest = waiting(by, *lines, words=words)
    return add_all(import_id=pending.pk, by=by, expected=digest, now=NOW)


def log(autumn: ClassOf) -> list[tuple[str, str, str]]:
    entries = LogEntry.objects.filter(cohort=autumn.cohort).order_by("pk")
    return [
        (one.what, str(one.about.user.email) if one.about else "", one.after) for one in entries
    ]


def test_everything_at_once(autumn: ClassOf) -> None:
    sam = people.stranger()
    assert classes_of(sam) == ()
    add(
        autumn.teacher,
        "sam@example.org;Stranger, Sam;;Lab A;7",
        "remo@example.org;;;lab a",
        "yi-ting@example.org;;;Lab B;8",
        "new@example.org;New;;Lab B;9",
        "asst@example.org;;assistant",
        "nonsense",
    )
    members = {
        one.user.email: one
        for one in Membership.objects.filter(cohort=autumn.cohort).select_related("group", "user")
    }
    found = members["sam@example.org"]
    assert (found.role, found.listed_as, found.number, str(found.group)) == (
        *("learner", "Stranger, Sam", "7", "Lab A"),
    )
    removed = members["remo@example.org"]
    assert (removed.left_at, removed.removed, str(removed.group)) == (None, False, "Lab A")
    assert removed.pk == autumn.removed.pk
    learner = members["yi-ting@example.org"]
    assert (str(learner.group), learner.number, learner.listed_as) == ("Lab B", "8", "")
    assert [group.name for group in autumn.cohort.groups.all()] == ["Lab A", "Lab B"]
    course = autumn.cohort.course
    enrolled = Enrolment.objects.active().filter(course=course)
    assert {one.user for one in enrolled} == {sam, autumn.removed.user}
    assert [one.slug for one in classes_of(sam)] == ["autumn"]
    invited = {one.email: one for one in autumn.cohort.invitations.all()}
    assert invited.keys() == {"new@example.org", "asst@example.org"}
    new = invited["new@example.org"]
    assert (new.role, new.listed_as, new.number, str(new.group)) == (
        *("learner", "New", "9", "Lab B"),
    )
    assert (new.invited_by, new.expires_at) == (autumn.teacher.user, NOW + timedelta(days=60))
    assert (invited["asst@example.org"].role, len(new.token)) == ("assistant", 43)
    assert log(autumn) == [
        ("Joined", "sam@example.org", "Learner"),
        ("Came back", "remo@example.org", "Learner"),
        ("Changed by a list: Group, Number", "yi-ting@example.org", ""),
        ("Invited 2 people", "", ""),
    ]


def test_mails_go_to_who_is_new(autumn: ClassOf) -> None:
    people.stranger()
    lines = ("sam@example.org", "yi-ting@example.org;Y", "new@example.org", "lars@example.org")
    add(autumn.teacher, *lines, words="See you on Monday.\nTess")
    sent = {one.to[0]: one for one in mail.outbox}
    assert sent.keys() == {"sam@example.org", "new@example.org", "lars@example.org"}
    invitation = Invitation.objects.get()
    body = sent["new@example.org"].body
    assert f"/cohorts/invitations/{invitation.token}/" in body
    assert "See you on Monday.\nTess" in body
    assert sent["new@example.org"].subject == "Tess Teacher invites you to Autumn class"
    assert "added to the class Autumn class by Tess Teacher" in sent["sam@example.org"].body
    assert "choose “Leave” beside it" in sent["sam@example.org"].body
    assert invitation.mailed_at is not None


def test_sent_twice(autumn: ClassOf) -> None:
    pending, digest = waiting(autumn.teacher, "new@example.org;Name")
    add_all(import_id=pending.pk, by=autumn.teacher, expected=digest, now=NOW)
    with pytest.raises(DoneError):
        add_all(import_id=pending.pk, by=autumn.teacher, expected=digest, now=NOW)
    assert len(mail.outbox) == 1
    pending.refresh_from_db()
    assert pending.data == {"done": 1}


def test_a_class_that_has_changed(autumn: ClassOf) -> None:
    pending, digest = waiting(autumn.teacher, "sam@example.org", "new@example.org")
    people.stranger()
    with pytest.raises(ChangedError):
        add_all(import_id=pending.pk, by=autumn.teacher, expected=digest, now=NOW)
    assert not Invitation.objects.exists()
    assert not LogEntry.objects.exists()


def test_an_invitation_that_was_used_gets_a_new_token(autumn: ClassOf) -> None:
    old = InvitationFactory(cohort=autumn.cohort, email="new@example.org", accepted_at=NOW)
    add(autumn.teacher, "new@example.org")
    new = Invitation.objects.get()
    assert (new.pk, new.accepted_at) == (old.pk, None)
    assert new.token != old.token
    assert len(mail.outbox) == 1


def test_an_invitation_that_waits_is_changed_without_a_mail(autumn: ClassOf) -> None:
    old = InvitationFactory(cohort=autumn.cohort, email="new@example.org")
    group = GroupFactory(cohort=autumn.cohort, name="Lab A")
    add(autumn.teacher, "new@example.org;;observer;Lab A")
    new = Invitation.objects.get()
    assert (new.role, new.group, new.token) == ("observer", group, old.token)
    assert mail.outbox == []


def accounts(number: int) -> list[str]:
    users = User.objects.bulk_create(User(email=f"u{n}@x.org") for n in range(number))
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, verified=True) for one in users
    )
    return [one.email for one in users]


@pytest.mark.parametrize("number", [3, 80])
def test_queries(number: int, autumn: ClassOf, settings: Settings) -> None:
    # The list, four of the plan, groups; members made, enrolled and brought back, found, noted;
    # invitations made, noted, found; the list forgotten. SQLite takes about 80 rows at once.
    emails = [f"{email};N;;" for email in accounts(number)]
    emails += [f"i{n}@x.org" for n in range(number)]
    pending, digest = waiting(autumn.teacher, *emails)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    with queries(15):
        add_all(import_id=pending.pk, by=autumn.teacher, expected=digest, now=NOW)


def test_old_lists_are_forgotten(autumn: ClassOf) -> None:
    pending, _ = waiting(autumn.teacher, "new@example.org")
    assert imports.forget_old(NOW + timedelta(days=1)) == 0
    assert imports.forget_old(NOW + timedelta(days=1, seconds=1)) == 1
    assert not PendingImport.objects.filter(pk=pending.pk).exists()
