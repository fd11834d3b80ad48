"""Reporting a question or an answer, and what the staff does about it."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import SignedInRequest
from accounts.redirects import sign_in_to_post
from cohorts.models import Membership, Report
from cohorts.permissions import can_ask, can_moderate
from cohorts.talk import moderating
from cohorts.talk.forms import ReportForm
from cohorts.talk.moderating import Written, thread_of
from cohorts.views.doors import enter
from cohorts.views.talk import context_of, get_thread_or_404
from cohorts.views.talk_acts import get_post_or_404

ROWS = 20


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report_thread(request: SignedInRequest, cohort: str, thread: int) -> HttpResponse:
    member = enter(request, cohort, can_ask)
    return report(request, member, get_thread_or_404(member, thread))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report_post(request: SignedInRequest, cohort: str, post: int) -> HttpResponse:
    member = enter(request, cohort, can_ask)
    return report(request, member, get_post_or_404(member, post))


def report(request: SignedInRequest, member: Membership, written: Written) -> HttpResponse:
    """Nobody reports themselves, nor what is hidden already."""
    if written.author_id == member.user_id or written.hidden_at:
        raise PermissionDenied
    form = ReportForm(request.POST if request.method == "POST" else None)
    now = timezone.now()
    thread = thread_of(written)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        moderating.report(written=written, by=member, reason=reason, now=now)
        messages.success(request, _("The staff of your class will look at it."))
        return redirect("thread", member.cohort.slug, thread.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = context_of(member, now) | {"form": form, "thread": thread, "body": written.body}
    return render(request, "cohorts/talk/report.html", context, status=status)


@require_safe
@login_required
def reports(request: SignedInRequest, cohort: str) -> HttpResponse:
    """Those that nobody has settled, newest first."""
    member = enter(request, cohort, can_moderate)
    found = moderating.open_reports(member.cohort).named()
    found = found.select_related("thread", "post").order_by("-made_at", "-pk")
    context = context_of(member, timezone.now()) | {
        "page": Paginator(found, ROWS).get_page(request.GET.get("page"))
    }
    return render(request, "cohorts/talk/reports.html", context)


@require_POST
@sign_in_to_post
def settle_report(request: SignedInRequest, cohort: str, report: int) -> HttpResponse:
    """With `hide`, what was reported is hidden, and all that was reported about it is settled."""
    member, now = enter(request, cohort, can_moderate), timezone.now()
    found = Report.objects.select_related("thread", "post__thread")
    one = get_object_or_404(found, thread__cohort=member.cohort, pk=report)
    if "hide" in request.POST:
        moderating.set_hidden(written=one.post or one.thread, yes=True, by=member, now=now)
        messages.success(request, _("Hidden. The staff still sees it."))
    else:
        moderating.settle(report=one, by=member, now=now)
        messages.success(request, _("Settled. The text stays as it is."))
    return redirect("reports", cohort)
