"""What would happen to each person of a list, before anything is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Group, Invitation, Membership, Role
from cohorts.people.groups import MOST
from cohorts.people.rows import People, Rejected, Row
from cohorts.permissions import may_give


class Outcome(StrEnum):
    ADDED = "added"
    BACK = "back"
    INVITED = "invited"
    CHANGED = "changed"
    # Invited before, and what the invitation gives changes, or does not.
    INVITATION_CHANGED = "invitation_changed"
    WAITING = "waiting"
    THERE = "there"


COMES = frozenset({Outcome.ADDED, Outcome.BACK, Outcome.INVITED})
WRITES = frozenset(Outcome) - {Outcome.WAITING, Outcome.THERE}


@dataclass(frozen=True, slots=True)
class Change:
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    row: Row
    outcome: Outcome
    user_id: int | None = None
    changes: tuple[Change, ...] = ()
    remark: str = ""

    @property
    def role_label(self) -> str:
        return str(Role(self.row.role).label)


@dataclass(frozen=True, slots=True)
class Plan:
    steps: tuple[Step, ...]
    rejected: tuple[Rejected, ...]
    new_groups: tuple[str, ...]

    @property
    def counts(self) -> Counter[str]:
        return Counter(str(step.outcome) for step in self.steps) + Counter(
            rejected=len(self.rejected)
        )

    @property
    def writes(self) -> int:
        """For how many people something would be written."""
        return sum(step.outcome in WRITES for step in self.steps)

    @property
    def comes(self) -> int:
        """How many of them are let in, or invited."""
        return sum(step.outcome in COMES for step in self.steps)

    @property
    def digest(self) -> str:
        """The same as long as the same would happen."""
        said = [(step.row.email, step.outcome, step.user_id, step.changes) for step in self.steps]
        return sha256(repr((said, len(self.rejected))).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the people in a list: by address, or by the id of their account."""

    users: Mapping[str, int]
    members: Mapping[int, Membership]
    invitations: Mapping[str, Invitation]
    groups: Mapping[str, Group]

    def group_called(self, name: str) -> str:
        """As the class writes it."""
        known = self.groups.get(name.casefold())
        return known.name if known else name


def known_of(cohort: Cohort, rows: Sequence[Row]) -> Known:
    """Four queries. Somebody is known by a confirmed address."""
    emails = [row.email for row in rows]
    confirmed = EmailAddress.objects.filter(email__in=emails, verified=True)
    users = dict(confirmed.values_list("email", "user_id"))
    members = cohort.members.filter(user__in=users.values()).select_related("group")
    invitations = cohort.invitations.filter(email__in=emails).select_related("group")
    return Known(
        users=users,
        members={one.user_id: one for one in members},
        invitations={one.email: one for one in invitations},
        groups={one.name.casefold(): one for one in cohort.groups.all()},
    )


def plan(*, by: Membership, people: People, now: datetime) -> Plan:
    """What `by` would do to their class with `people`. Four queries."""
    known = known_of(by.cohort, people.rows)
    found = [decide(row, by, known, now) for row in people.rows]
    new = new_groups([one for one in found if isinstance(one, Step)], known)
    found = [without_room(one, known, new) for one in found]
    refused = [one for one in found if isinstance(one, Rejected)]
    return Plan(
        steps=tuple(one for one in found if isinstance(one, Step)),
        rejected=tuple(sorted([*people.rejected, *refused], key=lambda one: one.line)),
        new_groups=tuple(sorted(new.values())),
    )


def new_groups(steps: Sequence[Step], known: Known) -> dict[str, str]:
    """Those that the class does not have, as far as it has room for them: by the name in small
    letters, as the first line writes it."""
    names = (step.row.group for step in steps if step.outcome in WRITES)
    new: dict[str, str] = {}
    for name in names:
        key = name.casefold()
        if name and key not in known.groups and len(known.groups) + len(new) < MOST:
            new.setdefault(key, name)
    return new


def without_room(step: Step | Rejected, known: Known, new: Mapping[str, str]) -> Step | Rejected:
    if isinstance(step, Rejected) or step.outcome not in WRITES or not step.row.group:
        return step
    key = step.row.group.casefold()
    if key in known.groups or key in new:
        return step
    reason = _("A class has at most %(most)d groups.") % {"most": MOST}
    return Rejected(step.row.line, f"{step.row.email}, {step.row.group}", reason)


def decide(row: Row, by: Membership, known: Known, now: datetime) -> Step | Rejected:
    user_id = known.users.get(row.email)
    member = known.members.get(user_id) if user_id else None
    if member is not None and member.left_at is None:
        return of_member(row, by, member, known)
    if not may_give(by, row.role):
        reason = _("You cannot give the role %(role)s.") % {"role": Role(row.role).label}
        return Rejected(row.line, row.email, reason)
    if user_id is not None and row.role == Role.LEARNER:
        return Step(row, Outcome.BACK if member else Outcome.ADDED, user_id)
    invitation = known.invitations.get(row.email)
    if invitation is None or not is_open(invitation, now):
        return Step(row, Outcome.INVITED, user_id)
    return of_invitation(row, by, invitation, known)


def of_member(row: Row, by: Membership, member: Membership, known: Known) -> Step:
    """Somebody who is in already: their role stays."""
    remark = ""
    if member.role != row.role:
        remark = _("Stays %(role)s.") % {"role": member.get_role_display()}
    changes = changes_of(row, member, known) if may_change(by, member) else ()
    outcome = Outcome.CHANGED if changes else Outcome.THERE
    return Step(row, outcome, member.user_id, changes, remark)


def of_invitation(row: Row, by: Membership, invitation: Invitation, known: Known) -> Step:
    changes = changes_of(row, invitation, known)
    if invitation.role != row.role:
        before, after = invitation.get_role_display(), str(Role(row.role).label)
        changes = (Change(_("Role"), before, after), *changes)
    if not changes or not may_give(by, invitation.role):
        return Step(row, Outcome.WAITING)
    return Step(row, Outcome.INVITATION_CHANGED, changes=changes)


def is_open(invitation: Invitation, now: datetime) -> bool:
    return invitation.accepted_at is None and invitation.expires_at > now


def changes_of(row: Row, thing: Membership | Invitation, known: Known) -> tuple[Change, ...]:
    """What the list says otherwise. What it does not say stays."""
    group = thing.group.name if thing.group else ""
    said = (
        (_("Group"), group, known.group_called(row.group)),
        (_("Name"), thing.listed_as, row.name),
        (_("Number"), thing.number, row.number),
    )
    return tuple(Change(*one) for one in said if one[2] and one[1] != one[2])


def may_change(by: Membership, member: Membership) -> bool:
    """Whether `by` may change, remove and bring back `member`: not the owner, nobody of the
    same or a higher role, and so not themselves."""
    return member.role != Role.OWNER and may_give(by, member.role)
