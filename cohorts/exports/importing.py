"""Grades from another system: kept, matched with the class, shown, and then written."""

import hashlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.exports.oneroster_grades import Grades, Item, Refused, Score
from cohorts.gradebook.arithmetic import Cell, State
from cohorts.gradebook.changing import MOST_TIMES, Entry, change, enter_points
from cohorts.gradebook.items import add_item
from cohorts.gradebook.layout import Kind
from cohorts.gradebook.numbers import half_up
from cohorts.gradebook.reading import Book, book_of
from cohorts.models import Cohort, Grade, GradeItem, Membership, PendingImport
from cohorts.people.rows import ListError

# Each is written and noted by itself.
MOST_SCORES = 5_000


class ChangedError(Exception):
    """The class is not as it was when the report was made."""


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Step:
    """What one score does. `item` is None where its item is to be made from `made_of`.

    `by_hand`: it replaces what Cairn has worked out, and stands there as a change by hand.
    """

    score: Score
    made_of: Item
    item: GradeItem | None
    member: Membership
    before: Decimal | None
    outcome: Outcome
    by_hand: bool
    seen: int


@dataclass(frozen=True)
class Plan:
    steps: tuple[Step, ...]
    refused: tuple[Refused, ...]
    new_items: tuple[Item, ...]
    passed_over: int

    @cached_property
    def writes(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.outcome is not Outcome.SAME)

    @cached_property
    def digest(self) -> str:
        """Of all that will be written, and over what."""
        said = [
            (
                one.member.pk,
                one.item.pk if one.item else one.made_of.key,
                one.score.points,
                one.seen,
            )
            for one in self.writes
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()


def keep(*, by: Membership, grades: Grades, file_name: str, now: datetime) -> PendingImport:
    """Raises ListError for more scores than are written at once."""
    if len(grades.scores) > MOST_SCORES:
        raise ListError(
            _("There are %(found)d scores in it. Send at most %(most)d at once.")
            % {"found": len(grades.scores), "most": MOST_SCORES}
        )
    data = asdict(grades)
    for rows, name in ((data["items"], "most"), (data["scores"], "points")):
        for row in rows:
            row[name] = str(row[name])
    return PendingImport.objects.create(
        id=uuid.uuid4(),
        cohort=by.cohort,
        kind=PendingImport.Kind.GRADES,
        file_name=file_name[:200],
        data=data,
        made_by=by.user,
        made_at=now,
    )


def grades_in(pending: PendingImport) -> Grades:
    data = pending.data
    return Grades(
        tuple(Item(one["key"], one["title"], Decimal(one["most"])) for one in data["items"]),
        tuple(Score(**{**one, "points": Decimal(one["points"])}) for one in data["scores"]),
        tuple(Refused(**one) for one in data["refused"]),
        data["passed_over"],
    )


def plan_of(cohort: Cohort, grades: Grades, now: datetime) -> Plan:
    """A fixed number of queries, however many scores."""
    return Planner(cohort, grades, now).plan()


class Planner:
    """Matches items by our own key, else by title; learners by our key, by their student number,
    else by their address."""

    def __init__(self, cohort: Cohort, grades: Grades, now: datetime) -> None:
        self.grades = grades
        self.members = list(cohort.members.learners().select_related("user"))
        self.by_key = {f"user-{one.user_id}": one for one in self.members}
        self.by_key |= {one.number: one for one in self.members if one.number}
        self.by_email = {one.user.email: one for one in self.members}
        found = cohort.grade_items.select_related("quiz", "assignment", "cohort")
        self.items = {one.pk: one for one in found}
        self.by_title = {str(one): one for one in self.items.values()}
        self.book: Book = book_of(cohort, self.members, now)
        self.places = {one.id: place for place, one in enumerate(self.book.layout.columns)}
        grades_given = Grade.objects.filter(item__cohort=cohort)
        keys = grades_given.values_list("membership", "item", "revision")
        self.revisions = {(member, item): revision for member, item, revision in keys}

    def plan(self) -> Plan:
        steps: list[Step] = []
        refused = list(self.grades.refused)
        made_of = {one.key: one for one in self.grades.items}
        for score in self.grades.scores:
            item = self.item_of(made_of[score.item])
            member = self.member_of(score)
            reason = self.wrong_with(score, made_of[score.item], item, member)
            if reason or member is None:
                text = f"{score.email or score.student} · {made_of[score.item].title}"
                refused.append(Refused("results.csv", score.line, text, reason))
            else:
                steps.append(self.step(score, made_of[score.item], item, member))
        new = {step.made_of.key: step.made_of for step in steps if step.item is None}
        refused.sort(key=lambda one: (one.file, one.line))
        return Plan(tuple(steps), tuple(refused), tuple(new.values()), self.grades.passed_over)

    def item_of(self, made_of: Item) -> GradeItem | None:
        number = made_of.key.removeprefix("item-")
        ours = self.items.get(int(number)) if number.isdecimal() and len(number) < 18 else None
        return ours or self.by_title.get(made_of.title)

    def member_of(self, score: Score) -> Membership | None:
        return self.by_key.get(score.student) or self.by_email.get(score.email)

    def wrong_with(
        self, score: Score, made_of: Item, item: GradeItem | None, member: Membership | None
    ) -> str:
        if member is None:
            return _("No learner of this class has this key, number or address.")
        most = (item.points if item else made_of.most) * MOST_TIMES
        if score.points > most:
            return _("More than twice the points that can be had.")
        if item and self.cell_of(member, item).state is State.HIDDEN:
            return _("It is graded without names, and not released yet.")
        return ""

    def cell_of(self, member: Membership, item: GradeItem) -> Cell:
        return self.book.rows[member.pk].cells[self.places[item.pk]]

    def step(self, score: Score, made_of: Item, item: GradeItem | None, member: Membership) -> Step:
        if item is None:
            return Step(score, made_of, None, member, None, Outcome.NEW, by_hand=False, seen=0)
        earned = self.cell_of(member, item).earned
        before = None if earned is None else half_up(earned, 2)
        outcome = Outcome.NEW if before is None else Outcome.CHANGED
        return Step(
            score,
            made_of,
            item,
            member,
            before,
            Outcome.SAME if before == score.points else outcome,
            by_hand=self.book.layout.columns[self.places[item.pk]].kind is not Kind.HAND,
            seen=self.revisions.get((member.pk, item.pk), 0),
        )


@transaction.atomic
def write(*, pending: PendingImport, expected: str, by: User, now: datetime) -> int:
    """Do what the report said, all of it or nothing; how many scores were written.

    Sent twice it writes once. Raises ChangedError where the class has changed since the report.
    """
    locked = PendingImport.objects.select_for_update(of=("self",)).select_related("cohort")
    pending = locked.get(pk=pending.pk)
    if "done" in pending.data:
        return int(pending.data["done"])
    plan = plan_of(pending.cohort, grades_in(pending), now)
    if plan.digest != expected:
        raise ChangedError
    made = {
        one.key: add_item(cohort=pending.cohort, title=one.title, points=one.most, by=by, now=now)
        for one in plan.new_items
    }
    for item, steps in by_item(plan.writes, made):
        put(item, steps, pending.file_name, by, now)
    pending.data = {"done": len(plan.writes)}
    pending.save(update_fields=["data"])
    return len(plan.writes)


def by_item(
    steps: Sequence[Step], made: Mapping[str, GradeItem]
) -> Iterator[tuple[GradeItem, list[Step]]]:
    found: dict[int, tuple[GradeItem, list[Step]]] = {}
    for step in steps:
        item = step.item or made[step.made_of.key]
        found.setdefault(item.pk, (item, []))[1].append(step)
    yield from found.values()


def put(item: GradeItem, steps: Sequence[Step], source: str, by: User, now: datetime) -> None:
    if not steps[0].by_hand:
        entries = [Entry(step.member, step.score.points, step.seen) for step in steps]
        if enter_points(item=item, entries=entries, by=by, now=now).refused:
            raise ChangedError
        return
    for step in steps:
        change(
            item=item,
            membership=step.member,
            points=step.score.points,
            reason=_("From another system: %s") % source[:200],
            by=by,
            now=now,
            seen=step.seen,
        )
