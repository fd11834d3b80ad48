"""Doing what was planned with a list of people: all of it, in one go."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.here import forget
from cohorts.models import Group, Invitation, LogEntry, Membership, PendingImport, Role
from cohorts.overview import kept
from cohorts.people import imports
from cohorts.people.planning import Outcome, Plan, Step, plan
from cohorts.tasks import queue_people_mails
from courses.progress import enrol_all

VALID = timedelta(days=60)
BATCH = 500
SAID = ("group", "listed_as", "number")
OF_MEMBER = ("role", "left_at", "removed", *SAID)
OF_INVITATION = (
    *("role", "token", *SAID),
    *("invited_by", "invited_at", "mailed_at", "expires_at", "accepted_at"),
)


class ChangedError(Exception):
    """The class has changed since the report was read."""


class DoneError(Exception):
    """The list was added before."""


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does what, when, and the groups by their names in small letters."""

    by: Membership
    plan: Plan
    now: datetime
    groups: dict[str, Group]

    def steps(self, *outcomes: Outcome) -> list[Step]:
        return [step for step in self.plan.steps if step.outcome in outcomes]

    def group(self, step: Step) -> Group | None:
        return self.groups.get(step.row.group.casefold())


@transaction.atomic
def add_all(*, import_id: UUID, by: Membership, expected: str, now: datetime) -> Plan:
    """Add, invite and change the people of a list, as its report said (`expected`).

    Safe to call twice: the second raises DoneError. Raises ChangedError where something else
    would happen now. The queries do not grow with the list, but that each writes 500 rows at most
    (SQLite: 80).
    """
    pending = PendingImport.objects.select_for_update().get(pk=import_id, cohort=by.cohort)
    if imports.is_done(pending):
        raise DoneError
    made = plan(by=by, people=imports.people_in(pending), now=now)
    if made.digest != expected:
        raise ChangedError
    doing = Doing(by, made, now, groups_of(by, made))
    added = add_members(doing)
    change_members(doing)
    invited = invite(doing)
    if added or invited:
        queue_people_mails.enqueue(invited, added, by.user_id, pending.data["words"])
    imports.done(pending, made.writes)
    kept.forget(by.cohort_id)
    return made


def groups_of(by: Membership, made: Plan) -> dict[str, Group]:
    """The groups of the class, with the new ones made."""
    new = [Group(cohort=by.cohort, name=name) for name in made.new_groups]
    Group.objects.bulk_create(new, ignore_conflicts=True)
    return {one.name.casefold(): one for one in by.cohort.groups.all()}


def add_members(doing: Doing) -> list[int]:
    """Let in who is new and who comes back; the ids of their memberships."""
    cohort, steps = doing.by.cohort, doing.steps(Outcome.ADDED, Outcome.BACK)
    rows = [
        Membership(
            cohort=cohort,
            user_id=step.user_id or 0,
            role=Role.LEARNER,
            group=doing.group(step),
            listed_as=step.row.name,
            number=step.row.number,
            joined_at=doing.now,
        )
        for step in doing.steps(Outcome.ADDED)
    ]
    # Who comes in by another way at the same moment is in already: nothing to add.
    Membership.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    restore(doing)
    users = [step.user_id for step in steps if step.user_id]
    enrol_all(users=users, course=cohort.course, now=doing.now)
    forget(users)
    members = cohort.members.filter(user__in=users)
    pks = dict(members.values_list("user_id", "pk"))
    back = {step.user_id for step in doing.steps(Outcome.BACK)}
    what = {True: _("Came back"), False: _("Joined")}
    role = str(Role.LEARNER.label)
    log(doing, [entry_of(doing, pks[user], what[user in back], role) for user in users])
    return [pks[user] for user in users]


def restore(doing: Doing) -> None:
    steps = {step.user_id: step for step in doing.steps(Outcome.BACK)}
    members = list(doing.by.cohort.members.select_for_update().filter(user__in=steps))
    for member in members:
        member.role, member.left_at, member.removed = Role.LEARNER, None, False
        say(member, steps[member.user_id], doing)
    rewrite(members, OF_MEMBER)


def change_members(doing: Doing) -> None:
    """The group, name and number of who is in already."""
    steps = {step.user_id: step for step in doing.steps(Outcome.CHANGED)}
    members = list(doing.by.cohort.members.select_for_update().filter(user__in=steps))
    for member in members:
        say(member, steps[member.user_id], doing)
    rewrite(members, SAID)
    entries = []
    for member in members:
        what = ", ".join(change.what for change in steps[member.user_id].changes)
        entries.append(entry_of(doing, member.pk, _("Changed by a list: %s") % what))
    log(doing, entries)


def rewrite(rows: Sequence[Membership] | Sequence[Invitation], fields: Sequence[str]) -> None:
    """Save `fields` of rows that are there and locked: `bulk_update`, but several times faster."""
    for row in rows[:1]:
        type(row)._default_manager.bulk_create(
            rows,  # type: ignore[arg-type]
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=fields,
            batch_size=BATCH,
        )


def say(thing: Membership | Invitation, step: Step, doing: Doing) -> None:
    """Take over what the list says; what it does not say stays."""
    thing.group = doing.group(step) or thing.group
    thing.listed_as = step.row.name or thing.listed_as
    thing.number = step.row.number or thing.number


def invite(doing: Doing) -> list[int]:
    """Write invitations; the ids of those that are to be mailed."""
    change_invitations(doing)
    steps = doing.steps(Outcome.INVITED)
    rows = [invitation_of(step, doing) for step in steps]
    Invitation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["cohort", "email"],
        update_fields=OF_INVITATION,
        batch_size=BATCH,
    )
    if steps:
        text = ngettext("Invited %(number)d person", "Invited %(number)d people", len(steps))
        log(doing, [entry_of(doing, None, text % {"number": len(steps)})])
    tokens = [row.token for row in rows]
    found = doing.by.cohort.invitations.filter(token__in=tokens)
    return list(found.values_list("pk", flat=True))


def invitation_of(step: Step, doing: Doing) -> Invitation:
    return Invitation(
        cohort=doing.by.cohort,
        email=step.row.email,
        role=step.row.role,
        group=doing.group(step),
        listed_as=step.row.name,
        number=step.row.number,
        token=secrets.token_urlsafe(32),
        invited_by=doing.by.user,
        invited_at=doing.now,
        expires_at=doing.now + VALID,
    )


def change_invitations(doing: Doing) -> None:
    steps = {step.row.email: step for step in doing.steps(Outcome.INVITATION_CHANGED)}
    found = list(doing.by.cohort.invitations.select_for_update().filter(email__in=steps))
    for invitation in found:
        invitation.role = steps[invitation.email].row.role
        say(invitation, steps[invitation.email], doing)
    rewrite(found, ["role", *SAID])
    if found:
        text = ngettext(
            "Changed %(number)d invitation", "Changed %(number)d invitations", len(found)
        )
        log(doing, [entry_of(doing, None, text % {"number": len(found)})])


def entry_of(doing: Doing, about: int | None, what: str, after: str = "") -> LogEntry:
    return LogEntry(
        cohort=doing.by.cohort,
        kind=LogEntry.Kind.PEOPLE,
        what=what,
        actor=doing.by.user,
        at=doing.now,
        about_id=about,
        after=str(after),
    )


def log(doing: Doing, entries: Sequence[LogEntry]) -> None:
    LogEntry.objects.bulk_create(entries, batch_size=BATCH)
