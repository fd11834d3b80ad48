"""Questions, in a form without JSON."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from courses.admin.forms import KeyedForm
from courses.admin.status import StatusAdmin
from quizzes.admin.grading import OffersRegrade
from quizzes.admin.payload_text import dump
from quizzes.admin.payloads import IN_ROWS, PayloadField
from quizzes.admin.review import NEW_MEANING, StartsCardsAgain
from quizzes.kinds import KINDS, PayloadError
from quizzes.models import Question


class QuestionForm(KeyedForm):
    owner = "concept"

    payload = PayloadField(
        label=_("Answers"),
        help_text=_(
            "The kind says which of the two counts. In rows: two to eight, in Markdown; empty a "
            "row to take it out, saving gives two more to fill in. Attempts that have begun keep "
            "the question as it was."
        ),
    )
    slug = forms.SlugField(
        label=_("Slug"),
        max_length=80,
        required=False,
        help_text=_("Its name in the course’s files. Empty: made from the question."),
    )
    new_meaning = NEW_MEANING

    def clean_payload(self) -> Any:
        """The kind stands before it in the form. Without one there is nothing to check."""
        sent, kind = self.cleaned_data["payload"], self.cleaned_data.get("kind")
        return sent.payload(kind) if kind else self.instance.payload

    def _update_errors(self, errors: ValidationError) -> None:
        """Where a payload could not be read, the model would check the one before."""
        if "payload" in self.errors:
            errors.error_dict.pop("payload", None)
        super()._update_errors(errors)  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        concept = self.cleaned_data.get("concept")
        if concept and "slug" in self.cleaned_data and not self.cleaned_data["slug"]:
            self.cleaned_data["slug"] = self.free_slug(concept)
        return super().clean()

    def free_slug(self, concept: Any) -> str:
        start = slugify(self.cleaned_data.get("prompt", ""))[:60].strip("-") or "question"
        taken = set(self.others_of(concept).values_list("slug", flat=True))
        slug, number = start, 1
        while slug in taken:
            number += 1
            slug = f"{start}-{number}"
        return slug


@admin.register(Question)
class QuestionAdmin(OffersRegrade, StartsCardsAgain, StatusAdmin):
    form = QuestionForm
    course = "concept__lesson__track__course"
    short = ("prompt", "explanation")
    fieldsets = [
        (None, {"fields": ["concept", ("kind", "difficulty"), "status"]}),
        (_("Question"), {"fields": ["prompt", "payload", "explanation"]}),
        (_("In the files"), {"fields": ["slug"], "classes": ["collapse"]}),
    ]
    readonly_fields = ["answers"]
    autocomplete_fields = ["concept"]
    list_display = ["__str__", "concept", "lesson", "kind", "difficulty", "status"]
    list_filter = ["status", "kind", "difficulty", "concept__lesson"]
    list_select_related = ["concept__lesson"]
    search_fields = ["prompt", "slug", "concept__name", "concept__lesson__title"]
    search_help_text = _("Words of the question, its concept or its lesson")
    ordering = [
        "concept__lesson__track__position",
        "concept__lesson__position",
        "concept__position",
        "id",
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who only looks sees the answers in words."""
        if self.has_change_permission(request, obj) or obj is None:
            return super().get_fieldsets(request, obj)
        shown = {"fields": ["prompt", "answers", "explanation"]}
        return [self.fieldsets[0], (_("Question"), shown), *self.fieldsets[2:]]

    @admin.display(description=_("answers"))
    def answers(self, question: Question) -> SafeString:
        if question.kind in IN_ROWS:
            return in_rows(question)
        return format_html(
            "<p><strong>{}</strong>: {}</p><pre>{}</pre>",
            _("Right"),
            right_in_words(question),
            dump(question.payload),
        )

    @admin.display(description=_("lesson"), ordering="concept__lesson__title")
    def lesson(self, question: Question) -> str:
        return question.concept.lesson.title

    def is_on_site(self, obj: Question) -> bool:
        return False


def in_rows(question: Question) -> SafeString:
    rows = (
        (_("Right") if one["right"] else _("Wrong"), one["text"], one.get("feedback", ""))
        for one in question.payload.get("options", ())
    )
    return format_html_join("", "<p><strong>{}</strong>: {}<br>{}</p>", rows)


def right_in_words(question: Question) -> str:
    kind = KINDS[question.kind]
    try:
        return kind.in_words(question.payload, kind.right_answer(question.payload))
    except PayloadError as error:
        return error.in_words()
