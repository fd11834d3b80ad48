"""A question that travels with its trial, from page to page of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from quizzes.editor.sending import one_break
from quizzes.editor.trial import NOWHERE, Tried
from quizzes.kinds import is_sound
from quizzes.models import Question
from quizzes.sources import ConceptLink, LessonLink

MOST_TEXT = 100_000


class TriedForm(forms.Form):
    """Hidden fields; everything in them was a form's before, and is checked again."""

    prefix = "tried"

    kind = forms.ChoiceField(choices=Question.Kind.choices)
    prompt = forms.CharField(strip=False, max_length=MOST_TEXT)
    payload = forms.JSONField()
    explanation = forms.CharField(required=False, strip=False, max_length=MOST_TEXT)
    # Where the concept is read: for the link below the verdict.
    concept = forms.CharField(required=False, max_length=200)
    url = forms.CharField(required=False, max_length=400)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "payload" in data and not is_sound(data.get("kind", ""), data["payload"]):
            raise ValidationError(_("The question cannot be asked as it is."))
        return data

    def clean_url(self) -> str:
        """Of this site: a link to another one has no business here."""
        url: str = self.cleaned_data["url"]
        return url if url.startswith("/") and not url.startswith(("//", "/\\")) else ""

    @property
    def tried(self) -> Tried:
        data = self.cleaned_data
        return Tried(
            kind=data["kind"],
            prompt=one_break(data["prompt"]),
            payload=data["payload"],
            explanation=one_break(data["explanation"]),
            concept=carried_link(data["concept"], data["url"]),
        )


def carried_link(name: str, url: str) -> ConceptLink:
    return ConceptLink(0, name, url, not url, LessonLink(0, "", "")) if name else NOWHERE


def travelling(tried: Tried) -> TriedForm:
    """The hidden fields that carry `tried`."""
    return TriedForm(
        initial={
            "kind": tried.kind,
            "prompt": tried.prompt,
            "payload": tried.payload,
            "explanation": tried.explanation,
            "concept": tried.concept.name,
            "url": tried.concept.url,
        }
    )
