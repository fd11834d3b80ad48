"""One hand-in on the desk of who grades it, with all that is known of it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from cohorts.gradebook.late import policy_of
from cohorts.grading.anonymous import hides_work, label_of
from cohorts.grading.forms import GradeForm, initial_of
from cohorts.grading.lateness import counts_as, lateness
from cohorts.grading.pile import Place, placed_work
from cohorts.grading.queue import name_of
from cohorts.models import (
    Assignment,
    Cohort,
    Criterion,
    Grade,
    GradeItem,
    Membership,
    Submission,
    SubmissionFile,
)
from cohorts.schedule.dates import Dates, own_dates
from cohorts.talk import plain_text


@dataclass(frozen=True, slots=True)
class Desk:
    """`others` are the learner's other hand-ins of the same work, the newest first.

    `item` is None where the work counts for no points; `days` is how late it came.
    """

    submission: Submission
    item: GradeItem | None
    grade: Grade | None
    criteria: tuple[Criterion, ...]
    files: tuple[SubmissionFile, ...]
    others: tuple[Submission, ...]
    dates: Dates
    days: int

    @property
    def assignment(self) -> Assignment:
        return self.submission.assignment

    @property
    def member(self) -> Membership:
        return self.submission.membership

    @property
    def place(self) -> Place:
        placed: Any = self.submission
        return Place(placed.at, placed.key)

    @property
    def hidden(self) -> bool:
        return hides_work(self.assignment)

    @property
    def name(self) -> str:
        return label_of(self.submission) if self.hidden else name_of(self.member)

    @property
    def label(self) -> str:
        """What it was called while names were hidden; empty where they never were."""
        return label_of(self.submission) if self.assignment.anonymous else ""

    @property
    def newest(self) -> Submission | None:
        """Another hand-in that counts in place of this one."""
        newer = (one for one in self.others if one.number > self.submission.number)
        return next(newer, None)

    @property
    def text(self) -> SafeString:
        return mark_safe(plain_text.render(self.submission.text))  # noqa: S308  (safe HTML)

    @property
    def late(self) -> str:
        if self.item is None:
            return ""
        return lateness(self.days, self.item.points, policy_of(self.member.cohort))

    @property
    def counts(self) -> str:
        """What the late policy leaves of the grade, where it takes something off."""
        if self.item is None or self.grade is None or not self.is_graded:
            return ""
        policy = policy_of(self.member.cohort)
        return counts_as(self.grade.score, self.days, self.item.points, policy)

    @property
    def is_graded(self) -> bool:
        """This very hand-in, not an earlier one."""
        grade = self.grade
        return (
            grade is not None
            and grade.score is not None
            and grade.submission_id == self.submission.pk
        )

    def form(self, data: Any = None, initial: Any = None) -> GradeForm | None:
        if self.item is None:
            return None
        said = initial_of(self.grade) if initial is None else initial
        return GradeForm(data, item=self.item, criteria=self.criteria, initial=said)


def find_work(cohort: Cohort, key: UUID) -> Submission:
    """A hand-in of `cohort`. Raises Submission.DoesNotExist, for drafts too."""
    found = placed_work(Submission.objects.handed_in().filter(assignment__cohort=cohort))
    related = ["assignment__grade_item", "membership__user", "membership__group"]
    submission: Submission = found.select_related(*related).get(pk=key)
    submission.membership.cohort = submission.assignment.cohort = cohort
    return submission


def desk_of(submission: Submission) -> Desk:
    """Eight queries, and one of the files."""
    assignment = submission.assignment
    item: GradeItem | None = getattr(assignment, "grade_item", None)
    dates = own_dates(submission.membership, assignment)
    others = Submission.objects.handed_in().filter(
        assignment=assignment, membership=submission.membership
    )
    return Desk(
        submission=submission,
        item=item,
        grade=grade_for(item, submission.membership),
        criteria=rubric_of(assignment),
        files=tuple(submission.files.all()),
        others=tuple(others.exclude(pk=submission.pk).defer("text").order_by("-number")),
        dates=dates,
        days=dates.days_late(submission_time(submission)),
    )


def submission_time(submission: Submission) -> datetime:
    assert submission.submitted_at is not None  # noqa: S101  (for the type: it was handed in)
    return submission.submitted_at


def grade_for(item: GradeItem | None, member: Membership) -> Grade | None:
    if item is None:
        return None
    grades = Grade.objects.filter(item=item, membership=member).select_related("graded_by")
    return grades.prefetch_related("marks").first()


def rubric_of(assignment: Assignment) -> tuple[Criterion, ...]:
    found = assignment.criteria.order_by("position", "pk").prefetch_related("levels")
    return tuple(one for one in found if one.levels.all())


def kind_of(name: str) -> str:
    """Of a file, where its name may not be told: `PDF`."""
    return PurePosixPath(name).suffix[1:].upper()
