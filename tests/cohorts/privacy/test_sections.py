"""Every section of `cohorts.privacy`, over somebody who has one of everything."""

import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.erasure import erase
from accounts.models import User
from accounts.privacy import sections
from cohorts import privacy
from cohorts.gradebook.items import add_item
from cohorts.grading.answers import grade_answer
from cohorts.models import (
    Announcement,
    CalendarFeed,
    Cohort,
    Criterion,
    Extension,
    GradeItem,
    Invitation,
    LogEntry,
    MailPreferences,
    Membership,
    Note,
    PendingImport,
    Post,
    Reminder,
    Report,
    RubricMark,
    Submission,
    SubmissionFile,
    Thread,
)
from quizzes.models import Attempt
from tests.class_factories import (
    NOW,
    AssignmentFactory,
    CohortFactory,
    DeadlineFactory,
    GradeFactory,
    GradeItemFactory,
    GroupFactory,
    MembershipFactory,
    SubmissionFactory,
)
from tests.cohorts.graded import answered, free_quiz
from tests.factories import LessonFactory
from tests.people import teacher

pytestmark = pytest.mark.django_db

OURS = [*privacy.OWN, *privacy.WRITTEN, *privacy.DEEDS]
SOON = NOW + timedelta(days=7)


def rows(user: User) -> dict[str, list[Any]]:
    return {section.slug: list(section.rows(user)) for section in OURS}


def give_everything(user: User, cohort: Cohort) -> Membership:
    """One of everything that is kept, by and about `user`."""
    member = MembershipFactory(
        cohort=cohort, user=user, group=GroupFactory(cohort=cohort, name="Lab"), number="4711"
    )
    assignment = AssignmentFactory(cohort=cohort, title="Essay")
    hand_in(member, SubmissionFactory(assignment=assignment, membership=member))
    item = GradeItemFactory(category__cohort=cohort, title="Project")
    grade = GradeFactory(item=item, membership=member, feedback="Clear.", graded_by=user)
    criterion = Criterion.objects.create(assignment=assignment, title="Argument")
    RubricMark.objects.create(grade=grade, criterion=criterion, points=Decimal(3), comment="Yes.")
    deadline = DeadlineFactory(cohort=cohort, assignment=assignment)
    late: dict[str, Any] = {"deadline": deadline, "membership": member, "due_at": SOON}
    Extension.objects.create(**late, reason="Ill.", given_by=user, given_at=NOW)
    Reminder.objects.create(**late, sent_at=NOW)
    Note.objects.create(membership=member, author=user, body="Works a lot.", written_at=NOW)
    log_of(user, member, item)
    say(user, cohort)
    Invitation.objects.create(
        cohort=cohort,
        email=user.email,
        token=uuid4().hex,
        invited_by=user,
        invited_at=NOW,
        expires_at=SOON,
    )
    kept: dict[str, Any] = {"id": uuid4(), "cohort": cohort, "kind": "roster", "data": []}
    PendingImport.objects.create(**kept, file_name="list.csv", made_by=user, made_at=NOW)
    return member


def hand_in(member: Membership, work: Submission) -> None:
    SubmissionFile.objects.create(
        submission=work, file="x", name="essay.pdf", size=3, sha256="0", uploaded_at=NOW
    )


def log_of(user: User, member: Membership, item: GradeItem) -> None:
    said: dict[str, Any] = {"cohort": member.cohort, "at": NOW, "actor": user, "about": member}
    values = {"before": "Learner", "after": "Observer", "reason": "Asked for it."}
    LogEntry.objects.create(**said, **values, kind="people", what="Role")
    LogEntry.objects.create(**said, **values, kind="grades", what="Project", item=item)
    values = {"before": "Spring", "after": "Autumn"}
    LogEntry.objects.create(
        cohort=member.cohort, at=NOW, actor=user, kind="class", what="Name", **values
    )


