"""Cards and reviews to look up, and cards that start again when a question means something new."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.admin.base import ReadOnlyAdmin
from quizzes.models import Question, ReviewCard, ReviewLog
from quizzes.review.cards import forget_meaning

NEW_MEANING = forms.BooleanField(
    label=_("The meaning changed: learners’ review cards on it start again"),
    required=False,
    help_text=_(
        "Tick this when who knew the old answer need not know the new one. Cards keep their "
        "memory otherwise, and ask the question as it is now."
    ),
)


class StartsCardsAgain(admin.ModelAdmin):
    """Offers `new_meaning`, a field of the form, for a question that is there already."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        sets = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            return sets
        return [*sets, (_("Review"), {"fields": ["new_meaning"]})]

    def save_model(self, request: HttpRequest, obj: Question, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and form.cleaned_data.get("new_meaning"):
            started = forget_meaning(question=obj, now=timezone.now())
            said = ngettext("%d card starts again.", "%d cards start again.", started)
            messages.info(request, said % started)


@admin.register(ReviewCard)
class ReviewCardAdmin(ReadOnlyAdmin):
    list_display = ["pk", "user", "asked", "state", "due_at", "reviews", "lapses", "suspended_at"]
    list_filter = ["state"]
    list_select_related = ["user", "question", "concept"]
    search_fields = ["user__email"]
    search_help_text = _("E-mail address")
    ordering = ["-pk"]
    show_full_result_count = False

    @admin.display(description=_("asks"))
    def asked(self, card: ReviewCard) -> str:
        return str(card.question or card.concept)


@admin.register(ReviewLog)
class ReviewLogAdmin(ReadOnlyAdmin):
    list_display = ["reviewed_at", "user", "card_id", "rating", "score", "due_at", "undone_at"]
    list_filter = ["rating"]
    list_select_related = ["user"]
    search_fields = ["user__email"]
    search_help_text = _("E-mail address")
    ordering = ["-reviewed_at", "-pk"]
    show_full_result_count = False
