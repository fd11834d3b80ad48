"""The links that show a question to who has them: made and ended beside its form."""

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.ids import is_id
from accounts.models import User
from quizzes.editor.previews import TooManyError, end_preview, make_preview
from quizzes.models import Question
from quizzes.models.questions import QuestionPreview


class PreviewsQuestions(admin.ModelAdmin):
    """For the ModelAdmin of questions."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        urls: list[Any] = [
            path("<int:pk>/preview/", view(self.make_preview), name="quizzes_question_preview"),
            path(
                "<int:pk>/preview/<int:preview>/end/",
                view(self.end_preview),
                name="quizzes_question_preview_end",
            ),
        ]
        return [*urls, *super().get_urls()]

    def preview_context(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        """The links that open something now, and their addresses. One query."""
        if object_id is None or not is_id(object_id) or not self.has_change_permission(request):
            return {}
        rows = QuestionPreview.objects.filter(question=int(object_id)).select_related("made_by")
        valid = [one for one in rows if one.expires_at > timezone.now()]
        return {"previews": [(one, request.build_absolute_uri(address_of(one))) for one in valid]}

    def make_preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        return require_POST(self.do_make)(request, pk)

    def end_preview(self, request: HttpRequest, pk: int, preview: int) -> HttpResponse:
        return require_POST(self.do_end)(request, pk, preview)

    def do_make(self, request: HttpRequest, pk: int) -> HttpResponse:
        question = self.question_to_preview(request, pk)
        try:
            make_preview(question=question, by=cast("User", request.user), now=timezone.now())
        except TooManyError:
            messages.warning(request, _("There are enough links already. End one of them first."))
        else:
            messages.success(request, _("The preview link is made. It stands below the form."))
        return redirect("admin:quizzes_question_change", pk)

    def do_end(self, request: HttpRequest, pk: int, preview: int) -> HttpResponse:
        if not end_preview(question=self.question_to_preview(request, pk), pk=preview):
            raise Http404
        messages.success(request, _("The link is ended; it shows nothing any more."))
        return redirect("admin:quizzes_question_change", pk)

    def question_to_preview(self, request: HttpRequest, pk: int) -> Question:
        question: Question | None = self.get_queryset(request).filter(pk=pk).first()
        if question is None:
            raise Http404
        if not self.has_change_permission(request, question):
            raise PermissionDenied
        return question


def address_of(preview: QuestionPreview) -> str:
    return reverse("question_preview", args=[preview.token])
