"""What an editor does about an address: take the new one everywhere, or keep the old one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from courses.content.documents import NOTEBOOKS, name_of
from courses.content.saving import assign
from courses.history.recording import Change, catch_up, record
from courses.links.judging import keep_old
from courses.links.moving import Clash, Fixed, Move, drafts_of
from courses.links.storing import HEALTH, health_in
from courses.links.uses import uses_of
from courses.models import Course, Link, Mark, Revision


class ClashError(Exception):
    """The new address stands in the same lesson already; which one stays is for the editor."""

    def __init__(self, clashes: list[Clash]) -> None:
        super().__init__(clashes)
        self.clashes = clashes


@transaction.atomic
def use_new_address(*, link: Link, by: User, now: datetime, merge: bool = False) -> Fixed:
    """Give every reference and notebook with the address of `link` the one that it moved to.

    Where a lesson has the new one already, the reference with the old one is archived if `merge`
    says so; otherwise ClashError is raised and nothing is written. History has it as of the
    check of links, and takes it back. Drafts that wait get the new address, too.
    """
    move = Move(link.url, link.moved_to)
    used = {use.course_id for use in uses_of({link.url})[link.url]}
    # Whoever writes content locks its course first, in the order of the courses.
    courses = list(Course.objects.select_for_update().filter(pk__in=used).order_by("pk"))
    clashes = move.clashes()
    if clashes and not merge:
        raise ClashError(clashes)
    clashing = {clash.old.pk for clash in clashes}
    done = Fixed()
    for course in courses:
        done += move_in_course(move, course, clashing, by, now)
    hand_over(link)
    return done


def move_in_course(
    move: Move, course: Course, clashing: set[int], by: User, now: datetime
) -> Fixed:
    lessons = move.lessons(course)
    names = {NOTEBOOKS, *(name_of(lesson) for lesson in lessons)}
    catch_up(course=course, names=names, now=now)
    drafts = drafts_of(lessons)
    done = move.in_rows(course, clashing, now)
    note = (_("%(old)s moved to %(new)s.") % {"old": move.old, "new": move.new})[:300]
    change = Change(Revision.Source.LINKS, by, Mark.FIX, note)
    revisions = record(course=course, names=names, change=change, now=now)
    newest = {revision.lesson_id: revision for revision in revisions}
    for draft, fits in drafts:
        move.in_draft(draft, newest.get(draft.lesson_id) if fits else None)
    return done


def hand_over(link: Link) -> None:
    """What is known of the address goes to the one in its place."""
    known = {name: getattr(link, name) for name in ("checked_at", "answered_at", "status_code")}
    Link.objects.get_or_create(url=link.moved_to, defaults={"state": Link.State.OK, **known})
    link.delete()


@transaction.atomic
def keep_old_address(*, link_id: int, moved_to: str) -> bool:
    """Do not offer `moved_to` again; whether it was still what is offered."""
    link = Link.objects.select_for_update().filter(pk=link_id, moved_to=moved_to).first()
    if link is None or not moved_to:
        return False
    kept = keep_old(health_in(link))
    link.save(update_fields=assign(link, {name: getattr(kept, name) for name in HEALTH}))
    return True
