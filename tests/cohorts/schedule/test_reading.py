from datetime import timedelta
from typing import Any

import pytest

from cohorts.models import Extension
from cohorts.schedule.reading import dates_for, plan_of, schedule_for, schedule_of, upcoming
from courses.models import LessonProgress, Status
from quizzes.models import Attempt, Quiz
from tests.class_factories import NOW, ClassOf, MembershipFactory, SubmissionFactory
from tests.cohorts.schedule.planning import due, lesson_in, on, quiz_in, work_in
from tests.factories import TrackFactory
from tests.quizzes.sql import queries


def titles(planned: Any) -> list[str]:
    return [one.thing.title for one in planned]


@pytest.fixture
def term(autumn: ClassOf) -> ClassOf:
    """A lesson, its quiz and an assignment under it, another lesson, an assignment of none."""
    first = lesson_in(autumn.cohort, "First", position=1)
    second = lesson_in(autumn.cohort, "Second", position=2)
    due(autumn.cohort, work_in(autumn.cohort, "Project"), 30)
    due(autumn.cohort, work_in(autumn.cohort, "Essay", lesson=first), 5)
    due(autumn.cohort, second, 10)
    due(autumn.cohort, quiz_in(autumn.cohort, "Quiz", lesson=first), 3)
    due(autumn.cohort, first, 2)
    work_in(autumn.cohort, "Whenever")
    return autumn


IN_ORDER = ["First", "Quiz", "Essay", "Second", "Project"]


def test_in_the_order_of_the_course(term: ClassOf) -> None:
    with queries(1):
        found = schedule_of(term.cohort)
    assert titles(found) == IN_ORDER
    assert [one.thing.track for one in found] == ["Scientist"] * 4 + [""]
    first, quiz = term.cohort.deadlines.get(lesson__title="First").lesson, Quiz.objects.get()
    assert [one.thing.url for one in found[:2]] == [
        first.get_absolute_url(),
        quiz.get_absolute_url(),
    ]
    with queries(4):
        assert titles(plan_of(term.cohort)) == [*IN_ORDER, "Whenever"]


def test_what_left_the_course_is_on_no_schedule(term: ClassOf) -> None:
    lesson = lesson_in(term.cohort, "Old")
    due(term.cohort, quiz_in(term.cohort, "Quiz of old", lesson=lesson), 3)
    due(term.cohort, lesson, 3)
    lesson.status = Status.ARCHIVED
    lesson.save()
    due(term.cohort, quiz_in(term.cohort, "Old quiz", status=Status.ARCHIVED), 3)
    gone = TrackFactory(archived=True)
    due(term.cohort, lesson_in(term.cohort, "Of an old track", track=gone), 3)
    assert titles(schedule_of(term.cohort)) == IN_ORDER
    assert set(titles(plan_of(term.cohort))) & {"Old", "Old quiz", "Of an old track"} == set()


def test_of_another_class_is_nothing(term: ClassOf) -> None:
    assert schedule_of(term.other) == ()
    assert upcoming(term.other_teacher, NOW) == ()


def test_ones_own_dates(term: ClassOf) -> None:
    essay = term.cohort.assignments.get(title="Essay")
    given = {"reason": "Ill.", "given_at": NOW}
    Extension.objects.create(
        deadline=essay.deadline, membership=term.learner, due_at=on(9), **given
    )
    other = MembershipFactory(cohort=term.cohort)
    with queries(1):
        mine = dates_for(term.learner)
    assert (mine["assignment", essay.pk].due_at, mine["assignment", essay.pk].extended) == (
        on(9),
        True,
    )
    assert dates_for(other)["assignment", essay.pk].due_at == on(5)
    found = {one.thing.title: one.reason for one in schedule_for([term.learner])}
    assert found == {"First": "", "Quiz": "", "Essay": "Ill.", "Second": "", "Project": ""}


def test_over_several_classes_in_one_query(term: ClassOf) -> None:
    there = MembershipFactory(cohort=term.other, user=term.learner.user)
    due(term.other, work_in(term.other, "Elsewhere"), 1)
    with queries(1):
        found = schedule_for([term.learner, there])
    assert titles(found) == [*IN_ORDER[:4], "Project", "Elsewhere"]
    assert found[-1].cohort == term.other
    with queries(0):
        assert schedule_for([]) == ()


