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
from courses.content.guests import guest
from courses.content.normal import COURSE, GLOSSARY, IMAGES, NOTEBOOKS, QUIZZES
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

# What a version of each file changes; the quizzes and a lesson's questions are a guest's.
CHANGES = {
    COURSE: ("course", "track", "lesson"),
    NOTEBOOKS: ("notebook",),
    GLOSSARY: ("term",),
    IMAGES: ("image",),
    QUIZZES: (),
}
OF_A_LESSON = ("lesson", "concept", "reference")


def may_restore(user: Any, revision: Revision) -> bool:
    """Whether `user` may change all that the version says, but for a lesson's questions."""
    names = CHANGES.get(revision.name, OF_A_LESSON) if revision.lesson_id is None else OF_A_LESSON
    allowed = [f"courses.change_{name}" for name in names]
    return bool(user.has_perms(allowed)) and (revision.name != QUIZZES or may_ask(user))


def may_ask(user: Any) -> bool:
    return bool(user.has_perms(guest().permissions))


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

    def __init__(self, data: Any, *, revision: Revision, may_ask: bool) -> None:
        initial = {"questions": True, "state": False, "note": note_of(revision)}
        super().__init__(data, initial=initial)
        self.whole = revision.lesson_id is None
        if self.whole:
            del self.fields["state"]
        if self.whole or not may_ask:
            del self.fields["questions"]

    def wishes(self) -> dict[str, bool]:
        """What to restore; a list of the course has neither questions nor a state."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else self.initial
        asked = bool(said.get("questions")) if "questions" in self.fields else self.whole
        return {"questions": asked, "state": bool(said.get("state"))}


class RestoresVersions(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.restore_view)
        address: Any = path("<int:pk>/restore/", view, name="courses_revision_restore")
        return [address, *super().get_urls()]

    def allow(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def seen(self, request: HttpRequest, pk: Any) -> Any:
        raise NotImplementedError

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        revision = self.seen(request, pk)
        if not may_restore(request.user, revision):
            raise PermissionDenied
        form = RestoreForm(request.POST or None, revision=revision, may_ask=may_ask(request.user))
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
