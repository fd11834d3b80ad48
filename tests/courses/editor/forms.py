"""The lesson's page as a browser has it: what its form would send, and what it answers."""

import re
from typing import Any

from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from courses.models import Lesson


def page(lesson: Lesson, name: str = "change", *more: Any) -> str:
    return reverse(f"admin:courses_lesson_{name}", args=[lesson.pk, *more])


def sent_of(answer: Any) -> dict[str, Any]:
    """What a browser would send back from the form of this answer, with its line ends."""
    context = answer.context
    sheet = context["sheet"]
    data: dict[str, Any] = {**context["hidden"]}
    if "against" in context:
        data["against"] = context["against"]
        data |= {f"path-{clash.number}": clash.path for clash in context["clashes"]}
    forms = [sheet.lesson, sheet.change]
    for rows in (sheet.concepts, sheet.references):
        forms += [rows.management_form, *rows.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                data[field.html_name] = (
                    value.replace("\n", "\r\n") if isinstance(value, str) else value
                )
    return data


def sent(client: Client, lesson: Lesson, **changes: Any) -> dict[str, Any]:
    return sent_of(client.get(page(lesson))) | {
        name.replace("__", "-"): value for name, value in changes.items()
    }


def post(client: Client, lesson: Lesson, data: dict[str, Any], button: str = "_save") -> Any:
    return client.post(page(lesson), {**data, button: "1"})


def stamp(client: Client, url: str) -> str:
    found = re.search(r'name="stamp" value="(\w+)"', client.get(url).content.decode())
    assert found
    return found[1]


def publish(client: Client, lesson: Lesson, **more: Any) -> Any:
    url = page(lesson, "publish")
    return client.post(url, {"stamp": stamp(client, url), "_now": "1", **more})


def faults(answer: Any) -> dict[str, str]:
    return {fault.field: fault.message for fault in answer.context["sheet"].faults}


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]
