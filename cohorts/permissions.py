"""Who may do what in a class. Every permission is named here, and nowhere else.

Each has two faces that say the same: `can_grade(membership)` is whether this person may, in this
class; `can_grade.cohorts(user)` are the classes in which `user` may. An archived class is read,
not written.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cohorts.models import Cohort, Membership, Role

OWNER, TEACHER, ASSISTANT, OBSERVER, LEARNER = Role
TEACHING = frozenset({OWNER, TEACHER})
GRADING = TEACHING | {ASSISTANT}
STAFF = GRADING | {OBSERVER}
EVERYBODY = STAFF | {LEARNER}


@dataclass(frozen=True)
class Permission:
    name: str
    roles: frozenset[Role]
    writes: bool = False

    def __call__(self, membership: Membership) -> bool:
        """No query, where the membership was fetched with its class."""
        archived = membership.cohort.archived_at is not None
        return (
            membership.left_at is None
            and membership.role in self.roles
            and not (self.writes and archived)
        )

    def cohorts(self, user: Any) -> QuerySet[Cohort]:
        mine = Membership.objects.active().filter(user=user, role__in=self.roles)
        found = Cohort.objects.filter(pk__in=mine.values("cohort"))
        return found.running() if self.writes else found


can_see = Permission("see", EVERYBODY)
can_hand_in = Permission("hand in", frozenset({LEARNER}), writes=True)
can_see_own_grades = Permission("see own grades", frozenset({LEARNER}))
can_ask = Permission("ask", GRADING | {LEARNER}, writes=True)

can_see_people = Permission("see people", STAFF)
can_see_progress = Permission("see progress", STAFF)
can_see_grades = Permission("see grades", STAFF)

can_see_notes = Permission("see notes", GRADING)
can_write_notes = Permission("write notes", GRADING, writes=True)
can_see_work = Permission("see work", GRADING)
can_grade = Permission("grade", GRADING, writes=True)
can_see_hidden = Permission("see what is hidden", GRADING)
can_moderate = Permission("moderate", GRADING, writes=True)

can_edit = Permission("edit the class", TEACHING, writes=True)
can_manage_people = Permission("manage people", TEACHING, writes=True)
can_schedule = Permission("schedule", TEACHING, writes=True)
can_set_work = Permission("set work", TEACHING, writes=True)
can_manage_grades = Permission("manage grades", TEACHING, writes=True)
can_announce = Permission("announce", TEACHING, writes=True)
can_look_as_learner = Permission("look as a learner", STAFF)
can_export = Permission("export", TEACHING)
can_copy = Permission("copy", TEACHING)
can_see_log = Permission("see the log", TEACHING)
can_own = Permission("archive and hand over", frozenset({OWNER}))

PERMISSIONS = tuple(one for one in list(globals().values()) if isinstance(one, Permission))


def may_give(membership: Membership, role: str) -> bool:
    """Whether this person may give others `role`, or take it: nobody above their own, and the
    owner's only by handing over."""
    if not can_manage_people(membership) or role == OWNER:
        return False
    return membership.role == OWNER or role != TEACHER
