"""What a reader would miss or stumble over; warnings that never keep anybody from publishing.

Pure over the document; other parts of Cairn register what they know of it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from courses.editor.markdown_checks import remarks_on
from courses.models import Course

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Check:
    """A warning in words, and where to mend it: the id of a field of the form, or an address."""

    message: str
    field: str = ""
    url: str = ""

    @property
    def target(self) -> str:
        return self.url or f"#{self.field}"


Checker = Callable[[Document, Course, str], Iterable[Check]]
_checkers: list[Checker] = []


def register_checks(checker: Checker) -> None:
    """`checker` gets a lesson's document, its course, and the name of its file."""
    _checkers.append(checker)


def checks_of(document: Document, course: Course, name: str) -> tuple[Check, ...]:
    """In the order of the form, then what others say."""
    own = [*of_lesson(document), *of_concepts(document), *of_references(document)]
    return (*own, *(check for checker in _checkers for check in checker(document, course, name)))


def of_lesson(document: Document) -> Iterator[Check]:
    introduction = document.get("introduction", "")
    if not introduction.strip():
        yield Check(_("The introduction is empty."), "id_introduction")
    yield from of_text(_("Introduction"), introduction, "id_introduction")
    if not document.get("outcomes"):
        yield Check(_("It does not say what one can do after it: no outcomes."), "id_outcomes")
    yield from of_exercise(document.get("exercise") or {})
    if not document.get("concepts"):
        yield Check(_("There is no concept yet."), "concepts-part")


def of_exercise(exercise: Document) -> Iterator[Check]:
    if exercise and not exercise.get("answer"):
        yield Check(_("The exercise has no model answer."), "id_exercise_answer")
    for name, label in (("task", _("Exercise: task")), ("answer", _("Exercise: model answer"))):
        yield from of_text(label, exercise.get(name, ""), f"id_exercise_{name}")


def of_concepts(document: Document) -> Iterator[Check]:
    for number, row in enumerate(document.get("concepts") or ()):
        name, field = row["name"], f"id_concepts-{number}"
        if not row.get("body", "").strip():
            yield Check(_("“%s” has no text.") % name, f"{field}-body")
        if not row.get("claim"):
            yield Check(
                _("“%s” has no claim: learners tick its name alone.") % name, f"{field}-claim"
            )
        if not row.get("fact"):
            yield Check(
                _("“%s” has no key fact: no review card comes of it.") % name,
                f"{field}-fact_prompt",
            )
        yield from of_text(name, row.get("body", ""), f"{field}-body")


def of_references(document: Document) -> Iterator[Check]:
    for number, row in enumerate(document.get("references") or ()):
        if not row.get("note"):
            message = _("“%s” does not say what a reader gets from it.") % row["title"]
            yield Check(message, f"id_references-{number}-note")


def of_text(name: str, source: str, field: str) -> Iterator[Check]:
    for remark in remarks_on(source):
        yield Check(_("“%(name)s”: %(remark)s") % {"name": name, "remark": remark}, field)
