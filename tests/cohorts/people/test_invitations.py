"""Invitations, from the mail to the class."""

import re
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import User
from cohorts.models import Invitation, LogEntry, Membership
from cohorts.people.invitations import (
    State,
    accept,
    accept_waiting,
    masked,
    send_again,
    state_of,
    take_back,
)
from cohorts.people.joining import CannotJoinError, join
from cohorts.people.mails import mail_added, mail_invitation
from tests import people
from tests.class_factories import NOW, ClassOf, GroupFactory
from tests.cohorts.people.factories import InvitationFactory

SAM = "sam@example.org"


@pytest.fixture
def invitation(autumn: ClassOf) -> Invitation:
    return InvitationFactory(cohort=autumn.cohort, email=SAM, role="assistant")


def test_taken_up(autumn: ClassOf, invitation: Invitation) -> None:
    invitation.group = GroupFactory(cohort=autumn.cohort)
    invitation.listed_as, invitation.number = "Stranger, Sam", "7"
    invitation.save()
    sam = people.stranger()
    member = accept(invitation=invitation, user=sam, now=NOW)
    assert (member.role, member.listed_as, member.number) == ("assistant", "Stranger, Sam", "7")
    assert member.group == invitation.group
    entry = LogEntry.objects.get()
    assert (entry.what, entry.actor, entry.reason) == ("Joined", sam, "By invitation")


def test_it_works_once(autumn: ClassOf, invitation: Invitation) -> None:
    sam = people.stranger()
    member = accept(invitation=invitation, user=sam, now=NOW)
    Membership.objects.filter(pk=member.pk).update(left_at=NOW, removed=True)
    with pytest.raises(CannotJoinError, match="Ask for a new one"):
        accept(invitation=invitation, user=sam, now=NOW)


def test_it_raises_the_role_of_who_is_in(autumn: ClassOf, invitation: Invitation) -> None:
    sam = people.stranger()
    join(cohort=autumn.cohort, user=sam, role="learner", now=NOW)
    assert accept(invitation=invitation, user=sam, now=NOW).role == "assistant"


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, State.OPEN),
        ({"accepted_at": NOW}, State.USED),
        ({"expires_at": NOW}, State.OLD),
        ({"email": "else@example.org"}, State.OTHER),
    ],
)
def test_what_can_be_done_with_it(
    change: dict[str, object], state: State, invitation: Invitation
) -> None:
    sam = people.stranger()
    for name, value in change.items():
        setattr(invitation, name, value)
    invitation.save()
    assert state_of(invitation, sam, NOW) == state
    if state != State.OPEN:
        with pytest.raises(CannotJoinError):
            accept(invitation=invitation, user=sam, now=NOW)


def test_an_address_that_is_not_confirmed(invitation: Invitation) -> None:
    sam = people.stranger()
    EmailAddress.objects.filter(user=sam).update(verified=False)
    assert state_of(invitation, sam, NOW) == State.OTHER


def test_a_class_that_is_over(autumn: ClassOf, invitation: Invitation) -> None:
    invitation.cohort.archived_at = NOW
    invitation.cohort.save()
    assert state_of(invitation, None, NOW) == State.ARCHIVED
    assert mail_invitation(invitation_id=invitation.pk, words="", now=NOW) is False


def test_learners_need_no_click(autumn: ClassOf) -> None:
    sam = people.stranger()
    for cohort, role in ((autumn.cohort, "learner"), (autumn.other, "observer")):
        InvitationFactory(cohort=cohort, email=SAM, role=role)
    assert accept_waiting(user=sam, now=NOW) == [autumn.cohort]
    assert [one.cohort for one in sam.memberships.all()] == [autumn.cohort]
    assert accept_waiting(user=sam, now=NOW) == []


def test_who_joins_by_the_code_takes_the_invitation(autumn: ClassOf) -> None:
    invitation = InvitationFactory(cohort=autumn.cohort, email=SAM, number="7")
    member = join(cohort=autumn.cohort, user=people.stranger(), role="learner", now=NOW)
    invitation.refresh_from_db()
    assert (member.number, invitation.accepted_at) == ("7", NOW)


def test_sent_again(autumn: ClassOf, invitation: Invitation) -> None:
    invitation.expires_at = NOW - timedelta(days=1)
    invitation.save()
    # Tasks ask the clock.
    send_again(invitation=invitation, by=autumn.teacher, now=NOW + timedelta(days=36500))
    (sent,) = mail.outbox
    assert sent.to == [SAM]
    assert invitation.token in sent.body
    assert LogEntry.objects.get().what == "Sent an invitation again"


def test_taken_back(autumn: ClassOf, invitation: Invitation) -> None:
    take_back(invitation=invitation, by=autumn.teacher, now=NOW)
    assert not Invitation.objects.exists()
    entry = LogEntry.objects.get()
    assert (entry.what, entry.after) == ("Took an invitation back", "Assistant")


