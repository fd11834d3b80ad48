"""Which revisions readers may know of, and what in them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from courses.content.documents import Document
from courses.models import Revision

Found = TypeVar("Found", bound=QuerySet[Revision])
# The keys of a lesson's document that its page shows; a key fact is an answer, as questions are.
LESSON = ("title", "summary", "minutes", "outcomes", "introduction", "exercise")
CONCEPT = ("slug", "name", "claim", "body")
REFERENCE = ("title", "url", "author", "author_url", "kind", "level", "note")
COURSE = ("title", "edition", "summary")
TRACK = ("slug", "title", "tagline", "summary", "optional")
NOTEBOOK = ("slug", "category", "title", "description", "colab", "article", "homepage")
TERM = ("slug", "term", "also", "definition")
QUIZ = ("slug", "title")


def readable_by(revisions: Found, now: datetime) -> Found:
    """Those that readers could see: at once, or at the time that they were written for.

    What was written for a time, and changed again before it, is what no reader ever saw.
    """
    due = Q(data__publish_at__lte=now.isoformat()) & ~Q(data__has_key="status")
    later = Revision.objects.filter(
        lesson=OuterRef("lesson"), pk__gt=OuterRef("pk"), made_at__lte=OuterRef("due_at")
    )
    waited = Q(lesson__isnull=False) & due & ~Q(Exists(later))
    timed = revisions.alias(due_at=Cast(KT("data__publish_at"), DateTimeField()))
    return timed.filter(Q(public=True) | waited)


def is_readable(document: Mapping[str, Any], now: datetime) -> bool:
    """Whether a lesson that says this is one that readers have at `now`."""
    if "status" in document:
        return False
    publish_at = document.get("publish_at")
    return not publish_at or datetime.fromisoformat(publish_at) <= now


def readable(document: Document) -> Document:
    """What readers see of a document, whichever file's it is: no questions, no key facts.

    Lists of lessons are left out, because they name drafts.
    """
    found = pick(document, LESSON + COURSE)
    for name, keys in (
        ("concepts", CONCEPT),
        ("references", REFERENCE),
        ("tracks", TRACK),
        ("notebooks", NOTEBOOK),
        ("terms", TERM),
    ):
        if name in document:
            found[name] = [pick(row, keys) for row in document[name]]
    if "quizzes" in document:
        found["quizzes"] = [pick(row, QUIZ) for row in document["quizzes"] if "status" not in row]
    return found


def pick(row: Mapping[str, Any], keys: tuple[str, ...]) -> Document:
    return {key: row[key] for key in keys if key in row}


def changed_questions(before: Mapping[str, Any], after: Mapping[str, Any]) -> int:
    """How many published questions and key facts came, went or changed."""
    old, new = questions_of(before), questions_of(after)
    return sum(old.get(key) != new.get(key) for key in old.keys() | new.keys())


def questions_of(document: Mapping[str, Any]) -> dict[tuple[str, str], Any]:
    questions = {
        ("question", row["slug"]): row
        for row in document.get("questions") or ()
        if row.get("status", "published") == "published"
    }
    facts = {
        ("fact", row["slug"]): row["fact"]
        for row in document.get("concepts") or ()
        if row.get("fact")
    }
    return questions | facts
