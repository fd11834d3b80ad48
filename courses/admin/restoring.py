"""The way back to an earlier version: what would change, then a yes."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from courses.admin.recorded import MarkField, NoteField
from courses.content.applying import problems_in
from courses.content.problems import spelled
from courses.history.restoring import (
    RefusedError,
    document_now,
    document_of,
    name_now,
    note_of,
    restore,
)
from courses.history.showing import parts_of
from courses.history.telling import what_of
from courses.models import LessonDraft, Mark, Revision

# Who may change all that a version says.
ALLOWED = tuple(f"courses.change_{name}" for name in ("course", "lesson", "notebook", "term"))


class RestoreForm(forms.Form):
    questions = forms.BooleanField(
        label=gettext_lazy("Its questions, too"),
        required=False,
        help_text=gettext_lazy("Finished answers keep the questions as they were asked."),
    )
    state = forms.BooleanField(
        label=gettext_lazy("Its state, too"),
        required=False,
        help_text=gettext_lazy("Whether readers have it, and from when on."),
    )
    note = NoteField(label=gettext_lazy("Note"), required=False, max_length=300)
    mark = MarkField(
        label=gettext_lazy("Kind of change"),
        required=False,
        choices=[("", gettext_lazy("Not said")), *Mark.choices],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any, *, revision: Revision) -> None:
        initial = {"questions": True, "state": False, "note": note_of(revision)}
        super().__init__(data, initial=initial)
        if revision.lesson_id is None:
            del self.fields["questions"], self.fields["state"]

    def wishes(self) -> dict[str, bool]:
        """What to restore; a list of the course has neither questions nor a state."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else self.initial
        return {"questions": bool(said.get("questions", True)), "state": bool(said.get("state"))}


class RestoresVersions(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.restore_view)
        address: Any = path("<int:pk>/restore/", view, name="courses_revision_restore")
        return [address, *super().get_urls()]

    def allow(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def may_restore(self, request: HttpRequest, revision: Revision) -> bool:
        return bool(request.user.has_perms(ALLOWED))

    def seen(self, request: HttpRequest, pk: Any) -> Any:
        raise NotImplementedError

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        revision = self.seen(request, pk)
        if not self.may_restore(request, revision):
            raise PermissionDenied
        form = RestoreForm(request.POST or None, revision=revision)
        if request.method == "POST" and "look" not in request.POST and form.is_valid():
            try:
                return self.restored(request, revision, form)
            except RefusedError:
                messages.error(request, _("It cannot be restored as it is. Nothing was changed."))
        return self.ask_restore(request, revision, form)

    def restored(self, request: HttpRequest, revision: Any, form: RestoreForm) -> HttpResponse:
        made = restore(
            revision=revision,
            by=cast("User", request.user),
            note=form.cleaned_data["note"],
            mark=form.cleaned_data["mark"],
            now=timezone.now(),
            **form.wishes(),
        )
        what = what_of(revision)
        if made:
            said = _("%s is as it was then. This, too, can be taken back: restore the one before.")
            messages.success(request, said % what)
        else:
            messages.info(request, _("%s was so already.") % what)
        newest = next((one for one in made if one.name == name_now(revision)), revision)
        return HttpResponseRedirect(reverse("admin:courses_revision_change", args=[newest.pk]))

    def ask_restore(
        self, request: HttpRequest, revision: Any, form: RestoreForm
    ) -> TemplateResponse:
        wishes = form.wishes()
        wanted = document_of(revision, **wishes)
        today = document_now(revision, questions=wishes["questions"])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Restore an earlier version of %s") % what_of(revision),
            "opts": self.opts,
            "revision": revision,
            "form": form,
            "parts": parts_of(revision.name, today, wanted, as_page=True),
            "problems": [
                (spelled(problem.path), problem.message)
                for problem in problems_in(revision.course, name_now(revision), wanted)
            ],
            "draft": LessonDraft.objects.filter(lesson=revision.lesson_id)
            .select_related("updated_by")
            .first(),
        }
        return TemplateResponse(request, "admin/courses/revision/restore.html", context)
