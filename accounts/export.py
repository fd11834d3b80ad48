"""A person's own data as a zip: JSON for machines, one page of HTML for reading."""

import json
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.privacy import sections


def collect(user: User, now: datetime) -> dict[str, Any]:
    """Everything kept about `user`, as data.json holds it; one run over every section."""
    return {
        "site": "Cairn",
        "exported_at": now,
        "sections": {
            section.slug: {
                "title": str(section.title),
                "rows": [dict(row) for row in section.rows(user)],
            }
            for section in sections()
        },
    }


def readable(value: Any) -> str | list[Any]:
    """A value as a person reads it; lists and mappings become lists for the template."""
    match value:
        case None | "" | []:
            return "–"
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        case Mapping():
            return [f"{words(key)}: {flat(item)}" for key, item in value.items()]
        case list():
            return [flat(item) for item in value]
        case _:
            return str(value)


def flat(value: Any) -> str:
    """`readable` on one line."""
    shown = readable(value)
    return shown if isinstance(shown, str) else "; ".join(shown)


def words(key: str) -> str:
    return str(key).replace("_", " ").capitalize()


def as_html(user: User, data: Mapping[str, Any]) -> str:
    """One page without a single outside file; times in the person's own zone."""
    with timezone.override(user.zone):
        shown = [
            {
                "title": section["title"],
                "rows": [
                    [(words(key), readable(value)) for key, value in row.items()]
                    for row in section["rows"]
                ],
            }
            for section in data["sections"].values()
        ]
        context = {"person": user, "exported_at": data["exported_at"], "sections": shown}
        return render_to_string("accounts/export.html", context)


def archive(*, user: User, now: datetime) -> bytes:
    """The zip with data.json and data.html."""
    data = collect(user, now)
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        zipped.writestr("data.json", text)
        zipped.writestr("data.html", as_html(user, data))
    return file.getvalue()
