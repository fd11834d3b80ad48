"""One learner as the staff of their class see them: this course and this class, nothing else."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from cohorts.gradebook import wording
from cohorts.gradebook.arithmetic import Cell as GradeCell
from cohorts.gradebook.layout import Column as GradeColumn
from cohorts.gradebook.layout import Kind as GradeKind
from cohorts.gradebook.reading import book_of
from cohorts.grading.anonymous import hides_work
from cohorts.models import Cohort, Extension, Membership
from cohorts.overview.columns import Column, spans
from cohorts.overview.facts import everyone, term_of
from cohorts.overview.matrix import Cell, Done, cell_of, own_due
from cohorts.overview.risk import Reason, reasons_of, thresholds_of
from cohorts.overview.standing import lessons_due
from cohorts.overview.weeks import Week, weeks_of
from cohorts.work.listing import own_work
from cohorts.work.standing import Standing
from courses.mastery import Mastery, mastery_of, of_concepts
from courses.pages.course import CoursePage
from courses.standing import Deeds, deeds_on
from quizzes.models import Attempt

ATTEMPTS = 50


@dataclass(frozen=True, slots=True)
class LessonLine:
    """`due_at` is the learner's own date, `extended` where it is later than the class's."""

    column: Column
    cell: Cell
    ticked: int
    due_at: datetime | None
    extended: bool
    completed_at: datetime | None


@dataclass(frozen=True, slots=True)
class TrackLines:
    title: str
    lines: tuple[LessonLine, ...]

    @property
    def done(self) -> int:
        return sum(line.cell.state == "done" for line in self.lines)

    @property
    def is_begun(self) -> bool:
        """Or should be."""
        return any(line.cell.state != "later" or line.cell.late for line in self.lines)


@dataclass(frozen=True, slots=True)
class Work:
    """`nameless`: nobody may be told yet which hand-in is whose."""

    standing: Standing
    nameless: bool


@dataclass(frozen=True, slots=True)
class GradeLine:
    """`result` in points or in words, `released` whether the learner knows of it."""

    title: str
    result: str
    released: bool


@dataclass(frozen=True, slots=True)
class Learner:
    member: Membership
    tracks: tuple[TrackLines, ...]
    last_active: datetime | None
    reasons: tuple[Reason, ...]
    attempts: Sequence[Attempt]
    work: tuple[Work, ...]
    extensions: Sequence[Extension]
    weeks: tuple[Week, ...]
    mastery: Mastery | None
    grades: tuple[GradeLine, ...]
    total: str
    previous: Membership | None
    following: Membership | None

    @property
    def done(self) -> int:
        return sum(track.done for track in self.tracks)

    @property
    def lessons(self) -> int:
        return sum(len(track.lines) for track in self.tracks)


def learner_of(member: Membership, course: CoursePage, now: datetime) -> Learner:
    """Of a learner's membership from `named()`, with class and user. A fixed number of queries."""
    cohort = member.cohort
    lessons = [lesson.id for lesson in course.lessons]
    facts = everyone(cohort, lessons, now, only=member.pk).facts
    reasons = [reasons_of(one, thresholds_of(cohort), term_of(cohort), now) for one in facts]
    work = work_of(member, now)
    nameless = {one.standing.assignment.pk for one in work if one.nameless}
    grades, total = grades_of(member, nameless, now)
    concepts = [concept.id for lesson in course.lessons for concept in lesson.concepts]
    return Learner(
        member=member,
        tracks=tracks_of(member, course, now),
        last_active=facts[0].last_active if facts else None,
        reasons=reasons[0] if reasons else (),
        attempts=newest_attempts(member),
        work=work,
        extensions=extensions_of(member),
        weeks=weeks_of(member, now),
        mastery=of_concepts(concepts, mastery_of(member.user, now)),
        grades=grades,
        total=total,
        previous=neighbour(member, before=True),
        following=neighbour(member, before=False),
    )


def tracks_of(member: Membership, course: CoursePage, now: datetime) -> tuple[TrackLines, ...]:
    """Two queries."""
    due, extended = lessons_due(member.cohort, [member.pk])
    deeds = deeds_on(member.user, course.id)
    return tuple(
        TrackLines(
            span.title,
            tuple(line_of(column, member.pk, deeds, extended, now) for column in span.columns),
        )
        for span in spans(course, due, member.cohort.zone)
    )


def line_of(
    column: Column,
    member: int,
    deeds: Deeds,
    extended: Mapping[tuple[int, int], datetime],
    now: datetime,
) -> LessonLine:
    """Pure."""
    row = deeds.progress.get(column.id)
    done = None if row is None else Done(column.id, row.completed_at is not None, row.quiz_score)
    due_at = own_due(column, member, extended)
    return LessonLine(
        column=column,
        cell=cell_of(done, due_at, now),
        ticked=sum(concept.id in deeds.ticks for concept in column.lesson.concepts),
        due_at=due_at,
        extended=due_at != column.due_at,
        completed_at=row.completed_at if row else None,
    )


def work_of(member: Membership, now: datetime) -> tuple[Work, ...]:
    return tuple(Work(one, hides_work(one.assignment)) for one in own_work(member, now))


def grades_of(
    member: Membership, nameless: Set[int], now: datetime
) -> tuple[tuple[GradeLine, ...], str]:
    """All that counts, whether or not the learner knows it yet; but nothing that would tell whose
    work of the assignments in `nameless` is whose. Three queries."""
    book = book_of(member.cohort, [member], now)
    row, lines, hidden = book.rows[member.pk], [], False
    for column, cell in zip(book.layout.columns, row.cells, strict=True):
        known = column.kind is GradeKind.QUIZ or column.released_at is not None
        result = result_of(column, cell)
        if column.assignment in nameless:
            hidden, result = True, _("graded without names")
        lines.append(GradeLine(column.title, result, known))
    return tuple(lines), wording.total(None if hidden else row.total, member.cohort.digits)


def result_of(column: GradeColumn, cell: GradeCell) -> str:
    if cell.earned is None:
        return wording.state(cell)
    said = {"earned": wording.points(cell.earned), "points": wording.points(column.item.points)}
    return _("%(earned)s of %(points)s") % said


def newest_attempts(member: Membership) -> list[Attempt]:
    found = Attempt.objects.handed_in().filter(user=member.user_id)
    found = found.filter(quiz__course=member.cohort.course_id)
    return list(found.select_related("quiz").order_by("-submitted_at")[:ATTEMPTS])


def extensions_of(member: Membership) -> list[Extension]:
    found = Extension.objects.filter(membership=member, deadline__cohort=member.cohort_id)
    things = ("deadline__lesson", "deadline__quiz", "deadline__assignment", "given_by")
    return list(found.select_related(*things).order_by("due_at"))


def neighbour(member: Membership, *, before: bool) -> Membership | None:
    """The learner before or after this one by name. One query."""
    found = Membership.objects.learners().filter(cohort=member.cohort_id)
    everybody = found.by_name()
    if before:
        earlier = Q(name__lt=member.name) | Q(name=member.name, pk__lt=member.pk)
        return everybody.filter(earlier).reverse().first()
    return everybody.filter(Q(name__gt=member.name) | Q(name=member.name, pk__gt=member.pk)).first()


def learner_named(cohort: Cohort, pk: int) -> Membership | None:
    """With class, user and group. One query; None where nobody of this class learns by it."""
    found = Membership.objects.learners().filter(cohort=cohort, pk=pk).named()
    return found.select_related("user", "group", "cohort__course").first()
