"""A question to try out of what its form holds right now."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.ids import is_id
from courses.markdown import validate_markdown
from courses.models import Concept
from quizzes.editor.answers import Answers, received
from quizzes.editor.kinds import FORMS
from quizzes.editor.sending import one_break
from quizzes.editor.trial import NOWHERE, Tried, link_to
from quizzes.kinds.payload import storable
from quizzes.sources import ConceptLink

MOST_TEXT = 100_000


def gather(data: Mapping[str, str], concepts: QuerySet[Concept]) -> tuple[Tried | None, list[str]]:
    """The question, or else what is to be mended before it can be asked."""
    kind = data.get("kind", "")
    if kind not in FORMS:
        return None, [_("Choose the kind of the question first.")]
    answers = received(kind, data)
    payload = answers.payload()
    prompt, explanation = text_of(data, "prompt"), text_of(data, "explanation")
    problems = [
        *problems_of(prompt, _("Question")),
        *(in_words(answers, path, said) for path, said in answers.problems(payload)),
        *(problems_of(explanation, _("Explanation")) if explanation.strip() else ()),
    ]
    if problems:
        return None, problems
    return Tried(kind, prompt, payload, explanation, concept_link(data, concepts)), []


def text_of(data: Mapping[str, str], name: str) -> str:
    return one_break(data.get(name, ""))


def problems_of(text: str, label: str) -> list[str]:
    """What saving would refuse of a Markdown text."""
    said = _("%(field)s: %(problem)s")
    if not text.strip():
        return [said % {"field": label, "problem": _("Write something here.")}]
    if len(text) > MOST_TEXT or not storable(text):
        return [said % {"field": label, "problem": _("Shorten it, or take out odd characters.")}]
    try:
        validate_markdown(text)
    except ValidationError as error:
        return [said % {"field": label, "problem": " ".join(error.messages)}]
    return []


def in_words(answers: Answers, path: tuple[str | int, ...], message: str) -> str:
    _id, words = answers.where(path)
    return _("%(field)s: %(problem)s") % {"field": words, "problem": message}


def concept_link(data: Mapping[str, str], concepts: QuerySet[Concept]) -> ConceptLink:
    named = data.get("concept", "")
    concept = concepts.filter(pk=named).first() if is_id(named) else None
    return link_to(concept) if concept else NOWHERE
