"""The list of links, the page "Links to fix", and its buttons."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses.links.tasks import check_these
from courses.models import Link, Reference
from tests.factories import NotebookFactory, ReferenceFactory

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OLD, NEW = "https://old.example/page", "https://new.example/page"
DEAD, FINE = "https://dead.example/page", "https://fine.example/page"
LIST = reverse("admin:courses_link_changelist")
TO_FIX = reverse("admin:courses_link_to_fix")
APPLY = reverse("admin:courses_link_apply")
CHECK = reverse("admin:courses_link_check")
KEEP = reverse("admin:courses_link_keep")

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_editor(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def reference() -> Any:
    return ReferenceFactory(url=OLD, title="Old paper", lesson__title="Quantization")


@pytest.fixture
def moved(reference: Any) -> Link:
    return Link.objects.create(url=OLD, state=Link.State.MOVED, moved_to=NEW, checked_at=NOW)


@pytest.fixture
def dead() -> Link:
    ReferenceFactory(url=DEAD, title="Dead paper")
    return Link.objects.create(
        url=DEAD, state=Link.State.DEAD, failing_since=date(2026, 2, 1), problem="No such page."
    )


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that were queued to be checked."""
    queued: list[str] = []
    monkeypatch.setattr(type(check_these), "enqueue", lambda self, urls: queued.extend(urls))
    return queued


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def html_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


class TestTheList:
    def test_says_how_each_address_answered(
        self, as_editor: Client, moved: Link, dead: Link, reference: Any
    ) -> None:
        Link.objects.create(url="https://unused.example/", state=Link.State.DEAD)
        html = html_of(as_editor, LIST)
        assert "2 links" in html
        assert "Dead</span>" in html
        assert "Moved</span>" in html
        change = reverse("admin:courses_reference_change", args=[reference.pk])
        assert f'<a href="{change}">Old paper</a> <span class="quiet">Quantization</span>' in html
        assert f'<a href="{TO_FIX}">Links to fix</a>' in html

    def test_can_be_filtered(self, as_editor: Client, moved: Link, dead: Link) -> None:
        answer = as_editor.get(LIST, {"state__exact": "dead"})
        assert list(answer.context["cl"].result_list) == [dead]

    def test_shows_one_and_changes_none(self, as_editor: Client, moved: Link) -> None:
        url = reverse("admin:courses_link_change", args=[moved.pk])
        assert "Old paper" in html_of(as_editor, url)
        assert as_editor.post(url, {}).status_code == 403
        assert as_editor.get(reverse("admin:courses_link_add")).status_code == 403
        delete = reverse("admin:courses_link_delete", args=[moved.pk])
        assert as_editor.get(delete).status_code == 403

    def test_who_only_looks_has_none_checked(
        self, client: Client, editor: User, dead: Link, asked: list[str]
    ) -> None:
        editor.groups.clear()
        editor.user_permissions.add(*permissions("view_link"))
        client.force_login(editor)
        assert "check_these" not in html_of(client, LIST)
        client.post(LIST, {"action": "check_these", "_selected_action": [dead.pk]})
        assert asked == []

    def test_has_chosen_ones_checked(self, as_editor: Client, dead: Link, asked: list[str]) -> None:
        data = {"action": "check_these", "_selected_action": [dead.pk]}
        answer = as_editor.post(LIST, data)
        assert asked == [DEAD]
        assert said(answer) == ["1 address is being checked. Look at the links again in a minute."]


def test_references_can_be_checked(as_editor: Client, reference: Any, asked: list[str]) -> None:
    other: Any = ReferenceFactory(url=FINE, author_url=OLD)
    data = {"action": "check_references", "_selected_action": [reference.pk, other.pk]}
    as_editor.post(reverse("admin:courses_reference_changelist"), data)
    assert sorted(asked) == [FINE, OLD]


