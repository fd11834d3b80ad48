"""A plan into the course, in one transaction, with its history."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from courses import versions
from courses.content.applying import apply
from courses.content.documents import lesson_called
from courses.content.normal import COURSE, NOTEBOOKS, Document
from courses.editor.desk import Desk, locked
from courses.history.recording import Change, catch_up, record
from courses.models import Course, Lesson, LessonDraft, Readme, Revision, Status
from courses.readme.planning import Progress, plan, with_status
from courses.readme.plans import Options, Plan
from courses.readme.standing import standing_of

LONGEST_NOTE = 300


class ChangedError(Exception):
    """The course is not what it was when the plan was looked at."""


def write(
    raw: bytes,
    options: Options,
    *,
    by: User | None,
    now: datetime,
    seen: str | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Import `raw`, and say what was done. `seen` is the stamp of the plan that was agreed to.

    Raises ReadmeError, and ChangedError where the course has changed since. `progress` is told
    while the plan is made; what is written then is one transaction.
    """
    planned = plan(raw, options, progress)
    if seen is not None and planned.standing.stamp != seen:
        raise ChangedError
    carry_out(raw, planned, options, by=by, now=now)
    return planned


@transaction.atomic
def carry_out(
    raw: bytes, planned: Plan, options: Options, *, by: User | None, now: datetime
) -> None:
    """Write what was planned, if the course is still as it was then."""
    # Whoever writes content of the course waits for this row.
    Course.objects.select_for_update().filter(slug=planned.slug).first()
    if standing_of(planned.slug).stamp != planned.standing.stamp:
        raise ChangedError
    course = planned.standing.course or make(planned)
    if not planned.changes_nothing:
        if planned.standing.course:
            catch_up(course=course, names=None, now=now)
        Writer(course, planned, options, by, now).write()
        change = Change(Revision.Source.README, by, note=options.filename[:LONGEST_NOTE])
        record(course=course, names=None, change=change, now=now)
        versions.bump(course.pk)
    remember(course, raw, planned, options, now)


def make(planned: Plan) -> Course:
    return Course.objects.create(slug=planned.slug, title=planned.title)


def remember(course: Course, raw: bytes, planned: Plan, options: Options, now: datetime) -> None:
    before = planned.standing.readme
    if before and bytes(before.content) == raw and before.names == planned.names:
        return
    values = {
        "filename": options.filename[:200],
        "content": raw,
        "names": planned.names,
        "imported_at": now,
    }
    Readme.objects.update_or_create(course=course, defaults=values)


class Writer:
    def __init__(
        self, course: Course, planned: Plan, options: Options, by: User | None, now: datetime
    ) -> None:
        self.course, self.plan, self.options = course, planned, options
        self.by, self.now = by, now

    def write(self) -> None:
        """Parts first, so that lessons have a place; their order when all lessons are there."""
        files = self.plan.files
        if COURSE in files:
            apply(course=self.course, name=COURSE, data=files[COURSE], now=self.now)
        for name, data in files.items():
            if name not in {COURSE, NOTEBOOKS}:
                self.lesson(name, data)
        for name in self.plan.published:
            self.publish(f"{name}.yaml")
        for name in (COURSE, NOTEBOOKS):
            if name in files:
                apply(course=self.course, name=name, data=files[name], now=self.now)

    def lesson(self, name: str, data: Document) -> None:
        """A lesson that readers have is changed for them only if they are to get it at once."""
        lesson = lesson_called(self.course, name)
        if lesson is None or name.removesuffix(".yaml") in self.plan.new:
            apply(course=self.course, name=name, data=data, now=self.now)
            return
        desk = locked(lesson.pk, self.now)
        at_once = self.options.publish and desk.draft is None
        if desk.waits and not at_once:
            self.put_aside(desk, data)
        else:
            apply(course=self.course, name=name, data={**data, **desk.state}, now=self.now)

    def put_aside(self, desk: Desk, text: Document) -> None:
        """A draft that is there stays measured by what it began from, and waits for a person."""
        if desk.newest is None:
            raise Revision.DoesNotExist
        draft = desk.draft or LessonDraft(lesson=desk.lesson, base=desk.newest, edit=0)
        draft.data = text
        # Nobody has agreed to publish what has just come.
        draft.publish_at = None
        draft.note = self.options.filename[:LONGEST_NOTE]
        draft.edit += 1
        draft.updated_at, draft.updated_by = self.now, self.by
        draft.save()

    def publish(self, name: str) -> None:
        lesson = lesson_called(self.course, name)
        if lesson is None or lesson.status != Status.DRAFT:
            return
        desk = locked(lesson.pk, self.now)
        data = with_status({**desk.text, **desk.state}, Status.PUBLISHED)
        apply(course=self.course, name=name, data=data, now=self.now)


def drafts_in(course: Course) -> list[Lesson]:
    """Lessons that wait for their editor: drafts, and those with a draft beside them."""
    found = Lesson.objects.filter(track__course=course).exclude(status=Status.ARCHIVED)
    return list(
        (found.filter(status=Status.DRAFT) | found.filter(draft__isnull=False))
        .distinct()
        .in_order()
        .select_related("track")
    )
