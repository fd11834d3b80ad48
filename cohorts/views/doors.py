"""The one door to a class and to everything in it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from accounts.middleware import SignedInRequest
from cohorts.looking import is_looking_at
from cohorts.models import Membership, Role
from cohorts.permissions import Permission, can_see


def enter(request: SignedInRequest, cohort: str, permission: Permission = can_see) -> Membership:
    """The membership of who asks, with its class and course. One query.

    Raises Http404 for who is not in the class, as if it did not exist, and PermissionDenied for
    whose role is too small. Who looks at the class as a learner has a learner's role.
    From here on, times are read and shown in the zone of the class.
    """
    found = Membership.objects.active().select_related("cohort__course", "group")
    member = found.filter(user=request.user, cohort__slug=cohort).first()
    if member is None:
        raise Http404
    member.user = request.user
    if is_looking_at(request, cohort):
        member.role = Role.LEARNER
    if not permission(member):
        raise PermissionDenied
    timezone.activate(member.cohort.zone)
    return member
