"""What the demo class hands in, and how it was graded."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from cohorts.models import Assignment, Criterion, Grade, GradeItem, Level, RubricMark, Submission
from config.demo.bulk import Rows
from config.demo.learners import DAY, Person
from config.demo.plan import Plan

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Task:
    """An assignment of the demo class; `graded` is the share of hand-ins that were graded."""

    title: str
    instructions: str
    week: int
    takes: str
    points: int
    graded: float
    rubric: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()


LEVELS = (("Not there yet", 0), ("Partly", 4), ("Well", 8), ("Very well", 10))
TASKS = (
    Task(
        "Explain attention to a colleague",
        "Half a page for somebody who has never seen it. Use **one example** with numbers that "
        "can be followed by hand, and say what would go wrong without the scaling.",
        3,
        "text",
        30,
        1.0,
        (
            ("The example can be followed", LEVELS),
            ("The scaling is explained", LEVELS),
            ("It is written for its reader", LEVELS),
        ),
    ),
    Task(
        "Fine-tune a small model",
        "Share a link to your notebook. It has to run from top to bottom; say in its first cell "
        "what you changed, and what you measured before and after.",
        6,
        "link",
        50,
        1.0,
    ),
    Task(
        "Evaluate two models",
        "Compare two models on a task of your choice with at least 30 examples. Hand in a table "
        "of the results, and a page on what they do *not* show.",
        8,
        "text",
        40,
        0.4,
        (
            ("The task is described", LEVELS),
            ("The numbers are right", LEVELS),
            ("The limits are named", LEVELS),
            ("Somebody else could repeat it", LEVELS),
        ),
    ),
    Task(
        "Final project",
        "Build something small that answers questions about documents of your own. A repository "
        "with a README, and two pages on what works and what does not.",
        11,
        "link",
        100,
        0.0,
    ),
)
TEXTS = (
    "Imagine three cards on a table, each with a word. For the word in the middle we ask how well "
    "it fits each of the others: 2, 1 and 0. After the softmax these are 0.67, 0.24 and 0.09, so "
    "the middle word becomes mostly the first one. Divide the fits by a large number first and "
    "the shares come closer together; without it one of them takes everything.",
    "Attention is a weighted mean. The weights come from comparing a question (query) with labels "
    "(keys), and what is averaged are the contents (values). If the vectors are long, the "
    "comparison gives large numbers, the softmax saturates, and hardly any gradient is left.",
    "I tried it with 40 examples from our own tickets. Model A was right in 29, model B in 33. "
    "With so few examples that difference could well be chance, which I did not expect.",
    "```\nmodel   right   of\nA       26      40\nB       31      40\n```\nBoth fail where the "
    "answer needs two documents at once. I did not test longer texts.",
)
FEEDBACK = (
    "Clear, and the example holds together. Next time say where your numbers come from.",
    "Good start. The second half stays general: show it with the numbers of the first.",
    "I could follow every step. Have a look at how you describe the limits.",
)


@dataclass(frozen=True, slots=True)
class Set:
    """A task as it stands in the database, with what its rubric can give."""

    task: Task
    assignment: Assignment
    item: GradeItem
    due_at: datetime
    criteria: tuple[tuple[Criterion, tuple[Level, ...]], ...]


@dataclass
class Handed:
    """Grades that are to be written before their marks, which point at them."""

    grades: list[Grade]
    marks: list[tuple[Grade, Criterion, Level]]

    def write(self, rows: Rows) -> None:
        Grade.objects.bulk_create(self.grades, batch_size=2000)
        for grade, criterion, level in self.marks:
            rows.add(
                RubricMark,
                grade_id=grade.pk,
                criterion_id=criterion.pk,
                level_id=level.pk,
                points=level.points,
                comment="",
            )
        rows.write()
        self.grades.clear()
        self.marks.clear()


def hand_in(person: Person, task: Set, plan: Plan, grader: int, rows: Rows, to: Handed) -> None:
    """Mostly in time, sometimes late or not at all; graded some days later."""
    rng = person.rng
    at = task.due_at - timedelta(hours=rng.uniform(2, 90)) / person.pace
    if rng.random() < 0.12:
        at = task.due_at + timedelta(hours=rng.uniform(1, 60))
    stopped = plan.at(0) + timedelta(weeks=person.weeks)
    if at > min(plan.now, stopped) or rng.random() < 0.06:
        return
    submission = UUID(int=rng.getrandbits(128), version=4)
    link = f"https://colab.research.google.com/drive/demo-{person.number:05}"
    rows.add(
        Submission,
        id=submission,
        assignment_id=task.assignment.pk,
        membership_id=person.member,
        number=1,
        text=rng.choice(TEXTS) if task.task.takes == "text" else "",
        link=link if task.task.takes == "link" else "",
        saved_at=at,
        sequence=0,
        submitted_at=at,
    )
    graded_at = at + rng.uniform(1, 4) * DAY
    if graded_at < plan.now and rng.random() < task.task.graded:
        grade(person, task, submission, grader, graded_at, to)


def grade(
    person: Person, task: Set, submission: UUID, grader: int, at: datetime, to: Handed
) -> None:
    rng = person.rng
    marked = [(criterion, level_for(person, levels)) for criterion, levels in task.criteria]
    share = Decimal(min(1.0, max(0.2, rng.gauss(person.skill, 0.1))))
    score = sum((level.points for _, level in marked), Decimal(0))
    made = Grade(
        item=task.item,
        membership_id=person.member,
        score=score if marked else (share * task.task.points).quantize(CENT),
        feedback=rng.choice(FEEDBACK),
        submission_id=submission,
        graded_by_id=grader,
        graded_at=at,
        revision=1,
    )
    to.grades.append(made)
    to.marks += [(made, criterion, level) for criterion, level in marked]


def level_for(person: Person, levels: tuple[Level, ...]) -> Level:
    place = round(person.rng.gauss(person.skill, 0.15) * (len(levels) - 1))
    return levels[min(len(levels) - 1, max(0, place))]
