"""One of everything in a class, to open by its address."""

from collections.abc import Callable, Iterable
from typing import Any

from cohorts.models import Cohort, Membership, Note, Role
from tests.class_factories import NOW, CategoryFactory, ClassOf, GroupFactory
from tests.cohorts.exports.book import waiting_grades
from tests.cohorts.graded import answered, assignment_with_points, free_quiz, handed_in, item_of
from tests.cohorts.people.factories import InvitationFactory, waiting_list
from tests.cohorts.schedule.planning import extension_of
from tests.cohorts.talk.factories import (
    AnnouncementFactory,
    PostFactory,
    ReportFactory,
    ThreadFactory,
)
from tests.cohorts.work.handed import file_of
from tests.factories import CourseFactory, LessonFactory


def of_own_course(cohort: Cohort) -> Cohort:
    """`cohort`; the class that is not walked gets a course of its own, and what belongs to it."""
    if cohort.slug == "other":
        cohort.course = CourseFactory(slug="other-course")
        cohort.save(update_fields=["course"])
    return cohort


def note_about(learner: Membership) -> int:
    """Written by the owner of the class."""
    owner = Membership.objects.get(cohort=learner.cohort, role=Role.OWNER)
    note = Note.objects.create(membership=learner, author=owner.user, body="A note", written_at=NOW)
    return note.pk


# By the name of the part in the address: what makes one in `cohort`, for `learner` where it is
# somebody's, and gives what stands in the address. Called for the class walked and for another.
Maker = Callable[..., Any]
MAKERS: dict[str, Maker] = {
    "cohort": lambda cohort, learner: cohort.slug,
    "member": lambda cohort, learner: learner.pk,
    "group": lambda cohort, learner: GroupFactory(cohort=cohort).pk,
    "invitation": lambda cohort, learner: InvitationFactory(cohort=cohort).pk,
    "import_id": lambda cohort, learner: waiting_list(cohort).pk,
    "upload": lambda cohort, learner: waiting_grades(cohort).pk,
    "note": lambda cohort, learner: note_about(learner),
    "code": lambda cohort, learner: cohort.join_code,
    "announcement": lambda cohort, learner: AnnouncementFactory(cohort=cohort).pk,
    "thread": lambda cohort, learner: ThreadFactory(cohort=cohort, author=learner.user).pk,
    "post": lambda cohort, learner: PostFactory(thread__cohort=cohort, author=learner.user).pk,
    "report": lambda cohort, learner: ReportFactory(thread__cohort=cohort).pk,
    "lesson": lambda cohort, learner: LessonFactory(track__course=cohort.course).pk,
    "token": lambda cohort, learner: "a-token-of-nobody",
    "extension": lambda cohort, learner: extension_of(learner).pk,
    "assignment": lambda cohort, learner: assignment_with_points(cohort).pk,
    "file": lambda cohort, learner: file_of(handed_in(assignment_with_points(cohort), learner)).pk,
    "submission": lambda cohort, learner: handed_in(assignment_with_points(cohort), learner).pk,
    "item": lambda cohort, learner: item_of(assignment_with_points(cohort)).pk,
    "category": lambda cohort, learner: CategoryFactory(cohort=cohort).pk,
    "response": lambda cohort, learner: answered(free_quiz(cohort), learner).pk,
    "attempt": lambda cohort, learner: answered(free_quiz(cohort), learner).attempt_id,
    "quiz": lambda cohort, learner: free_quiz(of_own_course(cohort)).slug,
    "question": lambda cohort, learner: free_quiz(of_own_course(cohort)).questions.get().pk,
}
# Parts that name nothing of a class: the same thing, whoever asks.
PUBLIC = {"cohort", "code", "token", "lesson"}


def names_in(autumn: ClassOf, parts: Iterable[str]) -> dict[str, Any]:
    return {part: MAKERS[part](autumn.cohort, autumn.learner) for part in parts}
