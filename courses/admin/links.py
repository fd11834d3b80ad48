"""Addresses outside the course, and how they answered."""

from datetime import date
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from courses.admin.base import ReadOnlyAdmin
from courses.admin.link_pages import LinkPages, have_checked
from courses.links.uses import addresses, uses_of
from courses.models import Link


@admin.register(Link)
class LinkAdmin(LinkPages, ReadOnlyAdmin):
    """Nobody writes these rows: the check does, and the buttons of "Links to fix"."""

    fields: ClassVar[Any] = [
        "address",
        "state_shown",
        "status_code",
        "checked_at",
        "answered_at",
        "failing_since",
        "moved_to",
        "used_in",
    ]
    list_display = ["url", "state_shown", "used_in", "checked", "answered"]
    list_filter = ["state", "checked_at"]
    search_fields = ["url", "moved_to", "problem"]
    search_help_text = _("Address, or what is wrong with it")
    ordering = ["url"]
    actions = ["check_these"]

    class Media:
        css = {"all": ["css/admin.css", "css/admin-links.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Link]:
        """Those that something uses."""
        return super().get_queryset(request).filter(url__in=addresses())

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """With what uses each address of the page: two queries for all of them."""
        found = super().get_changelist_instance(request)
        uses = uses_of({link.url for link in found.result_list})
        for link in found.result_list:
            link.uses = uses[link.url]
        return found

    @admin.display(description=_("address"))
    def address(self, link: Link) -> SafeString:
        return format_html('<a href="{0}" rel="noopener noreferrer">{0}</a>', link.url)

    @admin.display(description=_("state"), ordering="state")
    def state_shown(self, link: Link) -> SafeString:
        context = {"link": link, "problem": link.problem}
        return render_to_string("admin/courses/link/_state.html", context)

    @admin.display(description=_("checked"), ordering="checked_at")
    def checked(self, link: Link) -> date | None:
        return link.checked_at and timezone.localdate(link.checked_at)

    @admin.display(description=_("last answered"), ordering="answered_at")
    def answered(self, link: Link) -> date | None:
        return link.answered_at and timezone.localdate(link.answered_at)

    @admin.display(description=_("used in"))
    def used_in(self, link: Any) -> SafeString:
        uses = link.uses if hasattr(link, "uses") else uses_of({link.url})[link.url]
        return render_to_string("admin/courses/link/_uses.html", {"uses": uses})

    def has_check_permission(self, request: HttpRequest) -> bool:
        """Looking asks nobody; who may change a link may have its host asked."""
        return request.user.has_perm("courses.change_link")

    @admin.action(description=_("Check these links"), permissions=["check"])
    def check_these(self, request: HttpRequest, queryset: QuerySet[Link]) -> None:
        have_checked(request, queryset.values_list("url", flat=True))
