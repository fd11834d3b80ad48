"""What the parts of a document are called."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.content.problems import Key

MARKDOWN_KEYS = frozenset(
    "introduction body note prompt answer explanation definition task".split()
)
THINGS = {
    "tracks": gettext_lazy("Track “%s”"),
    "concepts": gettext_lazy("Concept “%s”"),
    "references": gettext_lazy("Reference “%s”"),
    "questions": gettext_lazy("Question “%s”"),
    "notebooks": gettext_lazy("Notebook “%s”"),
    "terms": gettext_lazy("Term “%s”"),
    "quizzes": gettext_lazy("Quiz “%s”"),
    "images": gettext_lazy("Picture “%s”"),
}
FIELDS = {
    "slug": gettext_lazy("address"),
    "title": gettext_lazy("title"),
    "edition": gettext_lazy("edition"),
    "summary": gettext_lazy("summary"),
    "icon": gettext_lazy("icon"),
    "tagline": gettext_lazy("tagline"),
    "optional": gettext_lazy("optional"),
    "lessons": gettext_lazy("lessons"),
    "minutes": gettext_lazy("minutes"),
    "status": gettext_lazy("state"),
    "publish_at": gettext_lazy("time of publishing"),
    "quiz_required": gettext_lazy("whether the quiz is part of it"),
    "outcomes": gettext_lazy("outcomes"),
    "introduction": gettext_lazy("introduction"),
    "exercise": gettext_lazy("exercise"),
    "name": gettext_lazy("name"),
    "claim": gettext_lazy("claim"),
    "needs": gettext_lazy("read first"),
    "body": gettext_lazy("text"),
    "url": gettext_lazy("address"),
    "author": gettext_lazy("author"),
    "author_url": gettext_lazy("author’s address"),
    "kind": gettext_lazy("kind"),
    "level": gettext_lazy("level"),
    "note": gettext_lazy("note"),
    "category": gettext_lazy("category"),
    "description": gettext_lazy("description"),
    "term": gettext_lazy("term"),
    "also": gettext_lazy("other names"),
    "definition": gettext_lazy("definition"),
    "alt": gettext_lazy("alternative text"),
    "colab": gettext_lazy("Colab address"),
    "article": gettext_lazy("article address"),
    "homepage": gettext_lazy("home page"),
    "concept": gettext_lazy("concept"),
    "difficulty": gettext_lazy("difficulty"),
    "prompt": gettext_lazy("question"),
    "payload": gettext_lazy("answers"),
    "explanation": gettext_lazy("explanation"),
    "questions": gettext_lazy("questions"),
    "draws": gettext_lazy("questions drawn"),
    "mode": gettext_lazy("mode"),
    "track": gettext_lazy("track"),
    "lesson": gettext_lazy("lesson"),
    "pass_mark": gettext_lazy("pass mark"),
    "shuffle": gettext_lazy("shuffled order"),
    "feedback": gettext_lazy("feedback"),
    "time_limit": gettext_lazy("time limit"),
    "grace": gettext_lazy("seconds of grace"),
    "attempts": gettext_lazy("attempts allowed"),
    "counts": gettext_lazy("attempt that counts"),
    "concepts": gettext_lazy("concepts"),
    "references": gettext_lazy("references"),
    "notebooks": gettext_lazy("notebooks"),
    "terms": gettext_lazy("terms"),
    "images": gettext_lazy("pictures"),
    "quizzes": gettext_lazy("quizzes"),
    "tracks": gettext_lazy("tracks"),
}
OF_FACT = {
    "fact": gettext_lazy("key fact"),
    "prompt": gettext_lazy("key fact, question"),
    "answer": gettext_lazy("key fact, answer"),
}
OF_EXERCISE = {
    "exercise": gettext_lazy("exercise"),
    "task": gettext_lazy("exercise: task"),
    "answer": gettext_lazy("exercise: model answer"),
}


def thing_label(rows: str, row: Mapping[str, Any]) -> str:
    """`Concept “Base techniques”`; `rows` is the list that it stands in."""
    said = next((row[key] for key in ("name", "title", "term", "slug", "url") if row.get(key)), "")
    return str(THINGS[rows]) % said


def field_label(path: Key, owner: str) -> str:
    """`Concept “Base techniques”: text`, or the field alone where the document itself has it."""
    name = field_name(path)
    if not owner:
        return name[:1].upper() + name[1:]
    return _("%(thing)s: %(field)s") % {"thing": owner, "field": name}


def field_name(path: Key) -> str:
    key = str(path[-1])
    if "outcomes" in path[:-1]:
        return _("outcome %s") % key
    names = OF_FACT if "fact" in path else OF_EXERCISE if "exercise" in path else FIELDS
    return str(names.get(key, key))
