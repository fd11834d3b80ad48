"""Regrades and changes of scores, for reading only; and the way to them from a question."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.admin.base import ReadOnlyAdmin, percent
from quizzes.models import Question, Regrade, ScoreChange
from quizzes.regrading.applying import is_worthwhile

KEY = {"kind", "payload"}


class OffersRegrade:
    """Says, when the key of a question was edited, that finished answers keep their scores."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        if change and KEY & set(form.changed_data):
            self.offer(request, form.instance)

    def offer(self, request: HttpRequest, question: Question) -> None:
        if not request.user.has_perm("quizzes.add_regrade"):
            return
        if is_worthwhile(question, now=timezone.now()):
            text = _("Finished answers keep their scores. See what would change if they did not:")
            link = reverse("regrade", args=[question.pk])
            named = _("preview a regrade")
            said = format_html('{} <a href="{}">{}</a>', text, link, named)
            messages.info(request, said)


@admin.register(Regrade)
class RegradeAdmin(ReadOnlyAdmin):
    fields = ["question", "made_by", "made_at", "reason", "changed"]
    readonly_fields = ["changed"]
    list_display = ["made_at", "question", "made_by", "reason", "changed"]
    list_select_related = ["question", "made_by"]
    search_fields = ["question__prompt", "reason", "made_by__email"]
    search_help_text = gettext_lazy("Words of the question or the reason, or who made it")
    date_hierarchy = "made_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(number=Count("changes"))

    @admin.display(description=gettext_lazy("scores changed"), ordering="number")
    def changed(self, regrade: Any) -> int:
        return int(regrade.number)


@admin.register(ScoreChange)
class ScoreChangeAdmin(ReadOnlyAdmin):
    """It names learners: for those who may look up attempts."""

    fields = ["person", "quiz", "score", "attempt_score", "regrade", "changed_by", "changed_at"]
    readonly_fields = ["person", "quiz", "score", "attempt_score"]
    list_display = ["changed_at", "person", "quiz", "score", "attempt_score", "why", "changed_by"]
    list_select_related = ["response__attempt__user", "response__attempt__quiz", "regrade"]
    list_filter = ["response__attempt__quiz__lesson__track"]
    search_fields = ["response__attempt__user__email", "response__attempt__quiz__title"]
    search_help_text = gettext_lazy("E-mail address, or the quiz’s title")
    date_hierarchy = "changed_at"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may: bool = request.user.has_perm("quizzes.view_attempt")
        return may and super().has_view_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        related = ["response__attempt__user", "response__attempt__quiz", "regrade", "changed_by"]
        return super().get_queryset(request).select_related(*related)

    @admin.display(description=gettext_lazy("person"))
    def person(self, change: ScoreChange) -> str:
        return str(change.response.attempt.user)

    @admin.display(description=gettext_lazy("quiz"))
    def quiz(self, change: ScoreChange) -> str:
        return change.response.attempt.quiz.title

    @admin.display(description=gettext_lazy("score"))
    def score(self, change: ScoreChange) -> str:
        return f"{percent(change.before) or '–'} → {percent(change.after)}"

    @admin.display(description=gettext_lazy("attempt"))
    def attempt_score(self, change: ScoreChange) -> str:
        return f"{percent(change.attempt_before)} → {percent(change.attempt_after)}"

    @admin.display(description=gettext_lazy("why"))
    def why(self, change: ScoreChange) -> str:
        return change.regrade.reason if change.regrade else _("Graded by a person")
