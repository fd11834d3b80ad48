"""My classes, making one, joining by a code, leaving, the code itself."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from cohorts.guesses import MOST
from cohorts.models import Cohort, Invitation, LogEntry, Membership, Role
from tests.class_factories import NOW, ClassOf, CohortFactory, MembershipFactory
from tests.factories import CourseFactory
from tests.quizzes.sql import queries


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


# /cohorts/ --------------------------------------------------------------------


def test_my_classes(autumn: ClassOf) -> None:
    user = autumn.learner.user
    MembershipFactory(cohort=autumn.other, user=user, role=Role.ASSISTANT)
    old = CohortFactory(name="Old class", archived_at=NOW)
    MembershipFactory(cohort=old, user=user)
    context = as_(user).get("/cohorts/").context
    found = [(member.cohort.name, member.role) for member in context["classes"].running]
    assert set(found) == {("Autumn class", "learner"), ("Other class", "assistant")}
    assert [member.cohort for member in context["classes"].archived] == [old]


def test_who_left_has_none_and_is_told_what_to_do(autumn: ClassOf) -> None:
    page = as_(autumn.left.user).get("/cohorts/").content.decode()
    assert "Autumn class" not in page
    assert "You are in no class yet" in page
    assert "Type the join code that your teacher gave you." in page
    assert "Make a class" not in page


def invite(cohort: Cohort, email: str, **fields: object) -> Invitation:
    soon = timezone.now() + timedelta(days=9)
    times = {"invited_at": NOW, "expires_at": soon, "token": f"{cohort.slug}-{email}"}
    return Invitation.objects.create(cohort=cohort, email=email, **times | fields)


def test_open_invitations_to_my_address(autumn: ClassOf, stranger: User) -> None:
    wanted = invite(autumn.other, stranger.email, role=Role.ASSISTANT)
    invite(autumn.cohort, "else@example.org")
    invite(CohortFactory(), stranger.email, accepted_at=NOW)
    invite(CohortFactory(), stranger.email, expires_at=NOW - timedelta(days=1))
    invite(CohortFactory(archived_at=NOW), stranger.email)
    answer = as_(stranger).get("/cohorts/")
    assert list(answer.context["invitations"]) == [wanted]
    assert "as Assistant" in answer.content.decode()


def test_none_to_an_address_that_is_not_confirmed(autumn: ClassOf, stranger: User) -> None:
    stranger.emailaddress_set.update(verified=False)
    invite(autumn.other, stranger.email)
    assert not as_(stranger).get("/cohorts/").context["invitations"]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_list(number: int, stranger: User) -> None:
    for index in range(number):
        MembershipFactory(user=stranger, cohort__archived_at=NOW if index == 2 else None)
        invite(CohortFactory(), stranger.email)
    client = as_(stranger)
    with queries(6):  # session, person; memberships, invitations, permissions (of user and groups)
        client.get("/cohorts/")


# /cohorts/new/ ----------------------------------------------------------------


def test_making_a_class(teacher: User) -> None:
    course = CourseFactory()
    client = as_(teacher)
    assert f'value="{teacher.time_zone}" selected' in client.get("/cohorts/new/").content.decode()
    said = {"name": "Autumn", "course": course.pk, "time_zone": "Asia/Taipei", "self_join": "on"}
    answer = client.post("/cohorts/new/", said)
    cohort = Cohort.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/cohorts/{cohort.slug}/join-code/")
    assert (cohort.name, cohort.course, cohort.time_zone) == ("Autumn", course, "Asia/Taipei")
    assert Membership.objects.get().user == teacher


def test_nobody_else_makes_one(learner: User) -> None:
    course = CourseFactory()
    said = {"name": "Autumn", "course": course.pk, "time_zone": "UTC"}
    assert as_(learner).post("/cohorts/new/", said).status_code == 403
    assert not Cohort.objects.exists()


# /join/ -----------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
def test_visitors_sign_up_and_come_back(method: str, autumn: ClassOf, client: Client) -> None:
    answer = getattr(client, method)("/join/AUTUMN23/")
    assert answer["Location"] == "/accounts/signup/?next=%2Fjoin%2FAUTUMN23%2F"
    page = client.get(answer["Location"]).content.decode()
    assert 'href="/accounts/login/?next=%2Fjoin%2FAUTUMN23%2F"' in page
    assert not LogEntry.objects.exists()


def test_what_one_joins_is_said_first(autumn: ClassOf, stranger: User) -> None:
    Cohort.objects.update(description="Tuesdays at **six**.")
    page = as_(stranger).get("/join/autumn-23/").content.decode()
    assert "<h1>Autumn class</h1>" in page
    assert "Teachers: Amara Osei, Tess Teacher" in page
    assert "<strong>six</strong>" in page
    assert "What the teachers of this class will see" in page
    assert not Membership.objects.filter(user=stranger).exists()


def test_joining(autumn: ClassOf, stranger: User) -> None:
    client = as_(stranger)
    for _ in range(2):
        answer = client.post("/join/AUTUMN23/")
        assert (answer.status_code, answer["Location"]) == (302, "/cohorts/autumn/")
    assert Membership.objects.get(user=stranger).role == Role.LEARNER


def test_who_has_no_name_says_one(autumn: ClassOf, stranger: User) -> None:
    User.objects.filter(pk=stranger.pk).update(display_name="")
    client = as_(stranger)
    assert 'name="name"' in client.get("/join/AUTUMN23/").content.decode()
    answer = client.post("/join/AUTUMN23/", {"name": " "})
    assert answer.status_code == 422
    assert "Say what your class may call you." in answer.content.decode()
    assert not Membership.objects.filter(user=stranger).exists()
    assert client.post("/join/AUTUMN23/", {"name": "Sam"}).status_code == 302
    assert Membership.objects.named().get(user=stranger).name == "Sam"


def test_who_has_a_name_keeps_it(autumn: ClassOf, stranger: User) -> None:
    client = as_(stranger)
    assert 'name="name"' not in client.get("/join/AUTUMN23/").content.decode()
    client.post("/join/AUTUMN23/", {"name": "Other"})
    assert Membership.objects.named().get(user=stranger).name == "Sam Stranger"


def test_a_typed_code_leads_to_the_class(autumn: ClassOf, stranger: User) -> None:
    answer = as_(stranger).post("/join/", {"code": " autumn 23"})
    assert (answer.status_code, answer["Location"]) == (302, "/join/AUTUMN23/")


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("removed", "has taken you out of it"),
        ("archived", "This class is over"),
        ("closed", "by invitation alone"),
    ],
)
def test_who_cannot_join_reads_why(who: str, said: str, autumn: ClassOf, stranger: User) -> None:
    if who == "archived":
        Cohort.objects.update(archived_at=NOW)
    elif who == "closed":
        Cohort.objects.update(self_join=False)
    client = as_(autumn.removed.user if who == "removed" else stranger)
    page = client.get("/join/AUTUMN23/")
    assert page.status_code == 200
    assert said in page.content.decode()
    assert 'class="signpost"' not in page.content.decode()
    answer = client.post("/join/AUTUMN23/")
    assert answer.status_code == 409
    assert said in answer.content.decode()


@pytest.mark.parametrize("code", ["WRONG234", "x" * 90, "班級"])
def test_a_wrong_code_is_explained(code: str, autumn: ClassOf, stranger: User) -> None:
    answer = as_(stranger).get(f"/join/{code}/")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert '<h1 class="h-small">Join a class</h1>' in page
    assert f'value="{code}"' in page


def test_guessing_is_slow(autumn: ClassOf, stranger: User) -> None:
    client = as_(stranger)
    found = {client.get(f"/join/WRONG{number:03}/").status_code for number in range(MOST)}
    assert found == {404}
    assert client.get("/join/AUTUMN23/").status_code == 429
    assert client.post("/join/", {"code": "AUTUMN23"}).status_code == 429
    # From the same address, as somebody else; and from another address, as the same.
    assert as_(autumn.left.user).get("/join/AUTUMN23/").status_code == 429
    assert client.get("/join/AUTUMN23/", REMOTE_ADDR="203.0.113.9").status_code == 429
    away = as_(autumn.left.user).get("/join/AUTUMN23/", REMOTE_ADDR="203.0.113.9")
    assert away.status_code == 200


# Leaving, and the code ------------------------------------------------------------


def test_leaving(autumn: ClassOf) -> None:
    client = as_(autumn.learner.user)
    assert "Leave Autumn class</h1>" in client.get("/cohorts/autumn/leave/").content.decode()
    assert client.post("/cohorts/autumn/leave/")["Location"] == "/cohorts/"
    assert client.get("/cohorts/autumn/").status_code == 404
    page = client.get("/join/AUTUMN23/").content.decode()
    assert "Come back to Autumn class" in page


def test_the_owner_hands_it_over_first(autumn: ClassOf) -> None:
    client = as_(autumn.owner.user)
    page = client.get("/cohorts/autumn/leave/").content.decode()
    assert 'href="/cohorts/autumn/hand-over/"' in page
    assert client.post("/cohorts/autumn/leave/").status_code == 409
    answer = client.post("/cohorts/autumn/hand-over/", {"to": autumn.teacher.pk})
    assert answer.status_code == 302
    assert client.post("/cohorts/autumn/leave/").status_code == 302


def test_handing_over_to_anybody_else_is_no_choice(autumn: ClassOf) -> None:
    client = as_(autumn.owner.user)
    for member in (autumn.assistant, autumn.left, autumn.other_teacher):
        assert client.post("/cohorts/autumn/hand-over/", {"to": member.pk}).status_code == 422


def test_the_code_its_link_and_its_picture(autumn: ClassOf, settings: Settings) -> None:
    settings.SITE_URL = "https://cairn.example.org"
    for url in ("/cohorts/autumn/join-code/", "/cohorts/autumn/join-code/screen/"):
        page = as_(autumn.observer.user).get(url).content.decode()
        assert "AUTU-MN23" in page
        assert "cairn.example.org/join/" in page
        assert "QR code for the address https://cairn.example.org/join/AUTUMN23/" in page
        assert "<path" in page
        assert not re.search(r"\bstyle=", page)
    assert "site-header" not in page


@pytest.mark.parametrize(
    ("who", "entry"),
    [("observer", ""), ("assistant", ""), ("teacher", "settings/")],
)
def test_the_code_belongs_to_an_entry_that_one_has(autumn: ClassOf, who: str, entry: str) -> None:
    page = as_(getattr(autumn, who).user).get("/cohorts/autumn/join-code/").content.decode()
    assert f'<a href="/cohorts/autumn/{entry}" aria-current="page">' in page


def test_turning_it_off_and_on(autumn: ClassOf, stranger: User) -> None:
    client = as_(autumn.teacher.user)
    client.post("/cohorts/autumn/join-code/", {"self_join": "off"})
    assert as_(stranger).post("/join/AUTUMN23/").status_code == 409
    client.post("/cohorts/autumn/join-code/", {"self_join": "on"})
    assert as_(stranger).post("/join/AUTUMN23/").status_code == 302
    found = LogEntry.objects.exclude(kind="people").values_list("before", "after")
    assert set(found) == {("yes", "no"), ("no", "yes")}


def test_a_new_code_is_asked_for_first(autumn: ClassOf) -> None:
    client = as_(autumn.teacher.user)
    page = client.get("/cohorts/autumn/join-code/reset/").content.decode()
    assert "The code AUTU-MN23, its link and its QR code lead nowhere then" in page
    assert Cohort.objects.get(slug="autumn").join_code == "AUTUMN23"
    client.post("/cohorts/autumn/join-code/reset/")
    assert Cohort.objects.get(slug="autumn").join_code != "AUTUMN23"


def test_copying_from_the_page(autumn: ClassOf) -> None:
    client = as_(autumn.teacher.user)
    answer = client.post("/cohorts/autumn/copy/", {"name": "Spring class", "term": "Spring"})
    new = Cohort.objects.get(copied_from=autumn.cohort)
    assert answer["Location"] == f"/cohorts/{new.slug}/settings/"
    assert Membership.objects.get(cohort=new).user == autumn.teacher.user


@pytest.mark.parametrize("name", ["archive", "unarchive"])
def test_archiving_asks_first(name: str, autumn: ClassOf) -> None:
    client = as_(autumn.owner.user)
    Cohort.objects.update(archived_at=NOW if name == "unarchive" else None)
    client.get(f"/cohorts/autumn/{name}/")
    assert (Cohort.objects.get(slug="autumn").archived_at is None) is (name == "archive")
    client.post(f"/cohorts/autumn/{name}/")
    assert (Cohort.objects.get(slug="autumn").archived_at is None) is (name == "unarchive")


def test_who_may_make_no_class_copies_none(autumn: ClassOf, client: Client) -> None:
    """A role in one class does not make the owner of another."""
    autumn.teacher.user.groups.clear()
    client.force_login(autumn.teacher.user)
    sent = {"name": "Mine", "term": "", "starts_on": "2027-01-04"}
    assert client.post("/cohorts/autumn/copy/", sent).status_code == 403
    assert not Membership.objects.filter(user=autumn.teacher.user, role=Role.OWNER).exists()
    assert "/cohorts/autumn/copy/" not in client.get("/cohorts/autumn/settings/").content.decode()
