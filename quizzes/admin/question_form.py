"""The form of a question."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.admin.forms import KeyedForm
from quizzes.admin.meeting import MeetsOthers
from quizzes.admin.payloads import PayloadField, refusal
from quizzes.admin.review import NEW_MEANING
from quizzes.editor.answers import Answers
from quizzes.editor.asked import is_in_use
from quizzes.models import Question

LOCKED = gettext_lazy(
    "Learners have answered it as this kind. For another one, save it as a new draft and change "
    "that."
)


class QuestionForm(MeetsOthers, KeyedForm):
    owner = "concept"

    payload = PayloadField(label=gettext_lazy("Answers"))
    slug = forms.SlugField(
        label=gettext_lazy("Slug"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Its name in the course’s files. Empty: made from the question."),
    )
    new_meaning = NEW_MEANING

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        if "payload" in self.fields:
            self.fields["payload"].widget.kind = self.kind
        if "kind" in self.fields and self.instance.pk and is_in_use(self.instance):
            self.lock()

    @property
    def kind(self) -> str:
        """That whose fields are shown."""
        if self.is_bound:
            return str(self.data.get("kind", ""))
        return self.instance.kind or self.initial.get("kind", "")

    def lock(self) -> None:
        field = self.fields["kind"]
        now = Question.Kind(self.instance.kind)
        field.choices = [(now.value, now.label)]  # type: ignore[attr-defined]
        field.help_text = LOCKED

    @property
    def only_shows(self) -> bool:
        """Whether other fields were asked for, and nothing is to be saved or said."""
        return self.is_bound and "_fields" in self.data

    @property
    def makes_a_draft(self) -> bool:
        return "_saveasnew" in self.data

    def full_clean(self) -> None:
        if self.only_shows:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def is_valid(self) -> bool:
        return not self.only_shows and super().is_valid()

    def clean_payload(self) -> Any:
        """Of a kind that is none there is nothing to check."""
        answers: Answers | None = self.cleaned_data["payload"]
        if answers is None:
            return self.instance.payload
        payload = answers.payload(self.instance.payload)
        if problems := answers.problems(payload):
            self.fields["payload"].widget.problems = problems
            raise refusal(answers, problems)
        return payload

    def _update_errors(self, errors: ValidationError) -> None:
        """Where a payload could not be read, the model would check the one before."""
        if "payload" in self.errors:
            errors.error_dict.pop("payload", None)
        super()._update_errors(errors)  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if self.makes_a_draft:
            data |= {"status": Question.State.DRAFT, "publish_at": None}
        self.clean_time(data)
        concept = data.get("concept")
        if concept and "slug" in data and (not data["slug"] or self.makes_a_draft):
            data["slug"] = self.free_slug(concept, data["slug"])
        return super().clean()

    def clean_time(self, data: dict[str, Any]) -> None:
        """A time for what is scheduled, and only for that."""
        if data.get("status") != Question.State.SCHEDULED:
            data["publish_at"] = None
        elif "publish_at" not in self.errors:
            at = data.get("publish_at")
            if at is None:
                self.add_error("publish_at", _("Say when it is to be published."))
            elif at <= timezone.now():
                said = _("This time is past. Choose a later one, or the status “Published”.")
                self.add_error("publish_at", said)

    def free_slug(self, concept: Any, wanted: str) -> str:
        start = (wanted or slugify(self.cleaned_data.get("prompt", "")))[:60].strip("-")
        taken = set(self.others_of(concept).values_list("slug", flat=True))
        slug, number = start or "question", 1
        while slug in taken:
            number += 1
            slug = f"{start or 'question'}-{number}"
        return slug
