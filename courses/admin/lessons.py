"""Lessons: their list, and the way to the pages on which one is edited."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.ids import is_id
from courses import editing
from courses.admin.forms import LessonForm
from courses.admin.lesson_states import StateFilter
from courses.admin.rendering import ShowsPreviews
from courses.admin.status import StatusAdmin
from courses.editor import deeds, pages
from courses.editor.stash import keeps_forms
from courses.editor.states import state_of
from courses.icons import icon
from courses.models import Lesson, LessonDraft


@admin.register(Lesson)
class LessonAdmin(ShowsPreviews, StatusAdmin):
    form = LessonForm
    explains = False
    course = "track__course"
    # Of the short form that begins a lesson; the rest is edited on a page of its own.
    fields = ["track", "title", "slug", "minutes"]
    prepopulated_fields = {"slug": ["title"]}
    list_display = ["title", "track", "position", "state", "minutes", "updated"]
    list_filter = [StateFilter, "track"]
    list_select_related = ["track__course", "draft__updated_by"]
    search_fields = ["title", "slug", "summary", "concepts__name"]
    search_help_text = gettext_lazy("Title, address, summary, or a concept’s name")
    ordering = ["track__position", "track", "position", "id"]

    @admin.display(description=gettext_lazy("state"), ordering="status")
    def state(self, lesson: Lesson) -> SafeString:
        state = state_of(lesson, draft_of(lesson), timezone.now())
        return format_html("{}&nbsp;{}", mark_safe(icon(state.icon, 16)), state)  # noqa: S308

    @admin.display(description=gettext_lazy("updated"), ordering="updated_at")
    def updated(self, lesson: Lesson) -> date:
        return timezone.localdate(lesson.updated_at)

    def get_urls(self) -> list[URLPattern]:
        urls: list[URLPattern] = super().get_urls()
        for one in urls:
            if one.name == "courses_lesson_change":
                one.callback = keeps_forms(one.callback)
        return [*self.own_urls(), *urls]

    def own_urls(self) -> list[URLPattern]:
        def url(
            route: str, name: str, view: Callable[..., HttpResponse], **more: Any
        ) -> URLPattern:
            def page(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
                return view(request, self, pk, **kwargs, **more)

            wrapped = self.admin_site.admin_view(page)
            return path(f"<int:pk>/{route}/", wrapped, name=f"courses_lesson_{name}")

        asking = [url(deed, deed.replace("-", "_"), deeds.ask, deed=deed) for deed in deeds.DEEDS]
        return [
            url("publish", "publish", deeds.publish),
            url("unschedule", "unschedule", deeds.unschedule),
            url("place", "place", deeds.place),
            url("previews", "preview", deeds.make_link),
            url("previews/<int:link_id>/end", "preview_end", deeds.end_link),
            *asking,
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not is_id(object_id):
            raise Http404
        return pages.edit(request, self, int(object_id))

    def response_add(
        self, request: HttpRequest, obj: Lesson, post_url_continue: str | None = None
    ) -> HttpResponse:
        """On to the page on which it is written."""
        self.message_user(request, _("The lesson is there, as a draft. Now write it."))
        return HttpResponseRedirect(reverse("admin:courses_lesson_change", args=[obj.pk]))

    def warnings(self, things: Iterable[Lesson]) -> list[str]:
        drafts = LessonDraft.objects.filter(lesson__in=list(things)).select_related("lesson")
        said = _("A draft of “%s” waits. It stays, but is not published while this is archived.")
        return [said % draft.lesson for draft in drafts]

    def gaps(self, things: Iterable[Lesson]) -> Iterable[str]:
        lessons = list(things)
        prefetch_related_objects(lessons, "concepts")
        for lesson in lessons:
            if gaps := editing.gaps_in(lesson):
                yield _("“%(lesson)s” is published, but: %(gaps)s") % {
                    "lesson": lesson,
                    "gaps": " ".join(gaps),
                }


def draft_of(lesson: Lesson) -> LessonDraft | None:
    """Asks nothing where `lesson` came with its draft."""
    try:
        return lesson.draft
    except LessonDraft.DoesNotExist:
        return None
