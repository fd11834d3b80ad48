"""What was said in the demo class."""

from datetime import timedelta

from accounts.models import User
from cohorts.gradebook.changing import change, excuse
from cohorts.models import (
    Announcement,
    Cohort,
    Deadline,
    Extension,
    Membership,
    Note,
    Post,
    Role,
    Thread,
)
from config.demo.plan import WEEKS_GONE, LessonPlan, Plan

ANNOUNCEMENTS = (
    (
        0,
        "Welcome",
        "We start with the architecture. Read the first lesson before the lab, and "
        "bring what you did **not** understand: that is what the lab is for.",
    ),
    (
        5,
        "Grades for the first assignment",
        "They are released. Most of you lost points on the "
        "scaling: have another look at what the softmax does with large numbers.",
    ),
    (
        8,
        "No lab this Thursday",
        "The Thursday group comes on Wednesday this week. The due dates stay as they are.",
    ),
)
QUESTIONS = (
    (
        "Why divide by the square root and not by the size?",
        "With `d = 64` the lesson divides by 8. Why not by 64, if the aim is small numbers?",
        (
            "A sum of 64 products of independent numbers with variance 1 has variance 64, so its "
            "standard deviation is 8. Dividing by 8 brings it back to 1; dividing by 64 would make "
            "all weights nearly the same.",
        ),
        True,
    ),
    (
        "Is a token always a part of a word?",
        "I saw one that was two words with a space.",
        (
            "It depends on the tokenizer: some merge across spaces.",
            "In most of ours the space belongs to the beginning of the next token.",
        ),
        True,
    ),
    (
        "Loss goes up after 200 steps",
        "```\nstep 180  loss 1.92\nstep 200  loss 2.41\n```\nIs the "
        "learning rate too high, or is it the data?",
        (),
        False,
    ),
)
TWO_DAYS = timedelta(days=2)


def talk(cohort: Cohort, plan: Plan) -> None:
    teacher = cohort.members.select_related("user").get(role=Role.OWNER).user
    members = list(
        cohort.members.filter(role=Role.LEARNER).select_related("user").order_by("pk")[:6]
    )
    announce(cohort, plan, teacher)
    if members:
        ask(cohort, plan, teacher, members)
        help_one(cohort, plan, teacher, members[-1])
        make_exceptions(cohort, plan, teacher, members)


def announce(cohort: Cohort, plan: Plan, teacher: User) -> None:
    Announcement.objects.bulk_create(
        Announcement(
            cohort=cohort,
            author=teacher,
            title=title,
            body=body,
            post_at=plan.at(week * 7, 9),
            mailed_at=plan.at(week * 7, 9),
        )
        for week, title, body in ANNOUNCEMENTS
        if plan.at(week * 7, 9) < plan.now
    )


def ask(cohort: Cohort, plan: Plan, teacher: User, members: list[Membership]) -> None:
    lessons = plan.lessons[:WEEKS_GONE]
    for number, (title, body, answers, resolved) in enumerate(QUESTIONS):
        lesson: LessonPlan = lessons[number % len(lessons)]
        asker = members[number % len(members)]
        at = min(lesson.due_at, plan.now) - TWO_DAYS
        last = at + timedelta(hours=3 * len(answers))
        thread = Thread.objects.create(
            cohort=cohort,
            lesson=lesson.lesson,
            author=asker.user,
            title=title,
            body=body,
            created_at=at,
            last_at=last,
            resolved_at=last if resolved else None,
        )
        Post.objects.bulk_create(
            Post(
                thread=thread,
                author=members[-1].user if place and len(members) > 1 else teacher,
                body=said,
                created_at=at + timedelta(hours=3 * (place + 1)),
                pinned=not place,
            )
            for place, said in enumerate(answers)
        )


def help_one(cohort: Cohort, plan: Plan, teacher: User, member: Membership) -> None:
    """One learner has longer for what is due next, and a note says why they are behind."""
    coming = Deadline.objects.filter(cohort=cohort, assignment__isnull=False).last()
    if coming and coming.due_at:
        Extension.objects.create(
            deadline=coming,
            membership=member,
            due_at=coming.due_at + timedelta(days=7),
            reason="Two weeks of illness, with a certificate",
            given_by=teacher,
            given_at=plan.now - TWO_DAYS,
        )
    Note.objects.create(
        membership=member,
        author=teacher,
        body="Was ill in October. We agreed to skip the optional lessons and to meet on Fridays.",
        written_at=plan.now - TWO_DAYS,
    )


def make_exceptions(cohort: Cohort, plan: Plan, teacher: User, members: list[Membership]) -> None:
    """One result was changed by hand, and one learner excused from another."""
    items = list(cohort.grade_items.filter(quiz__isnull=False).order_by("pk")[:2])
    if len(items) < 2:
        return
    at = plan.now - TWO_DAYS
    change(
        item=items[0],
        membership=members[0],
        points=items[0].points,
        reason="Question 4 accepted a second answer",
        by=teacher,
        now=at,
        seen=0,
    )
    excuse(
        item=items[1],
        membership=members[-1],
        reason="Came from another class, where this was done",
        by=teacher,
        now=at,
        seen=0,
    )
