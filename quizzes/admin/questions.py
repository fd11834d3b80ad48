"""Questions, in a form of their kind."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Field, QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.ids import is_id
from courses.admin.tables import TablesAdmin
from quizzes.admin.grading import OffersRegrade
from quizzes.admin.question_form import QuestionForm
from quizzes.admin.question_previews import PreviewsQuestions
from quizzes.admin.question_states import StatesAdmin
from quizzes.admin.review import StartsCardsAgain
from quizzes.admin.trials import TriesQuestions
from quizzes.editor.answers import stored
from quizzes.editor.kinds import FORMS
from quizzes.editor.publishing import COURSE, last_saved, lock_course_of
from quizzes.kinds import KINDS, PayloadError
from quizzes.models import Question
from quizzes.tables.questions import QuestionTable


@admin.register(Question)
class QuestionAdmin(
    TablesAdmin, TriesQuestions, PreviewsQuestions, OffersRegrade, StartsCardsAgain, StatesAdmin
):
    table = QuestionTable
    table_related = COURSE
    form = QuestionForm
    short = ("prompt", "explanation")
    save_as = True
    fieldsets = [
        (None, {"fields": ["concept", ("kind", "difficulty"), ("status", "publish_at"), "seen"]}),
        (gettext_lazy("Question"), {"fields": ["prompt", "payload", "explanation"]}),
        (gettext_lazy("In the files"), {"fields": ["slug"], "classes": ["collapse"]}),
    ]
    readonly_fields = ["answers"]
    autocomplete_fields = ["concept"]
    list_display = ["__str__", "state", "concept", "lesson", "kind", "difficulty"]
    list_filter = ["status", "kind", "difficulty", "concept__lesson"]
    list_select_related = ["concept__lesson"]
    search_fields = ["prompt", "slug", "concept__name", "concept__lesson__title"]
    search_help_text = gettext_lazy("Words of the question, its concept or its lesson")
    ordering = [
        "concept__lesson__track__position",
        "concept__lesson__position",
        "concept__position",
        "id",
    ]

    class Media:
        css = {"all": ["css/admin-questions.css"]}
        js = [Script("js/question-editor.js", defer=True), Script("js/copy-link.js", defer=True)]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who only looks sees the answers in words."""
        if self.has_change_permission(request, obj) or obj is None:
            return super().get_fieldsets(request, obj)
        first = {"fields": ["concept", ("kind", "difficulty"), ("status", "publish_at")]}
        shown = {"fields": ["prompt", "answers", "explanation"]}
        return [(None, first), (gettext_lazy("Question"), shown), *self.fieldsets[2:]]

    def formfield_for_dbfield(self, db_field: Field, request: Any, **kwargs: Any) -> Any:
        """The question is read in a line, the explanation in paragraphs."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in self.short:
            shape = "prompt" if db_field.name == "prompt" else "introduction"
            field.widget.attrs["data-as"] = shape
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The most usual kind, so that its fields are there at once."""
        return {"kind": Question.Kind.SINGLE, **super().get_changeform_initial_data(request)}

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """Who saves does so alone: what the form is measured against stays until it is saved."""
        # Other pages of it, which ask before they archive, begin their transaction later.
        saves = request.method == "POST" and transaction.get_connection().in_atomic_block
        if saves and is_id(object_id):
            lock_course_of(object_id)
        return super().get_object(request, object_id, from_field)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("concept__lesson__track__course")

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """409 where somebody else saved meanwhile."""
        context = {**(extra_context or {}), **self.preview_context(request, object_id)}
        response = super().changeform_view(request, object_id, form_url, context)
        context = getattr(response, "context_data", None) or {}
        if "adminform" in context and context["adminform"].form.choices:
            context["saved"] = last_saved(object_id)
            response.status_code = HTTPStatus.CONFLICT
        return response

    @admin.display(description=gettext_lazy("answers"))
    def answers(self, question: Question) -> SafeString:
        right = format_html("<p><strong>{}</strong>: {}</p>", _("Right"), right_in_words(question))
        if question.kind not in FORMS:
            return right
        lines = stored(question.kind, question.payload).told()
        items = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
        return format_html("{}<ul>{}</ul>", right, items)

    @admin.display(description=gettext_lazy("lesson"), ordering="concept__lesson__title")
    def lesson(self, question: Question) -> str:
        return question.concept.lesson.title

    def is_on_site(self, obj: Question) -> bool:
        return False


def right_in_words(question: Question) -> str:
    kind = KINDS[question.kind]
    try:
        return kind.in_words(question.payload, kind.right_answer(question.payload))
    except PayloadError as error:
        return error.in_words()
