"""The assignments of a class, and one of them as learners and staff see it."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.middleware import SignedInRequest
from cohorts.gradebook.late import in_words, policy_of
from cohorts.models import Assignment, Membership, Role
from cohorts.permissions import can_hand_in, can_see_work, can_set_work
from cohorts.views.doors import enter
from cohorts.work import stash
from cohorts.work.desk import Desk, desk_of
from cohorts.work.draft_form import DraftForm
from cohorts.work.drafts import NewerError
from cohorts.work.listing import learners_of, own_work, set_work, with_dates
from cohorts.work.rubrics import rubric_of
from courses.markdown import rendered


def context_of(member: Membership, **more: Any) -> dict[str, Any]:
    return {
        "member": member,
        "here": "assignments",
        "section": "classes",
        "may_set": can_set_work(member),
        "may_see_work": can_see_work(member),
        **more,
    }


@require_safe
@login_required
def assignments(request: SignedInRequest, cohort: str) -> HttpResponse:
    member, now = enter(request, cohort), timezone.now()
    context = context_of(member, now=now, policy=in_words(policy_of(member.cohort)))
    if member.role == Role.LEARNER:
        context["own"] = own_work(member, now)
        return render(request, "cohorts/work/own.html", context)
    context |= {"set_work": set_work(member.cohort), "learners": learners_of(member.cohort)}
    return render(request, "cohorts/work/set.html", context)


def get_assignment_or_404(member: Membership, pk: int) -> Assignment:
    """One of the class; to a learner only what is published and open."""
    found = Assignment.objects.filter(cohort=member.cohort)
    if member.role == Role.LEARNER:
        found = found.open_to_learners(timezone.now())
    assignment = get_object_or_404(with_dates(found).select_related("lesson__track"), pk=pk)
    assignment.cohort = member.cohort
    return assignment


@require_safe
@never_cache
@login_required
def assignment(request: SignedInRequest, cohort: str, assignment: int) -> HttpResponse:
    member = enter(request, cohort)
    found = get_assignment_or_404(member, assignment)
    if member.role == Role.LEARNER:
        return show_own(request, member, found)
    context = context_of(member, **about(found), learners=learners_of(member.cohort))
    context["set"] = next(one for one in set_work(member.cohort, found.pk))
    return render(request, "cohorts/work/assignment.html", context)


def about(assignment: Assignment) -> dict[str, Any]:
    """What everybody is told about it."""
    policy = policy_of(assignment.cohort)
    return {
        "assignment": assignment,
        "instructions": rendered(assignment.instructions).html,
        "rubric": rubric_of(assignment),
        "policy": in_words(policy),
        "now": timezone.now(),
    }


def show_own(
    request: SignedInRequest,
    member: Membership,
    assignment: Assignment,
    form: DraftForm | None = None,
    newer: NewerError | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """As its learner has it. `form` is what was sent and could not be kept."""
    now = timezone.now()
    desk = desk_of(member, assignment, now)
    context = context_of(member, **about(assignment), **result_of(desk))
    context |= {"desk": desk, "newer": newer, "sent": form}
    kept = None if form else stash.take(request, assignment.pk, member.pk)
    context["form"] = form if form and not newer else form_of(member, desk, kept or sent_in(form))
    context["may_hand_in"] = can_hand_in(member)
    context["milliseconds"] = int(now.timestamp() * 1000)
    if kept:
        context["stashed"] = _("What you sent while you were signed out stands below.")
    return render(request, "cohorts/work/own_assignment.html", context, status=status)


def result_of(desk: Desk) -> dict[str, Any]:
    """What is told of a released grade, once there is one."""
    if desk.grade is None:
        return {}
    marks = sorted(desk.marks.values(), key=lambda mark: mark.criterion.position)
    feedback = rendered(desk.grade.feedback, prefix="feedback").html
    return {"marks": marks, "feedback": feedback}


def sent_in(form: DraftForm | None) -> dict[str, str] | None:
    return {name: form[name].value() or "" for name in ("text", "link")} if form else None


def form_of(member: Membership, desk: Desk, words: dict[str, str] | None) -> DraftForm:
    draft = desk.draft
    said: dict[str, Any] = {"text": draft.text, "link": draft.link} if draft else {}
    return DraftForm(initial={**said, **(words or {}), "seen": desk.sequence, "writer": member.pk})
