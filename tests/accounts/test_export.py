import json
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from accounts.export import archive, readable
from accounts.models import User
from accounts.privacy import sections

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 8, 40, tzinfo=UTC)
HOSTILE = '<script>alert("x")</script>'


def files_of(zipped: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(zipped)) as archived:
        return {name: archived.read(name).decode() for name in archived.namelist()}


def test_download(as_learner: Client) -> None:
    response = as_learner.post("/accounts/export/")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"].startswith('attachment; filename="cairn-20')
    assert response["Cache-Control"] == "private, no-store"
    assert set(files_of(response.content)) == {"data.json", "data.html"}


def test_json_holds_every_section(learner: User) -> None:
    data = json.loads(files_of(archive(user=learner, now=NOW))["data.json"])
    assert data["exported_at"] == "2026-11-21T08:40:00Z"
    assert list(data["sections"]) == [section.slug for section in sections()]
    assert data["sections"]["profile"]["rows"] == [
        {
            "email": "yi-ting@example.org",
            "name": "Yi-Ting Chen",
            "time_zone": "UTC",
            "colours": "Follow my device",
            "joined": learner.date_joined.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "last_signed_in": None,
            "may_open_the_admin": False,
            "is_superuser": False,
            "groups": [],
        }
    ]
    assert data["sections"]["email-addresses"]["rows"] == [
        {"email": "yi-ting@example.org", "confirmed": True, "used_for_signing_in": True}
    ]


def test_secrets_stay(learner: User) -> None:
    TOTP.activate(learner, "TOPSECRETTOPSECRET")
    Authenticator.objects.create(
        user=learner, type="webauthn", data={"name": "My phone", "credential": "PRIVATE"}
    )
    files = files_of(archive(user=learner, now=NOW))
    factors = json.loads(files["data.json"])["sections"]["second-factors"]["rows"]
    assert [(factor["kind"], factor["name"]) for factor in factors] == [
        ("TOTP Authenticator", "TOTP Authenticator"),
        ("WebAuthn", "My phone"),
    ]
    for text in files.values():
        assert "TOPSECRET" not in text
        assert "PRIVATE" not in text
        assert learner.password not in text


def test_hostile_name_is_text_in_the_page(learner: User) -> None:
    learner.display_name = HOSTILE
    learner.save(update_fields=["display_name"])
    files = files_of(archive(user=learner, now=NOW))
    assert "<script" not in files["data.html"]
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;" in files["data.html"]
    assert json.loads(files["data.json"])["sections"]["profile"]["rows"][0]["name"] == HOSTILE


def test_page_needs_no_other_file(learner: User) -> None:
    page = files_of(archive(user=learner, now=NOW))["data.html"]
    for outside in ("src=", "href=", "url(", "@import"):
        assert outside not in page


def test_nothing_of_others(learner: User, stranger: User) -> None:
    for text in files_of(archive(user=learner, now=NOW)).values():
        assert stranger.email not in text


def test_times_are_shown_in_the_persons_zone(learner: User) -> None:
    learner.time_zone = "Asia/Taipei"
    assert "21 November 2026, 16:40" in files_of(archive(user=learner, now=NOW))["data.html"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        ("", "–"),
        ([], "–"),
        (True, "yes"),
        (0, "0"),
        (0.5, "0.5"),
        (["a", "b"], ["a", "b"]),
        ({"saved_answer": ["a", "b"]}, ["Saved answer: a; b"]),
        ([{"question": "Why", "answer": None}], ["Question: Why; Answer: –"]),
    ],
)
def test_readable(value: object, shown: object) -> None:
    assert readable(value) == shown