def say(user: User, cohort: Cohort) -> None:
    said: dict[str, Any] = {"author": user, "body": "Text."}
    Announcement.objects.create(**said, cohort=cohort, title="Hello", post_at=NOW)
    thread = Thread.objects.create(
        **said,
        cohort=cohort,
        lesson=LessonFactory(title="Tokens"),
        title="Why?",
        created_at=NOW,
        last_at=NOW,
    )
    post = Post.objects.create(**said, thread=thread, created_at=NOW)
    reported: dict[str, Any] = {"thread": thread, "post": post, "by": user, "made_at": NOW}
    Report.objects.create(**reported, reason="Rude.", settled_at=NOW, settled_by=user)


@pytest.fixture
def autumn_of(learner: User) -> Membership:
    CalendarFeed.objects.create(user=learner, token="secret-token", made_at=NOW)
    MailPreferences.objects.create(user=learner, reminders=False)
    return give_everything(learner, CohortFactory(name="Autumn"))


def test_own(autumn_of: Membership, learner: User) -> None:
    found = rows(learner)
    own = {section.slug: found[section.slug] for section in privacy.OWN}
    assert own == {
        "classes": [
            {
                "class": "Autumn",
                "term": "",
                "role": "Learner",
                "group": "Lab",
                "name_in_the_class": "",
                "student_number": "4711",
                "extra_time_percent": 0,
                "joined": autumn_of.joined_at,
                "left": None,
                "removed": False,
            }
        ],
        "class-work": [
            {
                "class": "Autumn",
                "assignment": "Essay",
                "number": 1,
                "saved": NOW - timedelta(days=1),
                "handed_in": NOW - timedelta(days=1),
                "text": "My work.",
                "link": "",
                "files": [{"name": "essay.pdf", "bytes": 3, "uploaded": NOW}],
            }
        ],
        "class-grades": [
            {
                "class": "Autumn",
                "item": "Project",
                "out_of": "100.00",
                "points": "80.00",
                "changed_to": None,
                "excused": False,
                "reason": "",
                "feedback": "Clear.",
                "graded": NOW - timedelta(hours=2),
                "marks": [
                    {"criterion": "Argument", "level": None, "points": "3.00", "comment": "Yes."}
                ],
            }
        ],
        "class-extensions": [
            {"class": "Autumn", "for": "Essay", "due": SOON, "reason": "Ill.", "given": NOW}
        ],
        "class-reminders": [{"class": "Autumn", "of": "Essay", "due": SOON, "sent": NOW}],
        "class-notes-about": [{"class": "Autumn", "written": NOW, "note": "Works a lot."}],
        "class-log-about": [
            {
                "class": "Autumn",
                "at": NOW,
                "change": "Role",
                "before": "Learner",
                "after": "Observer",
                "reason": "Asked for it.",
            },
            {
                "class": "Autumn",
                "at": NOW,
                "change": "Project",
                "before": "Learner",
                "after": "Observer",
                "reason": "Asked for it.",
            },
        ],
        "class-invitations": [
            {
                "class": "Autumn",
                "email": "yi-ting@example.org",
                "role": "Learner",
                "group": None,
                "name_in_the_class": "",
                "student_number": "",
                "invited": NOW,
                "valid_until": SOON,
                "accepted": None,
            }
        ],
        "class-calendar": [{"made": NOW}],
        "class-mail": [
            {"announcements": True, "reminders": False, "replies": True, "grades": True}
        ],
    }