def test_a_mail_is_sent_once(autumn: ClassOf) -> None:
    invitation = InvitationFactory(cohort=autumn.cohort, mailed_at=None)
    sent = [mail_invitation(invitation_id=invitation.pk, words="", now=NOW) for _ in range(2)]
    assert sent == [True, False]
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("error", "mailed"),
    [(SMTPException(), False), (OSError(), False), (SMTPRecipientsRefused({}), True)],
)
def test_a_mail_that_fails(
    error: Exception, mailed: bool, autumn: ClassOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: EmailMessage) -> None:
        raise error

    monkeypatch.setattr(EmailMessage, "send", fail)
    invitation = InvitationFactory(cohort=autumn.cohort, mailed_at=None)
    with pytest.raises(type(error)):
        mail_invitation(invitation_id=invitation.pk, words="", now=NOW)
    invitation.refresh_from_db()
    assert (invitation.mailed_at is not None) is mailed


def test_a_name_of_two_lines_makes_no_header(autumn: ClassOf) -> None:
    autumn.cohort.name = "Autumn\nBcc: everybody@example.org"
    autumn.cohort.save()
    assert mail_added(membership_id=autumn.learner.pk, by_id=autumn.owner.user_id)
    assert mail.outbox[0].subject == "You are in the class Autumn Bcc: everybody@example.org"
    assert mail_added(membership_id=autumn.left.pk, by_id=autumn.owner.user_id) is False


@pytest.mark.parametrize(
    ("email", "expected"),
    [("sam@example.org", "s•••@e•••.org"), ("x@y.ac.uk", "x•••@y•••.uk"), ("a@b", "a•••@•••b")],
)
def test_masked(email: str, expected: str) -> None:
    assert masked(email) == expected


# The page


def page_of(invitation: Invitation) -> str:
    return f"/cohorts/invitations/{invitation.token}/"


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_link_asks_and_the_button_joins(autumn: ClassOf, invitation: Invitation) -> None:
    client = as_(people.stranger())
    answer = client.get(page_of(invitation))
    assert answer.status_code == 200
    assert "Join the class" in answer.content.decode()
    assert not Membership.objects.filter(user__email=SAM).exists()
    assert client.post(page_of(invitation)).url == "/cohorts/autumn/"
    assert Membership.objects.get(user__email=SAM).role == "assistant"
    assert client.get(page_of(invitation)).url == "/cohorts/autumn/"


def test_somebody_else_is_told_whose_it_is(autumn: ClassOf, invitation: Invitation) -> None:
    client = as_(autumn.learner.user)
    text = client.get(page_of(invitation)).content.decode()
    assert "s•••@e•••.org" in text
    assert SAM not in text
    assert "Sign out and use the other address" in text
    assert client.post(page_of(invitation)).status_code == 200
    autumn.learner.refresh_from_db()
    assert autumn.learner.role == "learner"


def test_signing_out_there_comes_back(autumn: ClassOf, invitation: Invitation) -> None:
    client = as_(autumn.learner.user)
    answer = client.post("/accounts/logout/", {"next": page_of(invitation)})
    assert answer.url == page_of(invitation)


def test_who_is_not_signed_in_is_led_there_and_back(invitation: Invitation) -> None:
    text = Client().get(page_of(invitation)).content.decode()
    for way in ("signup", "login"):
        assert f'/accounts/{way}/?next={page_of(invitation)}"' in text
    assert Client().post(page_of(invitation)).status_code == 200
    people.stranger()
    form = {"login": SAM, "password": people.PASSWORD}
    answer = Client().post(f"/accounts/login/?next={page_of(invitation)}", form)
    assert answer.url == page_of(invitation)


@pytest.mark.parametrize("change", [{"accepted_at": NOW}, {"expires_at": NOW}])
def test_what_is_over_is_gone(change: dict[str, object], invitation: Invitation) -> None:
    Invitation.objects.update(**change)
    answer = as_(people.stranger()).get(page_of(invitation))
    assert answer.status_code == 410
    assert "invite you again" in answer.content.decode()


def test_an_unknown_token(db: None) -> None:
    assert Client().get("/cohorts/invitations/nothing/").status_code == 404


def sign_up(client: Client, email: str, onward: str = "") -> str:
    """Make an account and type in the code of the mail; where that leads."""
    form = {"email": email, "display_name": "New", "password1": "a-long-enough-pass-phrase"}
    client.post(f"/accounts/signup/?next={onward}" if onward else "/accounts/signup/", form)
    (code,) = re.findall(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", mail.outbox[-1].body, re.MULTILINE)
    return str(client.post("/accounts/confirm-email/", {"code": code}).url)


def test_signing_up_joins_as_a_learner(autumn: ClassOf) -> None:
    invitation = InvitationFactory(cohort=autumn.cohort, email="new@example.org")
    client = Client()
    assert sign_up(client, "new@example.org", page_of(invitation)) == page_of(invitation)
    member = Membership.objects.get(user__email="new@example.org")
    assert (member.cohort, member.role) == (autumn.cohort, "learner")
    assert client.get(page_of(invitation)).url == "/cohorts/autumn/"
    text = client.get("/cohorts/autumn/").content.decode()
    assert "You are in the class Autumn class now." in text


def test_signing_up_is_no_yes_to_another_role(autumn: ClassOf) -> None:
    invitation = InvitationFactory(cohort=autumn.cohort, email="new@example.org", role="teacher")
    client = Client()
    assert sign_up(client, "new@example.org", page_of(invitation)) == page_of(invitation)
    assert not Membership.objects.filter(user__email="new@example.org").exists()
    client.post(page_of(invitation))
    assert Membership.objects.get(user__email="new@example.org").role == "teacher"
