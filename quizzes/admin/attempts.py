"""Attempts and what was answered in them; for reading only."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin import EmptyFieldListFilter
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from courses.admin.base import ReadOnlyAdmin, percent
from quizzes.kinds import KINDS, AnswerError, PayloadError
from quizzes.models import AnswerRecord, Attempt, QuestionVersion, Response


def in_words(version: QuestionVersion, answer: Any) -> str:
    """The answer, or what is stored of it where it cannot be told."""
    if answer is None:
        return ""
    try:
        return KINDS[version.kind].in_words(version.payload, answer)
    except (KeyError, PayloadError, AnswerError):
        return str(answer)


class Answered:
    """Columns of a response in words."""

    @admin.display(description=_("question"))
    def asked(self, response: Response) -> str:
        return Truncator(response.version.prompt.strip().split("\n")[0]).chars(90)

    @admin.display(description=_("answer"))
    def answered(self, response: Response) -> str:
        return in_words(response.version, response.answer)

    @admin.display(description=_("score"), ordering="score")
    def result(self, thing: Attempt | Response) -> str:
        return percent(thing.score)

    @admin.display(description=_("seconds"), ordering="seconds")
    def took(self, response: Response) -> str:
        return "" if response.seconds is None else f"{response.seconds:.0f}"

    @admin.display(description=_("late answers"))
    def late(self, response: Response) -> SafeString:
        """Kept, not counted: each with the time at which it came."""
        records = [record for record in response.records.all() if record.late]
        return lines_of(response.version, records)

    @admin.display(description=_("saved answers"))
    def journal(self, response: Response) -> SafeString:
        return lines_of(response.version, response.records.all())


def lines_of(version: QuestionVersion, records: Iterable[AnswerRecord]) -> SafeString:
    return format_html_join(
        "",
        "<div>{}{}: {}</div>",
        (
            (
                f"{localtime(record.received_at):%Y-%m-%d %H:%M:%S}",
                f" ({_('late')})" if record.late else "",
                in_words(version, record.answer) or "–",
            )
            for record in records
        ),
    )


SHOWN = ("position", "asked", "answered", "result", "points", "graded_by", "took", "late")


class ResponseInline(Answered, admin.TabularInline):
    model = Response
    fields = SHOWN
    readonly_fields = SHOWN
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found = super().get_queryset(request).select_related("attempt__user", "version")
        return found.prefetch_related("records")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LateFilter(admin.SimpleListFilter):
    title = _("late answers")
    parameter_name = "late"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("with late answers"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "yes":
            return queryset
        late = AnswerRecord.objects.filter(response__attempt=OuterRef("pk"), late=True)
        return queryset.filter(Exists(late))


@admin.register(Attempt)
class AttemptAdmin(Answered, ReadOnlyAdmin):
    fields = [
        "user",
        "quiz",
        "started_at",
        "deadline_at",
        "submitted_at",
        "closed_by",
        "result",
        "passed",
        "awaiting",
        "withheld",
        "others_until",
    ]
    inlines = [ResponseInline]
    list_display = [
        "user",
        "user__email",
        "quiz",
        "result",
        "passed",
        "started_at",
        "submitted_at",
        "closed_by",
        "late_count",
    ]
    list_filter = [
        "passed",
        ("submitted_at", EmptyFieldListFilter),
        "closed_by",
        LateFilter,
        "quiz__lesson__track",
    ]
    list_select_related = ["user", "quiz"]
    search_fields = ["user__email", "user__display_name", "quiz__title"]
    search_help_text = _("E-mail address, name, or the quiz’s title")
    date_hierarchy = "started_at"
    ordering = ["-started_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        late = AnswerRecord.objects.filter(response__attempt=OuterRef("pk"), late=True).order_by()
        number = late.values("response__attempt").annotate(number=Count("pk")).values("number")
        return super().get_queryset(request).annotate(late_count=Subquery(number))

    @admin.display(description=_("late answers"), ordering="late_count")
    def late_count(self, attempt: Any) -> str:
        return str(attempt.late_count or "")


@admin.register(Response)
class ResponseAdmin(Answered, ReadOnlyAdmin):
    fields = [
        "attempt",
        "position",
        "asked",
        "answered",
        "result",
        "points",
        "graded_by",
        "comment",
        "checked_at",
        "took",
        "journal",
    ]
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
