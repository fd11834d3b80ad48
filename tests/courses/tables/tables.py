"""Tables to send, and lists that take them."""

from typing import Any

from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tablib import Dataset

from courses.tables.writing import csv_of


def table(rows: list[dict[str, str]]) -> bytes:
    headers = list(rows[0])
    return csv_of(Dataset(*([row[name] for name in headers] for row in rows), headers=headers))


def upload(client: Client, model: str, data: bytes, name: str = "table.csv") -> Any:
    """The answer to sending a table; where it is read, it leads to the preview."""
    url = reverse(f"admin:{model}_import")
    return client.post(url, {"file": SimpleUploadedFile(name, data)})


def preview(client: Client, model: str, data: bytes, name: str = "table.csv") -> Any:
    sent = upload(client, model, data, name)
    assert sent.status_code == 302, sent.context["form"].errors
    return client.get(sent["Location"])


def agree(client: Client, shown: Any) -> Any:
    url = shown.wsgi_request.path
    return client.post(url, {"agreed": shown.context["plan"].digest})


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]
