"""What became of one thing: the revisions of the document that it stands in."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from courses.admin.recorded import RecordedAdmin
from courses.history.telling import tell, with_before
from courses.history.touching import revisions_of
from courses.models.history import RevisionQuerySet

ROWS = 30


class HistoryAdmin(RecordedAdmin):
    def revisions_of(self, obj: Any) -> RevisionQuerySet:
        return revisions_of(obj, self.course)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(  # type: ignore[attr-defined]
                request, self.opts, object_id
            )
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        revisions = with_before(self.revisions_of(obj)).select_related("made_by")
        page = Paginator(revisions, ROWS).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %s") % obj,
            "opts": self.opts,
            "object": obj,
            "module_name": str(capfirst(self.opts.verbose_name_plural)),
            "page": page,
            "told": tell(page.object_list, timezone.now()),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/courses/object_history.html", context)
