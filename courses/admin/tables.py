"""Lists of content as tables for spreadsheets: out at once, in after a look at what changes."""

import uuid
from collections.abc import Callable
from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from courses.tables import pending
from courses.tables.forms import TableForm
from courses.tables.plan import ChangedError, Plan
from courses.tables.preview import preview_of
from courses.tables.reading import Table, TableError, read_table
from courses.tables.resource import TableResource
from courses.tables.running import carry_out, run
from courses.tables.writing import TYPES, csv_of, xlsx_of

WRITERS: dict[str, Callable[[Any], bytes]] = {"csv": csv_of, "xlsx": xlsx_of}


class TablesAdmin(admin.ModelAdmin):
    """For a list of content: `table` says its columns and how rows are matched and checked."""

    table: ClassVar[type[TableResource[Any]]]
    # What a row of the table asks of the database.
    table_related: ClassVar[str]
    change_list_template = "admin/courses/tables/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        asks = require_http_methods(["GET", "HEAD", "POST"])
        own = [
            path(
                "export/<slug:ending>/",
                wrap(require_safe(self.export_view)),
                name=self.named("export"),
            ),
            path("import/", wrap(asks(self.import_view)), name=self.named("import")),
            path(
                "import/<uuid:token>/",
                wrap(asks(self.confirm_view)),
                name=self.named("import_confirm"),
            ),
        ]
        return [*own, *super().get_urls()]

    def named(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def back(self, page: str, *args: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse(f"admin:{self.named(page)}", args=args))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Beside what the list has: its chosen rows as a table."""
        own = {"as_csv": as_csv, "as_xlsx": as_xlsx}
        found = {name: (act, name, act.short_description) for name, act in own.items()}  # type: ignore[attr-defined]
        listed = super().get_actions(request)
        return {**listed, **found} if listed else listed

    def may_import(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        imports = {"may_import": self.may_import(request)}
        return super().changelist_view(request, {**imports, **(extra_context or {})})

    def export_view(self, request: HttpRequest, ending: str) -> HttpResponse:
        """The list as its filters and its search have it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if ending not in WRITERS:
            raise Http404
        try:
            listed = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return self.back("changelist")
        return self.file(request, listed, ending)

    def file(self, request: HttpRequest, things: QuerySet[Any], ending: str) -> HttpResponse:
        rows = things.select_related(self.table_related)
        try:
            data = WRITERS[ending](self.table.of(rows))
        except TableError as error:
            self.message_user(request, str(error), messages.ERROR)
            return self.back("changelist")
        name = f"{self.opts.model_name}s.{ending}"
        return HttpResponse(
            data,
            content_type=TYPES[ending],
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not self.may_import(request):
            raise PermissionDenied
        form = TableForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            data = file.read()
            try:
                self.read(data, file.name)
            except TableError as error:
                form.add_error("file", str(error))
            else:
                token = pending.keep(owner=self.owner(request), data=data, name=file.name)
                return self.back("import_confirm", token)
        context = {"form": form, "columns": self.table.columns}
        return self.page(request, "import.html", context)

    def confirm_view(self, request: HttpRequest, token: uuid.UUID) -> HttpResponse:
        """GET says what would change, POST changes it: all of it, and only what was said."""
        if not self.may_import(request):
            raise PermissionDenied
        waiting = pending.waiting(owner=self.owner(request), token=token)
        if waiting is None:
            messages.info(request, _("That table is not waiting any more. Send it again."))
            return self.back("import")
        table = self.read(*waiting)
        try:
            if request.method == "POST":
                return self.carry_out(request, table, token)
            plan = run(self.resource(request, table, writes=False))
        except TableError as error:
            messages.error(request, str(error))
            return self.back("import")
        return self.page(request, "preview.html", {"plan": preview_of(plan)})

    def carry_out(self, request: HttpRequest, table: Table, token: uuid.UUID) -> HttpResponse:
        resource = self.resource(request, table, writes=True)
        try:
            plan = carry_out(resource, request.POST.get("agreed", ""))
        except ChangedError:
            text = _("Nothing was changed: something else has changed since. Look again.")
            messages.warning(request, text)
            return self.back("import_confirm", token)
        message = [{"changed": {"object": _("a table")}}]
        LogEntry.objects.log_actions(request.user.pk, resource.written, CHANGE, message)  # type: ignore[arg-type]
        pending.forget(owner=self.owner(request), token=token)
        messages.success(request, said_of(plan))
        return self.back("changelist")

    def read(self, data: bytes, name: str) -> Table:
        return read_table(data, name, self.table.columns, self.table.key)

    def resource(self, request: HttpRequest, table: Table, *, writes: bool) -> TableResource[Any]:
        by = cast("User", request.user)
        return self.table(table, by=by, now=timezone.now(), writes=writes)

    def owner(self, request: HttpRequest) -> str:
        return f"{self.opts.model_name}-{request.user.pk}"

    def page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        title = _("Import %s") % self.opts.verbose_name_plural
        own = {"opts": self.opts, "title": title, "media": self.media, **context}
        site = self.admin_site.each_context(request)
        return render(request, f"admin/courses/tables/{template}", {**site, **own})


@admin.action(description=gettext_lazy("Export as CSV"), permissions=["view"])
def as_csv(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
    return modeladmin.file(request, queryset, "csv")


@admin.action(description=gettext_lazy("Export as XLSX"), permissions=["view"])
def as_xlsx(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
    return modeladmin.file(request, queryset, "xlsx")


def said_of(plan: Plan) -> str:
    text = _("The table is in: %(new)d new, %(changed)d changed, %(moved)d moved.")
    return text % {kind: plan.count(kind) for kind in ("new", "changed", "moved")}