class TestLinksToFix:
    def test_says_what_to_do(self, as_editor: Client, moved: Link, dead: Link) -> None:
        NotebookFactory(colab=FINE)
        Link.objects.create(url=FINE, state=Link.State.OK)
        html = html_of(as_editor, TO_FIX)
        assert html.index(DEAD) < html.index(OLD)
        assert "No such page. Fails since 1 February 2026." in html
        assert FINE not in html
        assert html.count("Use the new address<") == 1
        assert html.count("Keep the old one<") == 1
        assert html.count("Check again<") == 2

    def test_is_empty_when_all_is_well(self, as_editor: Client) -> None:
        assert "Nothing to fix" in html_of(as_editor, TO_FIX)

    @pytest.mark.parametrize("number", [1, 3])
    def test_costs_the_same_for_many(
        self, number: int, as_editor: Client, django_assert_num_queries: Any
    ) -> None:
        for index in range(number):
            made: Any = ReferenceFactory()
            state = (Link.State.DEAD, Link.State.FAILING, Link.State.MOVED)[index]
            Link.objects.create(url=made.url, state=state, moved_to=NEW)
        # Session, person, two of permissions; addresses in use (2), count, links, uses (2).
        with django_assert_num_queries(10):
            assert as_editor.get(TO_FIX).status_code == 200

    def test_who_only_looks_has_no_buttons(self, client: Client, editor: User, moved: Link) -> None:
        editor.groups.clear()
        editor.user_permissions.add(*permissions("view_link"))
        client.force_login(editor)
        html = html_of(client, TO_FIX)
        assert OLD in html
        assert "Use the new address" not in html
        for url in (APPLY, CHECK, KEEP):
            assert client.post(url, {"link": moved.pk}).status_code == 403

    def test_is_for_editors(self, client: Client, teacher: User, learner: User) -> None:
        client.force_login(teacher)
        assert client.get(TO_FIX).status_code == 403
        client.force_login(learner)
        assert client.get(TO_FIX).status_code == 302

    def test_checks_again(self, as_editor: Client, dead: Link, asked: list[str]) -> None:
        answer = as_editor.post(CHECK, {"link": dead.pk})
        assert (answer.status_code, answer["Location"], asked) == (302, TO_FIX, [DEAD])

    def test_keeps_the_old_one(self, as_editor: Client, moved: Link) -> None:
        as_editor.post(KEEP, {"link": moved.pk, f"to-{moved.pk}": NEW})
        moved.refresh_from_db()
        assert (moved.state, moved.move_declined) == (Link.State.OK, NEW)
        assert "Nothing to fix" in html_of(as_editor, TO_FIX)

    @pytest.mark.parametrize("url", [CHECK, KEEP])
    def test_buttons_post(self, url: str, as_editor: Client) -> None:
        assert as_editor.get(url).status_code == 405
        assert as_editor.put(APPLY).status_code == 405


def permissions(*names: str) -> Any:
    return Permission.objects.filter(codename__in=names)


class TestTheNewAddress:
    def test_is_used_with_one_click(self, as_editor: Client, moved: Link, reference: Any) -> None:
        answer = as_editor.post(APPLY, {"link": moved.pk, f"to-{moved.pk}": NEW})
        assert answer["Location"] == TO_FIX
        assert said(answer) == ["The new address stands in 1 place now. History can take it back."]
        reference.refresh_from_db()
        assert reference.url == NEW

    def test_is_shown_before_several_are_used(
        self, as_editor: Client, moved: Link, dead: Link
    ) -> None:
        html = html_of(as_editor, f"{APPLY}?link={moved.pk}&link={dead.pk}&link=x")
        assert f"<del>{OLD}</del>" in html
        assert f"<ins>{NEW}</ins>" in html
        assert DEAD not in html
        assert 'name="merge"' not in html

    def test_is_asked_about_where_it_stands_already(
        self, as_editor: Client, moved: Link, reference: Any
    ) -> None:
        ReferenceFactory(url=NEW, title="Same paper", lesson=reference.lesson)
        data = {"link": moved.pk, f"to-{moved.pk}": NEW}
        answer = as_editor.post(APPLY, data)
        assert answer["Location"] == f"{APPLY}?link={moved.pk}"
        assert said(answer) == ["A lesson has the new address already. Say what is to happen."]
        html = html_of(as_editor, answer["Location"])
        assert "“Quantization” has the new address already, as “Same paper”." in html
        assert Reference.objects.current().count() == 2

        answer = as_editor.post(APPLY, {**data, "merge": "1"})
        assert said(answer)[-1:] == ["1 reference went to the archive."]
        assert Reference.objects.current().get().url == NEW

    @pytest.mark.parametrize("seen", ["", "https://earlier.example/"])
    def test_is_not_used_unseen(
        self, seen: str, as_editor: Client, moved: Link, reference: Any
    ) -> None:
        answer = as_editor.post(APPLY, {"link": [moved.pk, "0", "²"], f"to-{moved.pk}": seen})
        assert said(answer) == [
            "Nothing was changed: the address has been checked since. Look again."
        ]
        reference.refresh_from_db()
        assert reference.url == OLD

    def test_nothing_chosen_is_said(self, as_editor: Client) -> None:
        answer = as_editor.get(APPLY)
        assert answer["Location"] == TO_FIX
        assert said(answer) == ["Choose at least one address that has moved."]