@pytest.mark.usefixtures("autumn_of")
def test_written_and_done(learner: User) -> None:
    found = rows(learner)
    assert {
        section.slug: found[section.slug] for section in (*privacy.WRITTEN, *privacy.DEEDS)
    } == {
        "class-questions": [
            {
                "class": "Autumn",
                "lesson": "Tokens",
                "concept": None,
                "question": "Why?",
                "text": "Text.",
                "asked": NOW,
                "edited": None,
                "resolved": None,
                "hidden": None,
            }
        ],
        "class-answers": [
            {
                "class": "Autumn",
                "question": "Why?",
                "answer": "Text.",
                "written": NOW,
                "edited": None,
                "hidden": None,
                "pinned": False,
            }
        ],
        "class-announcements": [
            {
                "class": "Autumn",
                "title": "Hello",
                "text": "Text.",
                "posted": NOW,
                "edited": None,
                "mailed": None,
            }
        ],
        "class-reports": [
            {
                "class": "Autumn",
                "question": "Why?",
                "reason": "Rude.",
                "reported": NOW,
                "settled": NOW,
            }
        ],
        "class-notes": [{"class": "Autumn", "written": NOW, "note": "Works a lot."}],
        "class-grades-given": [
            {"class": "Autumn", "item": "Project", "graded": NOW - timedelta(hours=2)}
        ],
        "class-extensions-given": [{"class": "Autumn", "for": "Essay", "given": NOW}],
        "class-invitations-sent": [
            {"class": "Autumn", "role": "Learner", "invited": NOW, "accepted": None}
        ],
        "class-uploads": [
            {"class": "Autumn", "kind": "Roster", "file": "list.csv", "uploaded": NOW}
        ],
        "class-reports-settled": [{"class": "Autumn", "question": "Why?", "settled": NOW}],
        "class-log": [
            {"class": "Autumn", "at": NOW, "change": "Role"},
            {"class": "Autumn", "at": NOW, "change": "Project"},
            {
                "class": "Autumn",
                "at": NOW,
                "change": "Name",
                "before": "Spring",
                "after": "Autumn",
            },
        ],
    }


@pytest.mark.usefixtures("autumn_of")
def test_nothing_of_others(stranger: User) -> None:
    assert {slug for slug, found in rows(stranger).items() if found} == set()


@pytest.mark.usefixtures("autumn_of")
@pytest.mark.parametrize("released_at", [None, SOON + timedelta(weeks=9999)])
def test_no_grade_before_its_release(released_at: datetime | None, learner: User) -> None:
    GradeItem.objects.update(released_at=released_at)
    found = rows(learner)
    assert found["class-grades"] == []
    told = {"class": "Autumn", "at": NOW, "change": "A grade"}
    assert found["class-log-about"][1] == told


@pytest.mark.usefixtures("autumn_of")
def test_no_points_of_an_answer_before_its_quiz_tells_them(
    learner: User, autumn_of: Membership
) -> None:
    """The column of a quiz counts as released from the first: the quiz tells when."""
    response = answered(free_quiz(autumn_of.cohort), autumn_of)
    quiz = response.attempt.quiz
    by = teacher()
    item = add_item(cohort=autumn_of.cohort, quiz=quiz, points=Decimal(4), by=by, now=NOW)
    said: dict[str, Any] = {"score": 0.75, "comment": "", "by": by, "now": NOW, "seen": ""}
    grade_answer(response=response, membership=autumn_of, **said)
    said_of_it: dict[str, Any] = {"class": "Autumn", "at": NOW}
    Attempt.objects.update(withheld=True)
    assert rows(learner)["class-log-about"][-1] == said_of_it | {"change": "A grade"}
    Attempt.objects.update(withheld=False)
    said_of_it |= {"change": f"Answer 1 of {quiz.title}", "before": "", "after": "3 of 4"}
    assert rows(learner)["class-log-about"][-1] == said_of_it | {"reason": ""}
    assert item.released_at == NOW


@pytest.mark.usefixtures("autumn_of")
def test_no_address_that_is_a_key(learner: User) -> None:
    assert "secret-token" not in json.dumps(rows(learner), cls=DjangoJSONEncoder)


def test_queries_do_not_grow(learner: User, autumn_of: Membership) -> None:
    with CaptureQueriesContext(
        connection,
    ) as one:
        rows(learner)
    for _ in range(2):
        give_everything(learner, CohortFactory())
    with CaptureQueriesContext(connection) as three:
        rows(learner)
    # One a section, and the files, marks and addresses.
    assert (len(one), len(three)) == (len(OURS) + 3, len(OURS) + 3)


def test_erasing_deletes_what_is_said_to_be_deleted(learner: User, autumn_of: Membership) -> None:
    shared = (Announcement, Thread, Post)
    assert {section.slug for section in OURS} <= {section.slug for section in sections()}
    erase(user=learner)
    gone = (Membership, Submission, Extension, Reminder, Note, Invitation, Report, CalendarFeed)
    assert [model.__name__ for model in gone if model.objects.exists()] == []
    assert [model.objects.get().author for model in shared] == [None, None, None]
    assert {(entry.actor, entry.about) for entry in LogEntry.objects.all()} == {(None, None)}
