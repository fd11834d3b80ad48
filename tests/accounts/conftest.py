import re

import pytest
from django.core import mail
from django.test import Client

from tests import people


@pytest.fixture
def as_sure_learner(as_learner: Client) -> Client:
    """The learner, who has just shown again that it is them."""
    as_learner.post("/accounts/reauthenticate/", {"password": people.PASSWORD})
    return as_learner


def mailed_code() -> str:
    """The code in the newest mail."""
    found = re.search(r"^ {4}(\S+)$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found.group(1)


def mailed_path() -> str:
    """The path of the first link in the newest mail."""
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found.group(1)
