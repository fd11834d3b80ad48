"""The states of questions in the admin's list: in words, and changed several at once."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.admin.status import StatusAdmin
from courses.editor.states import ICONS, moment
from courses.icons import icon
from quizzes.editor.publishing import COURSE, set_state
from quizzes.models import Question


class StatesAdmin(StatusAdmin):
    course = COURSE
    actions = ["publish", "to_review", "back_to_draft", "archive", "bring_back"]

    @admin.display(description=gettext_lazy("state"), ordering="status")
    def state(self, question: Question) -> SafeString:
        shown = mark_safe(icon(ICONS[question.status], 16))  # noqa: S308  (Lucide's own markup)
        return format_html('<span class="state">{} {}</span>', shown, state_in_words(question))

    @admin.action(description=gettext_lazy("Send to review"), permissions=["change"])
    def to_review(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        done = self.set_status(request, queryset, Question.State.REVIEW)
        self.say(request, done, ngettext("%s is in review.", "%s are in review.", len(done)))

    def put_status(self, things: Sequence[Any], status: str) -> None:
        set_state(questions=things, state=status)


def state_in_words(question: Question) -> str:
    if question.status == Question.State.SCHEDULED and question.publish_at:
        return _("Scheduled for %s") % moment(question.publish_at)
    return str(Question.State(question.status).label)
