"""Importing a README: handed in, read outside the request, looked at, and then written."""

from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from courses.admin.base import ROWS
from courses.models import Course, ReadmeImport
from courses.readme.forms import ReadmeForm
from courses.readme.imports import (
    agree,
    begin,
    discard,
    let_go,
    read_again,
    read_import,
    write_import,
)
from courses.readme.tasks import read_readme, write_readme
from courses.readme.writing import drafts_in

State = ReadmeImport.State
LINES = 100
# After this time the page offers to do it itself: no worker may be there, or it may be gone.
PATIENCE = timedelta(seconds=6)
SHOWN = ("kept", "changed", "dropped", "blank")
# Importing writes all of these.
WRITES = ("courses.add_readmeimport", "courses.add_lesson", "courses.change_lesson")


@admin.register(ReadmeImport)
class ReadmeImportAdmin(admin.ModelAdmin):
    list_display = ["filename", "course", "state", "made_by", "made_at"]
    list_select_related = ["made_by"]
    list_per_page = ROWS
    ordering = ["-made_at"]
    actions = None
    view_on_site = False

    class Media:
        css: ClassVar = {"all": ["css/admin.css", "css/changes.css", "css/admin-readme.css"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        """The list shows neither the files nor their accounts."""
        return super().get_queryset(request).defer("content", "report")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Discarding is one button of the import itself."""
        return False

    def get_urls(self) -> list[URLPattern]:
        deeds = {
            "read": self.read_view,
            "write": self.write_view,
            "discard": self.discard_view,
        }
        own = [
            path(
                f"<uuid:pk>/{name}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"courses_readmeimport_{name}",
            )
            for name, view in deeds.items()
        ]
        return [*own, *super().get_urls()]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        enter(request)
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = ReadmeForm(*sent)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            course: Course | None = data["course"]
            one = begin(
                filename=data["filename"],
                content=data["content"],
                course=course.slug if course else "",
                title="" if course else data["title"].strip(),
                by=person(request),
                now=timezone.now(),
            )
            read_readme.enqueue(str(one.pk))
            return to_import(one.pk)
        context = {"form": form, "title": _("Import a README")}
        return self.page(request, "add.html", context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """What the import is at: being read, waiting for a yes, being written, or done."""
        enter(request)
        one = import_or_404(object_id)
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        if one.state in {State.WAITING, State.RUNNING}:
            return self.waiting(request, one)
        answer = {State.READY: self.review, State.DONE: self.result}.get(State(one.state))
        return answer(request, one) if answer else self.failed(request, one)

    def waiting(self, request: HttpRequest, one: ReadmeImport) -> HttpResponse:
        context = {
            "one": one,
            "title": one.get_state_display(),
            "stuck": timezone.now() - one.made_at > PATIENCE,
            "is_read": one.state == State.WAITING,
        }
        return self.page(request, "waiting.html", context)

    def review(self, request: HttpRequest, one: ReadmeImport) -> HttpResponse:
        shown = request.GET.get("show", "")
        shown = shown if shown in SHOWN else ""
        course = Course.objects.filter(slug=one.report["slug"]).first()
        context = {
            "one": one,
            "report": one.report,
            "course": course,
            "title": _("Look at what will be imported"),
            "shown": shown,
            "filters": filters_of(one.report, shown),
            "page": lines_of(one.report, shown, request.GET.get("page")),
        }
        return self.page(request, "review.html", context)

    def result(self, request: HttpRequest, one: ReadmeImport) -> HttpResponse:
        course = Course.objects.filter(slug=one.report.get("slug", "")).first()
        drafts = drafts_in(course) if course else []
        context = {
            "one": one,
            "course": course,
            "drafts": drafts,
            "report": one.report,
            "title": _("The README is imported"),
        }
        return self.page(request, "result.html", context)

    def failed(self, request: HttpRequest, one: ReadmeImport) -> HttpResponse:
        return self.page(
            request, "failed.html", {"one": one, "title": _("The import did not work")}
        )

    def read_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Here and now, where no worker does it; of one that stopped, from its beginning."""
        enter(request)
        one = import_or_404(str(pk))
        if one.state == State.WAITING:
            let_go(pk)
            read_import(pk)
        elif read_again(pk):
            read_readme.enqueue(str(pk))
        return to_import(pk)

    def write_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        enter(request)
        one = import_or_404(str(pk))
        if one.state == State.RUNNING:
            let_go(pk)
            write_import(pk, timezone.now())
            return to_import(pk)
        take = request.POST.get("take") == "readme"
        if agree(pk=pk, take=take, publish=request.POST.get("publish") == "1"):
            write_readme.enqueue(str(pk))
        else:
            messages.info(request, _("This import was written or changed already."))
        return to_import(pk)

    def discard_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        enter(request)
        import_or_404(str(pk))
        discard(pk)
        messages.success(request, _("The import is discarded. Nothing of the course was changed."))
        return HttpResponseRedirect(reverse("admin:courses_readmeimport_add"))

    def page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        own = {"opts": self.opts, "media": self.media, **context}
        site = self.admin_site.each_context(request)
        template = f"admin/courses/readmeimport/{name}"
        return render(request, template, {**site, **own})


def enter(request: HttpRequest) -> None:
    if not request.user.has_perms(WRITES):
        raise PermissionDenied


def person(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    return user


def import_or_404(pk: str) -> ReadmeImport:
    try:
        number = UUID(pk)
    except ValueError as error:
        raise Http404 from error
    one = ReadmeImport.objects.defer("content").filter(pk=number).first()
    if one is None:
        raise Http404
    return one


def to_import(pk: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:courses_readmeimport_change", args=[pk]))


def filters_of(report: dict[str, Any], shown: str) -> list[dict[str, Any]]:
    names = {
        "": (_("All lines"), sum(report["verdicts"].values())),
        "kept": (_("Kept"), report["verdicts"]["kept"]),
        "changed": (_("Changed"), report["verdicts"]["changed"]),
        "dropped": (_("Left out"), report["verdicts"]["dropped"]),
        "blank": (_("Empty"), report["verdicts"]["blank"]),
    }
    return [
        {"key": key, "name": name, "count": count, "current": key == shown}
        for key, (name, count) in names.items()
    ]


def lines_of(report: dict[str, Any], shown: str, number: str | None) -> Page:
    rows = [
        {"number": row[0], "verdict": row[1], "what": row[2], "how": row[3], "text": row[4]}
        for row in report["lines"]
        if not shown or row[1] == shown
    ]
    return Paginator(rows, LINES).get_page(number)
