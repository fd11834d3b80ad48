"""Attempts and what was answered in them; for reading only."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import EmptyFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from courses.admin.base import ReadOnlyAdmin, percent
from quizzes.kinds import KINDS
from quizzes.models import Attempt, Response


class Answered:
    """Columns of a response in words."""

    @admin.display(description=_("question"))
    def asked(self, response: Response) -> str:
        return Truncator(response.version.prompt.strip().split("\n")[0]).chars(90)

    @admin.display(description=_("answer"))
    def answered(self, response: Response) -> str:
        kind = KINDS.get(response.version.kind)
        if kind is None or response.answer is None:
            return ""
        return kind.in_words(response.version.payload, response.answer)

    @admin.display(description=_("score"), ordering="score")
    def result(self, thing: Attempt | Response) -> str:
        return percent(thing.score)


class ResponseInline(Answered, admin.TabularInline):
    model = Response
    fields = ["position", "asked", "answered", "result"]
    readonly_fields = ["position", "asked", "answered", "result"]
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("attempt__user", "version")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Attempt)
class AttemptAdmin(Answered, ReadOnlyAdmin):
    fields = ["user", "quiz", "started_at", "submitted_at", "result", "passed"]
    inlines = [ResponseInline]
    list_display = ["user", "user__email", "quiz", "result", "passed", "started_at", "submitted_at"]
    list_filter = ["passed", ("submitted_at", EmptyFieldListFilter), "quiz__lesson__track"]
    list_select_related = ["user", "quiz"]
    search_fields = ["user__email", "user__display_name", "quiz__title"]
    search_help_text = _("E-mail address, name, or the quiz’s title")
    date_hierarchy = "started_at"
    ordering = ["-started_at"]


@admin.register(Response)
class ResponseAdmin(Answered, ReadOnlyAdmin):
    fields = ["attempt", "position", "asked", "answered", "result"]
    list_display = [
        "person",
        "attempt__user__email",
        "quiz",
        "asked",
        "answered",
        "result",
        "attempt__submitted_at",
    ]
    list_filter = ["attempt__passed", "attempt__quiz__lesson__track"]
    list_select_related = ["attempt__user", "attempt__quiz", "version"]
    search_fields = ["attempt__user__email", "attempt__user__display_name", "attempt__quiz__title"]
    search_help_text = _("E-mail address, name, or the quiz’s title")
    date_hierarchy = "attempt__started_at"
    ordering = ["-attempt__started_at", "position"]

    @admin.display(description=_("person"))
    def person(self, response: Response) -> str:
        return str(response.attempt.user)

    @admin.display(description=_("quiz"), ordering="attempt__quiz__title")
    def quiz(self, response: Response) -> str:
        return response.attempt.quiz.title
