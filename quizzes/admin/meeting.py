"""Saving a question that somebody else has saved meanwhile: both are shown, and one chooses."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from courses.models import Concept
from quizzes.editor.answers import stored
from quizzes.editor.kinds import FORMS
from quizzes.editor.meeting import PARTS, Choice, mark, marks_of, moved, read_marks
from quizzes.models import Question

THEIRS = "theirs"
Lines = tuple[str, ...]


class MeetsOthers(forms.ModelForm):
    """Carries what the question was when the form began; `choices` are what is to be chosen."""

    seen = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        self.choices: list[Choice] = []
        stored_one: Question | None = kwargs.get("instance")
        # As it is stored: validation changes the instance.
        self.now: dict[str, Any] = {}
        if stored_one is not None and stored_one.pk is not None:
            self.now = values_of(stored_one)
            data = None if data is None else with_theirs(data, stored_one)
        super().__init__(data, *args, **kwargs)
        self.initial["seen"] = json.dumps(marks_of(self.now)) if self.now else ""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.now:
            self.meet(data)
        return data

    def meet(self, data: dict[str, Any]) -> None:
        seen = read_marks(data.get("seen", "")) or marks_of(self.now)
        kept = {part: self.data.get(f"keep-{part}", "") for part in PARTS}
        parts = moved(seen, marks_of(self.now))
        parts += [one for one in asked_about(self.data) if one not in parts and not kept[one]]
        mine = mine_of(data)
        self.choices = [
            self.choice(part, mine, seen)
            for part in parts
            if mark(mine, PARTS[part]) != mark(self.now, PARTS[part])
        ]
        if self.choices:
            # The next save is measured against what is shown now.
            data = self.data.copy()  # type: ignore[attr-defined]
            data["seen"] = json.dumps(marks_of(self.now))
            self.data = data
            raise ValidationError(
                _("Somebody else saved this question meanwhile. Choose below, then save again."),
                code="moved",
            )

    def choice(self, part: str, mine: Mapping[str, Any], seen: Mapping[str, str]) -> Choice:
        untouched = mark(mine, PARTS[part]) == seen[part]
        both = in_words(part, mine), in_words(part, self.now)
        return Choice(part, *where_they_differ(*both), THEIRS if untouched else "")


def values_of(question: Question) -> dict[str, Any]:
    fields = [name for part in PARTS.values() for name in part]
    return {name: getattr(question, "concept_id" if name == "concept" else name) for name in fields}


def mine_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Cleaned fields as `values_of` has them; what did not pass is None."""
    concept = data.get("concept")
    return {**data, "concept": concept.pk if concept else None}


def asked_about(data: Mapping[str, Any]) -> list[str]:
    """The parts that the page asked about."""
    named = data.getlist("met") if isinstance(data, QueryDict) else data.get("met", [])
    return [part for part in PARTS if part in named]


def with_theirs(data: Any, question: Question) -> Any:
    """What was sent, with what is stored in place of the parts where that was chosen."""
    chosen = [part for part in PARTS if data.get(f"keep-{part}") == THEIRS]
    if not chosen:
        return data
    data = data.copy()
    for part in chosen:
        for name in PARTS[part]:
            data.update(sent_of(question, name)) if name != "payload" else put(data, question)
    return data


def put(data: Any, question: Question) -> None:
    for name in [one for one in data if one.startswith("payload-")]:
        del data[name]
    if question.kind in FORMS:
        for name, value in stored(question.kind, question.payload).sent().items():
            data[name] = value


def sent_of(question: Question, name: str) -> dict[str, str]:
    """What a browser would send of one field."""
    if name == "publish_at":
        at = localtime(question.publish_at) if question.publish_at else None
        return {
            "publish_at_0": f"{at:%Y-%m-%d}" if at else "",
            "publish_at_1": f"{at:%H:%M:%S}" if at else "",
        }
    return {name: str(values_of(question)[name])}


def in_words(part: str, values: Mapping[str, Any]) -> tuple[str, ...]:
    if part == "answers":
        return answers_in_words(values.get("kind"), values.get("payload"))
    if part == "concept":
        return (str(Concept.objects.filter(pk=values["concept"] or 0).first() or ""),)
    labels: dict[str, dict[Any, Any]] = {
        "difficulty": dict(Question.Difficulty.choices),
        "status": dict(Question.State.choices),
    }
    said = (labels.get(name, {}).get(values.get(name), values.get(name)) for name in PARTS[part])
    return tuple(str(one) for one in said if one not in (None, ""))


def where_they_differ(mine: Lines, theirs: Lines) -> tuple[Lines, Lines]:
    """The lines that only one of them has; all of them where that would leave nothing."""
    only_mine = tuple(line for line in mine if line not in theirs)
    only_theirs = tuple(line for line in theirs if line not in mine)
    return (only_mine, only_theirs) if only_mine or only_theirs else (mine, theirs)


def answers_in_words(kind: Any, payload: Any) -> tuple[str, ...]:
    label = str(dict(Question.Kind.choices).get(kind, kind))
    return (label, *stored(kind, payload).told()) if kind in FORMS else (label,)
