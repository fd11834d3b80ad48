import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from courses.links.checking import Finding, Outcome
from courses.links.storing import store
from courses.management.commands import check_links as command
from courses.models import Link
from tests.factories import CourseFactory, ReferenceFactory

pytestmark = pytest.mark.django_db

FINE, GONE, MOVED = (f"https://{name}.example/page" for name in ("fine", "gone", "moved"))
FINDINGS = {
    FINE: Finding(Outcome.OK, 200),
    GONE: Finding(Outcome.FAILED, 404, "There is no such page any more."),
    MOVED: Finding(Outcome.MOVED, 200, moved_to="https://new.example/page"),
}


@pytest.fixture(autouse=True)
def network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every address answers as it is called."""

    def check(urls: list[str], *, now: Any, within: float) -> Any:
        return (store(url=url, finding=FINDINGS[url], now=now) for url in urls)

    monkeypatch.setattr(command, "check_links", check)
    for url in (FINE, GONE, MOVED):
        ReferenceFactory(url=url)


def said(*options: str, **more: Any) -> str:
    out = StringIO()
    call_command("check_links", *options, stdout=out, **more)
    return out.getvalue()


def test_a_run_is_summarised() -> None:
    assert said() == (
        "Fails:\n"
        f"  {GONE}  There is no such page any more.\n"
        "Moved:\n"
        f"  {MOVED}  https://new.example/page\n"
        "     1  Answers\n     1  Moved\n     1  Fails\n     3  addresses\n"
    )
    assert said("--verbosity=0") == ""


def test_a_run_in_which_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "check_links", lambda urls, *, now, within: iter(()))
    assert said() == (
        "Nobody answered. Is there a connection? Nothing was written down.\n     3  addresses\n"
    )


def test_a_run_in_json() -> None:
    rows = [json.loads(line) for line in said("--json").splitlines()]
    assert [row["url"] for row in rows] == [FINE, GONE, MOVED]
    today = timezone.now().date().isoformat()
    assert rows[1] == {
        "url": GONE,
        "state": "failing",
        "status": 404,
        "problem": "There is no such page any more.",
        "moved_to": "",
        "failing_since": today,
    }


def test_a_run_can_be_narrowed() -> None:
    other = CourseFactory(slug="other")
    ReferenceFactory(url=FINE, lesson__track__course=other)
    assert "     1  addresses" in said("--course=other")
    assert "     2  addresses" in said("--limit=2")
    said()
    assert "     0  addresses" in said("--older-than=1")
    assert "     1  addresses" in said("--only=failing")


def test_dead_links_fail_a_strict_run_alone() -> None:
    said("--strict")
    long_ago = (timezone.now() - timedelta(days=4)).date()
    Link.objects.filter(url=GONE).update(failing_since=long_ago, failed_on=long_ago, failed_days=2)
    said()
    with pytest.raises(CommandError) as caught:
        said("--strict")
    assert caught.value.returncode == 1


@pytest.mark.parametrize("option", ["--course=none", "--limit=0", "--older-than=-1"])
def test_options_that_make_no_sense_are_refused(option: str) -> None:
    with pytest.raises(CommandError):
        said(option)
