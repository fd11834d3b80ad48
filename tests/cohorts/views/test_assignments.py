"""The list of assignments and their pages, as learners and staff see them."""

from datetime import timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cohorts.models import (
    Cohort,
    Deadline,
    Extension,
    Grade,
    Membership,
    Submission,
)
from tests.class_factories import (
    AssignmentFactory,
    ClassOf,
    DeadlineFactory,
    SubmissionFactory,
)
from tests.cohorts.graded import assignment_with_points, item_of
from tests.quizzes.sql import queries

LIST = "/cohorts/autumn/assignments/"
NOW = timezone.now()


def as_(member: Membership) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def text_of(client: Client, url: str = LIST) -> str:
    return " ".join(client.get(url).content.decode().split())


def tags(client: Client, url: str = LIST) -> list[str]:
    html = text_of(client, url).split('<main id="main"')[1]
    pieces = html.split('<span class="tag"')[1:]
    return [piece.split("</span>")[0].rpartition(">")[2].strip() for piece in pieces]


def test_states_of_a_learner(autumn: ClassOf) -> None:
    Cohort.objects.update(late_percent=10, late_cutoff=2)
    day = timedelta(days=1)
    made = [assignment_with_points(autumn.cohort, 40, title=name) for name in "ABCDEF"]
    due = [NOW + day, NOW + day, NOW + day, NOW - day, NOW - 9 * day, NOW - 9 * day]
    for assignment, at in zip(made, due, strict=True):
        DeadlineFactory(cohort=autumn.cohort, assignment=assignment, due_at=at)
    mine = {"membership": autumn.learner}
    SubmissionFactory(assignment=made[1], number=0, submitted_at=None, **mine)
    SubmissionFactory(assignment=made[2], **mine)
    late = SubmissionFactory(assignment=made[3], submitted_at=NOW - day / 2, **mine)
    graded = SubmissionFactory(assignment=made[4], submitted_at=due[4] + day / 2, **mine)
    for one, score in ((late, 30), (graded, 35)):
        said = {"score": score, "submission": one, "graded_at": NOW}
        Grade.objects.create(item=item_of(one.assignment), **mine, **said)
    item = item_of(made[4])
    item.released_at = NOW - day
    item.save()
    assert tags(as_(autumn.learner)) == [
        "Not begun",
        "Draft",
        "Handed in",
        "Handed in",
        "Graded: 31 of 40 points",
        "Not handed in",
    ]
    html = text_of(as_(autumn.learner))
    assert html.count("late by 1 day") == 2
    assert "takes 10% of the points off. Nothing is accepted more than 2 days after" in html


def test_learners_see_what_is_published_and_open(autumn: ClassOf) -> None:
    AssignmentFactory(cohort=autumn.cohort, title="Draft work", published=False)
    later = AssignmentFactory(cohort=autumn.cohort, title="Later work")
    DeadlineFactory(
        cohort=autumn.cohort,
        assignment=later,
        opens_at=NOW + timedelta(days=1),
        due_at=NOW + timedelta(days=9),
    )
    AssignmentFactory(cohort=autumn.other, title="Other work")
    AssignmentFactory(cohort=autumn.cohort, title="Open work")
    html = text_of(as_(autumn.learner))
    assert [name for name in ("Draft", "Later", "Other", "Open") if f"{name} work" in html] == [
        "Open"
    ]
    assert as_(autumn.learner).get(f"{LIST}{later.pk}/").status_code == 404
    assert tags(as_(autumn.observer))[0] == "Draft: learners do not see it"
    assert as_(autumn.observer).get(f"{LIST}{later.pk}/").status_code == 200


def test_the_page_says_when_it_is_due_and_leads_to_the_total(autumn: ClassOf) -> None:
    essay = assignment_with_points(autumn.cohort, released=NOW)
    url = f"{LIST}{essay.pk}/"
    DeadlineFactory(cohort=autumn.cohort, assignment=essay, due_at=NOW + timedelta(days=2))
    learner = as_(autumn.learner)
    said = text_of(learner, url).split("Instructions</h2>")[0]
    assert "<span>Due <time" in said
    assert "/cohorts/autumn/grades/" not in said.split("</nav>")[-1]
    SubmissionFactory(assignment=essay, membership=autumn.learner)
    Grade.objects.create(item=item_of(essay), membership=autumn.learner, score=Decimal(5))
    said = text_of(learner, url).split("Instructions</h2>")[0].split("</nav>")[-1]
    assert "<span>Due <time" not in said
    assert 'href="/cohorts/autumn/grades/"' in said


def test_an_extension_is_ones_own(autumn: ClassOf) -> None:
    deadline = DeadlineFactory(cohort=autumn.cohort, due_at=NOW - timedelta(days=1))
    said = {"due_at": NOW + timedelta(days=1), "reason": "Ill.", "given_at": NOW}
    Extension.objects.create(deadline=deadline, membership=autumn.learner, **said)
    html = text_of(as_(autumn.learner))
    assert "Extended for you" in html
    assert "Past its date" not in html


def test_counts_of_the_staff(autumn: ClassOf) -> None:
    assignment = assignment_with_points(autumn.cohort, title="Essay")
    SubmissionFactory(assignment=assignment, membership=autumn.learner)
    SubmissionFactory(assignment=assignment, membership=autumn.learner, number=2)
    SubmissionFactory(assignment=assignment, membership=autumn.left)
    SubmissionFactory(
        assignment=assignment, membership=autumn.observer, number=0, submitted_at=None
    )
    html = text_of(as_(autumn.assistant))
    assert "1 of 1 handed in" in html
    assert "1 to grade" in html
    assert "Make an assignment" not in html
    newest = Submission.objects.get(number=2)
    graded = {"score": Decimal(9), "submission": newest, "graded_at": NOW}
    Grade.objects.create(item=item_of(assignment), membership=autumn.learner, **graded)
    html = text_of(as_(autumn.teacher))
    assert "to grade" not in html
    assert "Make an assignment" in html


@pytest.mark.parametrize(("who", "number"), [("learner", 9), ("teacher", 7)])
def test_queries_do_not_grow(autumn: ClassOf, who: str, number: int) -> None:
    """Session, user, membership; own: assignments, extensions, submissions, three of the
    gradebook; set: assignments, hand-ins, what waits, learners."""
    client = as_(getattr(autumn, who))
    work = [assignment_with_points(autumn.cohort)]
    DeadlineFactory(cohort=autumn.cohort, assignment=work[0])
    SubmissionFactory(assignment=work[0], membership=autumn.learner)
    client.get(LIST)
    with queries(number):
        client.get(LIST)
    work += [assignment_with_points(autumn.cohort) for _ in range(29)]
    Deadline.objects.bulk_create(
        Deadline(cohort=autumn.cohort, assignment=one, due_at=NOW) for one in work[1:]
    )
    users = User.objects.bulk_create(User(email=f"{n}@example.org") for n in range(299))
    members = Membership.objects.bulk_create(
        Membership(cohort=autumn.cohort, user=user, joined_at=NOW) for user in users
    )
    Submission.objects.bulk_create(
        Submission(assignment=one, membership=member, number=1, saved_at=NOW, submitted_at=NOW)
        for one, member in product(work[:2], members)
    )
    with queries(number):
        assert client.get(LIST).status_code == 200
