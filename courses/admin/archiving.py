"""Archiving in place of deleting, and bringing back; each asks on a page of its own."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import model_ngettext, unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses import editing
from courses.admin.recorded import NoteField, RecordedAdmin


class ReasonForm(forms.Form):
    revision_note = NoteField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Why? It stands in the history."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class ArchivingAdmin(RecordedAdmin):
    """For what has a field `archived`. `stays` says what learners keep, `again` what returns."""

    stays: ClassVar[str | Promise]
    again: ClassVar[str | Promise] = gettext_lazy("Readers see it again at once.")
    actions = ["archive", "bring_back"]

    def is_archived(self, obj: Any) -> bool:
        return bool(obj.archived)

    def set_archived(self, things: Sequence[Any], archived: bool) -> None:
        editing.set_archived(
            things=things, archived=archived, course=self.course, now=timezone.now()
        )

    @admin.action(description=gettext_lazy("Archive"), permissions=["change"])
    def archive(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self.put(request, list(queryset), archived=True, action="archive")

    @admin.action(description=gettext_lazy("Bring back"), permissions=["change"])
    def bring_back(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self.put(request, list(queryset), archived=False, action="bring_back")

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        urls: list[Any] = [
            path("<path:object_id>/archive/", view(self.archive_view), name=f"{name}_archive"),
            path(
                "<path:object_id>/bring-back/",
                view(self.bring_back_view),
                name=f"{name}_bring_back",
            ),
        ]
        return [*urls, *super().get_urls()]

    def archive_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.put_one(request, object_id, archived=True)

    def bring_back_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.put_one(request, object_id, archived=False)

    def put_one(self, request: HttpRequest, object_id: str, archived: bool) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(  # type: ignore[attr-defined]
                request, self.opts, object_id
            )
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        answer = self.put(request, [obj], archived=archived)
        return answer or HttpResponseRedirect(self.address(obj))

    def address(self, obj: Any) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[obj.pk])

    def put(
        self, request: HttpRequest, things: Sequence[Any], archived: bool, action: str = ""
    ) -> HttpResponse | None:
        """Ask; once it is confirmed do it and answer nothing."""
        form = ReasonForm(request.POST if "post" in request.POST else None)
        if not form.is_valid():
            return self.ask(request, things, archived, action, form)
        note = form.cleaned_data["revision_note"]
        changing = [thing for thing in things if self.is_archived(thing) != archived]
        with self.recording(request, changing, note=note):
            self.set_archived(changing, archived)
            LogEntry.objects.log_actions(
                request.user.pk,  # type: ignore[arg-type]
                changing,
                CHANGE,
                [{"changed": {"fields": [_("archived")]}}],
            )
        self.say_put(request, changing, archived)
        return None

    def say_put(self, request: HttpRequest, things: Sequence[Any], archived: bool) -> None:
        number = len(things)
        if archived:
            sentence = ngettext("%s is archived.", "%s are archived.", number)
        else:
            sentence = ngettext("%s is back.", "%s are back.", number)
        if number:
            what = f"{number} {model_ngettext(self.opts, number)}"
            self.message_user(request, sentence % what, messages.SUCCESS)
        else:
            self.message_user(request, _("Nothing to do: it was so already."), messages.INFO)

    def ask(
        self,
        request: HttpRequest,
        things: Sequence[Any],
        archived: bool,
        action: str,
        form: forms.Form,
    ) -> TemplateResponse:
        number = len(things)
        what = f"“{things[0]}”" if number == 1 else f"{number} {model_ngettext(self.opts, number)}"
        title = _("Archive %s") if archived else _("Bring back %s")
        context = {
            **self.admin_site.each_context(request),
            "title": title % what,
            "opts": self.opts,
            "things": things,
            "one": None if action or number != 1 else things[0],
            "archived": archived,
            "means": self.stays if archived else self.again,
            "warnings": self.warnings(things) if archived else [],
            "form": form,
            "action": action,
            "checkbox": ACTION_CHECKBOX_NAME,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/courses/archive.html", context)

    def warnings(self, things: Iterable[Any]) -> list[str]:
        """What else waits on `things`, a sentence each."""
        return []

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With the button to archive what is shown, or to bring it back."""
        obj = kwargs.get("obj")
        if obj is not None and self.has_change_permission(request, obj):
            name = "bring_back" if self.is_archived(obj) else "archive"
            base = f"admin:{self.opts.app_label}_{self.opts.model_name}"
            context[f"{name}_url"] = reverse(f"{base}_{name}", args=[obj.pk])
        return super().render_change_form(request, context, *args, **kwargs)
