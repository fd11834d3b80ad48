"""An invitation, for who got it and for who sent it."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import SignedInRequest, SiteRequest
from accounts.models import User
from cohorts.models import Invitation, Membership
from cohorts.people import invitations as acts
from cohorts.people.invitations import State
from cohorts.people.joining import CannotJoinError
from cohorts.permissions import can_manage_people, may_give
from cohorts.views.doors import enter


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request: SiteRequest, token: str) -> HttpResponse:
    """What the link in the mail opens; a POST joins the class."""
    found = get_object_or_404(Invitation.objects.select_related("cohort__course"), token=token)
    user = request.user if isinstance(request.user, User) else None
    now = timezone.now()
    if user and is_in(user, found):
        return redirect(found.cohort)
    state = acts.state_of(found, user, now)
    if request.method == "POST" and user and state == State.OPEN:
        try:
            acts.accept(invitation=found, user=user, now=now)
        except CannotJoinError as error:
            messages.error(request, str(error))
            return redirect("invitation", token)
        messages.success(request, _("You are in the class now."))
        return redirect(found.cohort)
    context = {
        "section": "classes",
        "invitation": found,
        "state": str(state),
        "masked": acts.masked(found.email),
        "path": request.path,
    }
    gone = state in {State.USED, State.OLD, State.ARCHIVED}
    status = HTTPStatus.GONE if gone else HTTPStatus.OK
    return render(request, "cohorts/people/invitation.html", context, status=status)


def is_in(user: User, found: Invitation) -> bool:
    """In the class already, and the invitation gives nothing more: it is of no use to them."""
    inside = Membership.objects.active().filter(user=user, cohort=found.cohort)
    return found.accepted_at is not None and inside.exists()


def get_invitation_or_403(
    request: SignedInRequest, cohort: str, pk: int
) -> tuple[Membership, Invitation]:
    """Who asks, and an invitation that nobody has taken up, in a role that they may give."""
    member = enter(request, cohort, can_manage_people)
    found = get_object_or_404(member.cohort.invitations.filter(accepted_at=None), pk=pk)
    if not may_give(member, found.role):
        raise PermissionDenied
    return member, found


@require_POST
@login_required
def send_again(request: SignedInRequest, cohort: str, invitation: int) -> HttpResponse:
    member, found = get_invitation_or_403(request, cohort, invitation)
    acts.send_again(invitation=found, by=member, now=timezone.now())
    text = _("The invitation to %(email)s is on its way again.")
    messages.success(request, text % {"email": found.email})
    return redirect("people", cohort)


@require_POST
@login_required
def take_back(request: SignedInRequest, cohort: str, invitation: int) -> HttpResponse:
    member, found = get_invitation_or_403(request, cohort, invitation)
    acts.take_back(invitation=found, by=member, now=timezone.now())
    text = _("The invitation to %(email)s is taken back; its link does not work any more.")
    messages.success(request, text % {"email": found.email})
    return redirect("people", cohort)
