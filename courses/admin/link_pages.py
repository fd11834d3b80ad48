"""The page "Links to fix" and its buttons."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.ids import is_id
from accounts.models import User
from courses.links.fix_page import MOST, plans_of, rows_of, to_fix
from courses.links.fixing import ClashError, keep_old_address, use_new_address
from courses.links.moving import Fixed
from courses.links.tasks import queue_checks
from courses.links.uses import OF_REFERENCES
from courses.models import Link

# Addresses of one wish to have them checked.
MOST_CHECKS = 200
LOOK = "courses.view_link"
# Taking a new address writes all of these.
CHANGE = ("courses.change_link", "courses.change_reference", "courses.change_notebook")


class LinkPages(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        pages = {
            "to-fix": require_safe(self.to_fix_view),
            "apply": require_http_methods(["GET", "HEAD", "POST"])(self.apply_view),
            "check": require_POST(self.check_view),
            "keep": require_POST(self.keep_view),
        }
        own = [
            path(f"{name}/", self.admin_site.admin_view(view), name=name_of(name))
            for name, view in pages.items()
        ]
        return [*own, *super().get_urls()]

    def to_fix_view(self, request: HttpRequest) -> HttpResponse:
        """What fails or has moved, 50 on a page."""
        enter(request, LOOK)
        page = Paginator(to_fix(), MOST).get_page(request.GET.get("page"))
        context = {
            "rows": rows_of(list(page.object_list)),
            "page": page,
            "changes": request.user.has_perms(CHANGE),
        }
        return self.page(request, "to_fix.html", _("Links to fix"), context)

    def apply_view(self, request: HttpRequest) -> HttpResponse:
        """GET says what would change, POST changes it."""
        enter(request, *CHANGE)
        if request.method == "POST":
            return take_new(request)
        plans = plans_of(request.GET.getlist("link"))
        if not plans:
            messages.info(request, _("Choose at least one address that has moved."))
            return back()
        context = {"plans": plans, "clashes": any(plan.clashes for plan in plans)}
        return self.page(request, "apply.html", _("Use the new addresses"), context)

    def check_view(self, request: HttpRequest) -> HttpResponse:
        enter(request, "courses.change_link")
        links = Link.objects.filter(pk__in=ids_in(request.POST))
        have_checked(request, links.values_list("url", flat=True))
        return back()

    def keep_view(self, request: HttpRequest) -> HttpResponse:
        enter(request, "courses.change_link")
        for pk in ids_in(request.POST)[:1]:
            if keep_old_address(link_id=pk, moved_to=request.POST.get(f"to-{pk}", "")):
                messages.success(
                    request, _("The old address stays. This move is not offered again.")
                )
                return back()
        return stale(request)

    def page(
        self, request: HttpRequest, template: str, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        own = {"opts": self.opts, "title": title, "media": self.media, **context}
        site = self.admin_site.each_context(request)
        return render(request, f"admin/courses/link/{template}", {**site, **own})


def name_of(page: str) -> str:
    return f"courses_link_{page.replace('-', '_')}"


def enter(request: HttpRequest, *permissions: str) -> None:
    if not request.user.has_perms(permissions):
        raise PermissionDenied


def ids_in(data: QueryDict) -> list[int]:
    return [int(one) for one in data.getlist("link")[:MOST] if is_id(one)]


def back(page: str = "to-fix", links: Iterable[int] = ()) -> HttpResponse:
    query = [("link", str(pk)) for pk in links]
    return HttpResponseRedirect(reverse(f"admin:{name_of(page)}", query=query))


def stale(request: HttpRequest) -> HttpResponse:
    messages.warning(
        request, _("Nothing was changed: the address has been checked since. Look again.")
    )
    return back()


def have_checked(request: HttpRequest, urls: Iterable[str]) -> None:
    """Queue a check of `urls` and say so; also for the lists of links and of references."""
    wanted = list(dict.fromkeys(urls))[:MOST_CHECKS]
    queue_checks(wanted)
    text = ngettext(
        "%d address is being checked. Look at the links again in a minute.",
        "%d addresses are being checked. Look at the links again in a few minutes.",
        len(wanted),
    )
    messages.info(request, text % len(wanted))


@admin.action(description=gettext_lazy("Check these links"), permissions=["change"])
def check_references(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> None:
    """For the list of references: their addresses, and those of their authors."""
    rows = queryset.order_by().values_list(*OF_REFERENCES)
    have_checked(request, (url for row in rows for url in row if url))


def take_new(request: HttpRequest) -> HttpResponse:
    """Change what is as it was shown; what clashes is asked about on a page of its own."""
    wanted = {pk: request.POST.get(f"to-{pk}", "") for pk in ids_in(request.POST)}
    links = [
        link
        for link in Link.objects.filter(pk__in=wanted)
        if link.moved_to and link.moved_to == wanted[link.pk]
    ]
    if not links:
        return stale(request)
    merge = bool(request.POST.get("merge"))
    done, clashing = Fixed(), []
    for link in links:
        pk = link.pk
        try:
            done += use_new_address(
                link=link, by=cast("User", request.user), now=timezone.now(), merge=merge
            )
        except ClashError:
            clashing.append(pk)
    tell(request, done)
    if not clashing:
        return back()
    messages.warning(request, _("A lesson has the new address already. Say what is to happen."))
    return back("apply", clashing)


def tell(request: HttpRequest, done: Fixed) -> None:
    if done.changed:
        text = ngettext(
            "The new address stands in %d place now. History can take it back.",
            "The new addresses stand in %d places now. History can take it back.",
            done.changed,
        )
        messages.success(request, text % done.changed)
    if done.archived:
        text = ngettext(
            "%d reference went to the archive.",
            "%d references went to the archive.",
            done.archived,
        )
        messages.success(request, text % done.archived)
