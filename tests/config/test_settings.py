"""The settings as other processes read them: safe by default, loud about what is missing."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from config.make import ROOT

# Read without the .env of this checkout, so that only what a test says counts.
READ = """
import json, environ
environ.Env.read_env = classmethod(lambda cls, *args, **options: None)
from config import settings
names = {names!r}
print(json.dumps({{name: getattr(settings, name) for name in names}}))
"""
NAMED = ("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "HTTPS", "DATABASE_URL", "CACHE_URL", "EMAIL_URL")


def read(*names: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    clean = {key: value for key, value in os.environ.items() if key not in NAMED}
    return subprocess.run(
        [sys.executable, "-c", READ.format(names=names)],
        env={**clean, **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def values(*names: str, **variables: str) -> dict[str, Any]:
    done = read(*names, **{"SECRET_KEY": "k" * 50, **variables})
    assert done.stderr == ""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_no_secret_key_no_site() -> None:
    done = read("DEBUG")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith("Set the SECRET_KEY environment variable")


def test_safe_by_default() -> None:
    expected = {
        "DEBUG": False,
        "ALLOWED_HOSTS": [],
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
        "SECURE_PROXY_SSL_HEADER": None,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    }
    assert values(*expected) == expected


def test_debug_stays_on_this_machine() -> None:
    expected = {
        "DEBUG": True,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "SECURE_SSL_REDIRECT": False,
        "SECURE_HSTS_SECONDS": 0,
        "SESSION_COOKIE_SECURE": False,
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
    }
    assert values(*expected, DEBUG="on") == expected


def test_proxy_is_believed_only_when_said() -> None:
    found = values("SECURE_PROXY_SSL_HEADER", BEHIND_PROXY="on")
    assert found == {"SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"]}


@pytest.mark.parametrize(
    ("url", "engine", "options"),
    [
        ("sqlite:///var/cairn.sqlite3", "sqlite3", {"transaction_mode": "IMMEDIATE"}),
        ("postgres://cairn:secret@db/cairn", "postgresql", {"server_side_binding": True}),
        ("postgres://db/cairn?sslmode=require", "postgresql", {"sslmode": "require"}),
    ],
)
def test_databases(url: str, engine: str, options: dict[str, Any]) -> None:
    database = values("DATABASES", DATABASE_URL=url)["DATABASES"]["default"]
    assert database["ENGINE"] == f"django.db.backends.{engine}"
    assert options.items() <= database["OPTIONS"].items()


def test_content_security_policy_lets_nothing_in() -> None:
    policy = values("CONTENT_SECURITY_POLICY")["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert policy["default-src"] == ["'self'"]
    assert "unsafe" not in json.dumps(policy)
