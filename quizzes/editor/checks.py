"""What the questions of a lesson leave wanting: warnings before it is published."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.editor.checks import Check, register_checks
from courses.models import Course
from quizzes.models import Question

# A right answer gives itself away that is so many times as long as the longest wrong one, and by
# so many characters. Rules of thumb.
TIMES, CHARACTERS = 1.6, 24


def checks_of_questions(document: Mapping[str, Any], course: Course, name: str) -> Iterable[Check]:
    """Of the lesson whose file has the name `track/lesson.yaml`. One query."""
    track, _slash, slug = name.removesuffix(".yaml").partition("/")
    asked = Question.objects.filter(
        concept__lesson__slug=slug, concept__lesson__track__slug=track,
        concept__lesson__track__course=course, concept__archived=False,
    )  # fmt: skip
    questions = list(asked.exclude(status=Question.State.ARCHIVED).select_related("concept"))
    yield from without_questions(document, questions)
    for question in questions:
        yield from checks_of_one(question)


def without_questions(
    document: Mapping[str, Any], questions: Iterable[Question]
) -> Iterator[Check]:
    """Concepts of the document about which learners are asked nothing."""
    published = [one for one in questions if one.status == Question.State.PUBLISHED]
    asked = {one.concept.slug for one in published}
    for number, row in enumerate(document.get("concepts") or ()):
        if row.get("slug") not in asked:
            message = _("“%s” has no published question: nobody can check what they know of it.")
            yield Check(message % row.get("name", ""), f"id_concepts-{number}-name")


def checks_of_one(question: Question) -> Iterator[Check]:
    name = Truncator(str(question)).chars(60)
    address = reverse("admin:quizzes_question_change", args=[question.pk])
    if not question.explanation.strip():
        yield Check(_("“%s” has no explanation.") % name, url=f"{address}#id_explanation")
    for message, field in remarks(question.kind, question.payload):
        yield Check(
            _("“%(name)s”: %(remark)s") % {"name": name, "remark": message},
            url=f"{address}#id_payload-{field}",
        )


def remarks(kind: str, payload: object) -> Iterator[tuple[str, str]]:
    """What is worth a second look in a payload, and the field of the form where. Pure, total."""
    listed = payload.get("options") if isinstance(payload, dict) else None
    if kind not in {"single", "multiple"} or not isinstance(listed, list):
        return
    options = [one for one in listed if isinstance(one, dict)]
    right = [at for at, one in enumerate(options) if one.get("right") is True]
    if kind == "multiple" and len(right) == 1:
        yield _("several answers may be chosen, but one alone is right."), "options"
    silent = [at for at, one in enumerate(options) if at not in right and not one.get("feedback")]
    if silent:
        message = ngettext(
            "%d wrong answer says nothing to who chose it.",
            "%d wrong answers say nothing to who chose them.",
            len(silent),
        )
        yield message % len(silent), f"options-{silent[0]}-feedback"
    yield from too_long(options, right)


def too_long(options: list[dict[str, Any]], right: list[int]) -> Iterator[tuple[str, str]]:
    lengths = [len(str(one.get("text", ""))) for one in options]
    wrong = max((lengths[at] for at in range(len(options)) if at not in right), default=0)
    for at in right:
        if wrong and lengths[at] > max(TIMES * wrong, wrong + CHARACTERS):
            yield _("the right answer is much longer than the others."), f"options-{at}-text"
            return


register_checks(checks_of_questions)
