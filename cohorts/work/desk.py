"""All of one learner's work for one assignment, as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cohorts.gradebook import wording
from cohorts.gradebook.layout import layout_of
from cohorts.models import Assignment, Grade, Membership, RubricMark, Submission
from cohorts.work.drafts import draft_of, hand_ins_of, is_empty, newest_sequence
from cohorts.work.handing_in import why_closed
from cohorts.work.standing import Standing, standings_of


@dataclass(frozen=True, slots=True)
class HandIn:
    submission: Submission
    days_late: int


@dataclass(frozen=True, slots=True)
class Desk:
    """`closed` says in words why nothing is taken now, or is empty. `sequence` is of the newest
    that is kept. `grade` is released, `marks` are its, by criterion, and `explained` says how its
    points came about, in the words of the gradebook."""

    standing: Standing
    draft: Submission | None
    hand_ins: tuple[HandIn, ...]
    closed: str
    sequence: int
    grade: Grade | None
    marks: Mapping[int, RubricMark]
    explained: tuple[str, ...] = ()

    @property
    def newest(self) -> HandIn | None:
        return self.hand_ins[0] if self.hand_ins else None

    @property
    def writes(self) -> bool:
        """Whether there is a form to write into: at first, or once begun again."""
        return not self.closed and (self.draft is not None or not self.hand_ins)

    @property
    def has_left_over(self) -> bool:
        """A draft that can no longer be handed in."""
        return bool(self.closed) and self.draft is not None and not is_empty(self.draft)


def desk_of(member: Membership, assignment: Assignment, now: datetime) -> Desk:
    """A fixed number of queries, however often it was handed in."""
    standing = standings_of(member, [assignment], now)[0]
    found = list(hand_ins_of(member, assignment).defer("text"))
    hand_ins = tuple(
        HandIn(one, standing.dates.days_late(one.submitted_at)) for one in found if one.submitted_at
    )
    grade = released_grade(member, assignment, now)
    marks = grade.marks.select_related("level", "criterion") if grade else ()
    return Desk(
        standing=standing,
        draft=draft_of(member, assignment),
        hand_ins=hand_ins,
        closed=why_closed(assignment, standing.dates, found[0] if found else None, now),
        sequence=newest_sequence(member, assignment),
        grade=grade,
        marks={mark.criterion_id: mark for mark in marks},
        explained=explained(member, standing, grade, now),
    )


def explained(
    member: Membership, standing: Standing, grade: Grade | None, now: datetime
) -> tuple[str, ...]:
    if grade is None or standing.cell is None:
        return ()
    layout = layout_of(member.cohort, now)
    column = layout.columns[layout.place_of(grade.item_id)]
    return tuple(wording.cell(layout, column, standing.cell, grade.reason))


def released_grade(member: Membership, assignment: Assignment, now: datetime) -> Grade | None:
    released = Grade.objects.filter(membership=member, item__released_at__lte=now)
    return released.filter(item__assignment=assignment).select_related("item").first()
