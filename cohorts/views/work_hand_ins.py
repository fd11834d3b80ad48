"""Handing in: looked at, done, and read again."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import SignedInRequest
from cohorts.gradebook.late import in_words, policy_of
from cohorts.models import Assignment, Membership, Submission
from cohorts.permissions import can_hand_in
from cohorts.schedule.dates import own_dates
from cohorts.views.assignments import context_of, get_assignment_or_404
from cohorts.views.doors import enter
from cohorts.views.work_drafts import clock, uuid_in
from cohorts.work.drafts import (
    NewerError,
    draft_of,
    hand_ins_of,
    is_empty,
    stamp_of,
    take_over,
)
from cohorts.work.handing_in import RefusedError, hand_in, what_is_wrong, why_closed
from cohorts.work.links import read

# No draft has this key.
NOTHING = UUID(int=0)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def confirm_hand_in(request: SignedInRequest, cohort: str, assignment: int) -> HttpResponse:
    """What is going to be handed in; posting the form does it."""
    member = enter(request, cohort, can_hand_in)
    found = get_assignment_or_404(member, assignment)
    if request.method == "POST":
        return take(request, member, found)
    waiting = draft_of(member, found)
    if waiting is None or is_empty(waiting):
        messages.info(request, _("There is nothing in your draft yet."))
        return redirect(found)
    return show_confirm(request, member, found, waiting)


def take(request: SignedInRequest, member: Membership, assignment: Assignment) -> HttpResponse:
    try:
        handed = hand_in(
            membership=member,
            assignment=assignment,
            draft=uuid_in(request.POST.get("draft", "")) or NOTHING,
            stamp=request.POST.get("stamp", ""),
            now=timezone.now(),
        )
    except Submission.DoesNotExist:
        messages.info(request, _("There is nothing in your draft yet."))
        return redirect(assignment)
    except NewerError as newer:
        messages.warning(request, _("Your draft has changed since. Look at it once more."))
        return show_confirm(request, member, assignment, newer.draft, HTTPStatus.CONFLICT)
    except RefusedError as refused:
        messages.error(request, _("Not handed in: %s Your draft is kept.") % refused)
        return redirect(assignment)
    messages.success(request, _("Handed in at %s.") % clock(handed.submitted_at or handed.saved_at))
    return redirect("submission", member.cohort.slug, handed.pk)


def show_confirm(
    request: SignedInRequest,
    member: Membership,
    assignment: Assignment,
    waiting: Submission | None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    assert waiting is not None  # noqa: S101
    now, dates = timezone.now(), own_dates(member, assignment)
    earlier = hand_ins_of(member, assignment).first()
    wrong = why_closed(assignment, dates, earlier, now) or what_is_wrong(assignment, waiting)
    context = context_of(member, assignment=assignment, submission=waiting, earlier=earlier)
    context |= {"wrong": wrong, "stamp": stamp_of(waiting), "link": read(waiting.link)}
    context |= {"dates": dates, "days_late": dates.days_late(now)}
    context["policy"] = in_words(policy_of(member.cohort))
    return render(request, "cohorts/work/confirm.html", context, status=status)


@require_POST
@login_required
def again(request: SignedInRequest, cohort: str, assignment: int) -> HttpResponse:
    """What was handed in last becomes the draft to go on with."""
    member = enter(request, cohort, can_hand_in)
    found = get_assignment_or_404(member, assignment)
    take_over(membership=member, assignment=found, now=timezone.now())
    return redirect(found.get_absolute_url() + "#work")


@require_safe
@never_cache
@login_required
def submission(request: SignedInRequest, cohort: str, submission: UUID) -> HttpResponse:
    """One's own hand-in, as it was taken: the receipt."""
    member = enter(request, cohort)
    mine = Submission.objects.handed_in().filter(
        membership=member, assignment__cohort=member.cohort
    )
    found = get_object_or_404(
        mine.select_related("assignment").prefetch_related("files"), pk=submission
    )
    found.assignment.cohort = member.cohort
    context = context_of(member, submission=found, assignment=found.assignment)
    dates = own_dates(member, found.assignment)
    assert found.submitted_at is not None  # noqa: S101
    context |= {"days_late": dates.days_late(found.submitted_at), "link": read(found.link)}
    return render(request, "cohorts/work/submission.html", context)
