"""Who is on a course and where they are in it."""

from django.contrib import admin
from django.contrib.admin import EmptyFieldListFilter
from django.utils.translation import gettext_lazy as _

from courses.admin.base import ReadOnlyAdmin, percent
from courses.models import Enrolment, LessonProgress


@admin.register(Enrolment)
class EnrolmentAdmin(ReadOnlyAdmin):
    list_display = ["user", "user__email", "course", "enrolled_at", "left_at"]
    list_filter = ["course", ("left_at", EmptyFieldListFilter)]
    list_select_related = ["user", "course"]
    search_fields = ["user__email", "user__display_name"]
    search_help_text = _("E-mail address or name")
    date_hierarchy = "enrolled_at"
    ordering = ["-enrolled_at"]


@admin.register(LessonProgress)
class LessonProgressAdmin(ReadOnlyAdmin):
    fields = [
        "user",
        "lesson",
        "started_at",
        "last_read_at",
        "version_read",
        "score",
        "quiz_passed_at",
        "completed_at",
        "by_hand",
    ]
    list_display = [
        "user",
        "user__email",
        "lesson",
        "score",
        "completed_at",
        "by_hand",
        "last_read_at",
    ]
    list_filter = ["lesson__track", ("completed_at", EmptyFieldListFilter)]
    list_select_related = ["user", "lesson"]
    search_fields = ["user__email", "user__display_name", "lesson__title"]
    search_help_text = _("E-mail address, name, or the lesson’s title")
    date_hierarchy = "last_read_at"
    ordering = ["-last_read_at"]

    @admin.display(description=_("best quiz score"), ordering="quiz_score")
    def score(self, progress: LessonProgress) -> str:
        return percent(progress.quiz_score)