def test_only_graded_quizzes_and_assignments_close(term: ClassOf) -> None:
    term.cohort.late_cutoff = 2
    due(term.cohort, quiz_in(term.cohort, "Practice", mode=Quiz.Mode.PRACTICE), 1)
    closing = {one.thing.title for one in schedule_of(term.cohort) if one.dates.closes_at}
    assert closing == {"Quiz", "Essay", "Project"}


class TestUpcoming:
    def test_the_soonest_first(self, term: ClassOf) -> None:
        assert titles(upcoming(term.learner, NOW, 3)) == ["First", "Quiz", "Essay"]
        assert titles(upcoming(term.learner, NOW)) == [
            "First",
            "Quiz",
            "Essay",
            "Second",
            "Project",
        ]

    def test_not_what_is_done(self, term: ClassOf) -> None:
        user, lesson = term.learner.user, term.cohort.deadlines.get(lesson__title="First").lesson
        LessonProgress.objects.create(
            user=user, lesson=lesson, started_at=NOW, last_read_at=NOW, completed_at=NOW
        )
        quiz = Quiz.objects.get()
        Attempt.objects.create(
            user=user, quiz=quiz, seed=1, started_at=NOW, submitted_at=NOW, score=0.0
        )
        SubmissionFactory(
            assignment=term.cohort.assignments.get(title="Essay"), membership=term.learner
        )
        assert titles(upcoming(term.learner, NOW)) == ["Second", "Project"]
        other = MembershipFactory(cohort=term.cohort)
        assert len(upcoming(other, NOW)) == 5

    def test_what_was_missed_while_it_is_accepted(self, term: ClassOf) -> None:
        later = on(5) + timedelta(days=1)
        found = upcoming(term.learner, later)
        assert [(one.thing.title, one.is_late(later)) for one in found] == [
            ("First", True),
            ("Quiz", True),
            ("Essay", True),
            ("Second", False),
            ("Project", False),
        ]
        term.learner.cohort.late_cutoff = 2
        assert titles(upcoming(term.learner, later)) == ["First", "Essay", "Second", "Project"]
        assert titles(upcoming(term.learner, on(20))) == ["Second", "Project"]

    def test_what_was_missed_leaves_room_for_what_comes(self, term: ClassOf) -> None:
        for days in (20, 21, 22):
            due(term.cohort, work_in(term.cohort, f"In {days}"), days)
        found = titles(upcoming(term.learner, on(6), 4))
        assert found == ["Quiz", "Essay", "Second", "In 20"]

    def test_the_staff_see_what_is_due_to_the_class(self, term: ClassOf) -> None:
        draft = work_in(term.cohort, "Draft", published=False)
        due(term.cohort, draft, 1)
        assert titles(upcoming(term.observer, on(4))) == ["Essay", "Second", "Project"]
        assert titles(upcoming(term.observer, NOW, 2)) == ["Draft", "First"]
        assert "Draft" not in titles(upcoming(term.learner, NOW, 20))

    def test_no_address_of_an_assignment_that_is_not_open(self, term: ClassOf) -> None:
        later = work_in(term.cohort, "Later")
        due(term.cohort, later, 1, opens_at=on(0.5))
        address = f"/cohorts/autumn/assignments/{later.pk}/"
        for member, at, url in (
            (term.learner, NOW, ""),
            (term.learner, on(0.5), address),
            (term.observer, NOW, address),
        ):
            [found] = [one for one in upcoming(member, at) if one.thing.title == "Later"]
            assert (found.thing.url, found.thing.key) == (url, ("assignment", later.pk))
        assert all(one.thing.url for one in upcoming(term.learner, NOW) if one.thing.id != later.pk)

    def test_nothing_of_a_lesson_that_learners_do_not_see(self, term: ClassOf) -> None:
        hidden = lesson_in(term.cohort, "Not yet", publish_at=on(8))
        due(term.cohort, hidden, 9)
        assert "Not yet" not in titles(upcoming(term.learner, NOW, 20))
        assert "Not yet" in titles(upcoming(term.learner, on(8), 20))
