from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cohorts.models import Cohort, Deadline, Extension, Membership, Role
from quizzes.attempts.ends import lengthen
from quizzes.attempts.windows import window_of
from quizzes.models import Attempt, Quiz
from tests.class_factories import NOW, ClassOf, MembershipFactory
from tests.cohorts.schedule.planning import due, on
from tests.factories import ConceptFactory, LessonFactory, TrackFactory
from tests.quiz_factories import quiz_with
from tests.quizzes.sql import queries


@pytest.fixture
def quiz(autumn: ClassOf) -> Quiz:
    lesson = LessonFactory(track=TrackFactory(course=autumn.cohort.course))
    concept = ConceptFactory(lesson=lesson)
    return quiz_with(1, concept=concept, mode=Quiz.Mode.GRADED, time_limit=20, title="Q", slug="q")


def bounds(member: Membership, quiz: Quiz) -> tuple[object, object, int]:
    window = window_of(member.user, quiz, NOW)
    return window.opens_at, window.closes_at, window.extra_time


def test_from_release_until_the_cut_off(autumn: ClassOf, quiz: Quiz) -> None:
    due(autumn.cohort, quiz, 3, opens_at=on(-1))
    assert bounds(autumn.learner, quiz) == (on(-1), None, 0)
    Cohort.objects.filter(pk=autumn.cohort.pk).update(late_cutoff=2)
    with queries(1):
        assert bounds(autumn.learner, quiz) == (on(-1), on(5), 0)
    [rule] = window_of(autumn.learner.user, quiz, NOW).rules
    assert rule.of == "Autumn class"
    assert rule.words == (
        "It opens on 20 November 2026 at 09:00. It is due on 24 November 2026 at 09:00. "
        "After that it is late, and taken until 26 November 2026 at 09:00."
    )


def test_nobody_else(autumn: ClassOf, quiz: Quiz, stranger: object) -> None:
    due(autumn.cohort, quiz, 3, opens_at=on(1))
    free = (autumn.left, autumn.removed, autumn.teacher, autumn.observer, autumn.other_teacher)
    assert {bounds(member, quiz) for member in free} == {(None, None, 0)}
    Cohort.objects.update(archived_at=NOW)
    assert bounds(autumn.learner, quiz) == (None, None, 0)


def test_ones_own_extension(autumn: ClassOf, quiz: Quiz) -> None:
    Cohort.objects.update(late_cutoff=0)
    deadline = due(autumn.cohort, quiz, -1)
    Extension.objects.create(
        deadline=deadline, membership=autumn.learner, due_at=on(2), reason="Ill.", given_at=NOW
    )
    other = MembershipFactory(cohort=autumn.cohort)
    assert bounds(autumn.learner, quiz)[1] == on(2)
    assert bounds(other, quiz)[1] == on(-1)
    assert (
        "You have longer than the class: Ill."
        in window_of(autumn.learner.user, quiz, NOW).rules[0].words
    )


def test_extra_time_also_where_nothing_is_due(autumn: ClassOf, quiz: Quiz) -> None:
    Membership.objects.filter(pk=autumn.learner.pk).update(extra_time=50)
    assert bounds(autumn.learner, quiz) == (None, None, 50)


def test_of_several_classes_the_most_generous(autumn: ClassOf, quiz: Quiz) -> None:
    Cohort.objects.update(late_cutoff=0)
    due(autumn.cohort, quiz, -1)
    due(autumn.other, quiz, 4)
    MembershipFactory(cohort=autumn.other, user=autumn.learner.user, extra_time=25)
    assert bounds(autumn.learner, quiz) == (None, on(4), 25)
    assert [rule.of for rule in window_of(autumn.learner.user, quiz, NOW).rules] == [
        "Autumn class",
        "Other class",
    ]


class TestPages:
    def test_closed_until_the_release(self, client: Client, autumn: ClassOf, quiz: Quiz) -> None:
        opens = timezone.now() + timedelta(days=3)
        Deadline.objects.create(cohort=autumn.cohort, quiz=quiz, opens_at=opens)
        client.force_login(autumn.learner.user)
        page = client.get("/quizzes/q/").text
        assert "In Autumn class" in page
        assert "This quiz opens on" in page
        assert "Start the quiz" not in page
        assert client.post("/quizzes/q/start/").status_code == 409
        assert not Attempt.objects.exists()

    def test_an_attempt_ends_with_the_class_and_with_extra_time(
        self, client: Client, autumn: ClassOf, quiz: Quiz
    ) -> None:
        Membership.objects.filter(pk=autumn.learner.pk).update(extra_time=50)
        client.force_login(autumn.learner.user)
        page = client.get("/quizzes/q/").text
        assert "Start the quiz: 30 minutes" in page
        assert "30 minutes, with your extra time; 20 for others" in page
        client.post("/quizzes/q/start/")
        attempt = Attempt.objects.get()
        assert attempt.deadline_at == attempt.started_at + timedelta(minutes=30)
        attempt.delete()
        ends = timezone.now() + timedelta(minutes=5)
        due(autumn.cohort, quiz, 0, due_at=ends)
        Cohort.objects.update(late_cutoff=0)
        client.post("/quizzes/q/start/")
        assert Attempt.objects.get().deadline_at == ends


class TestLengthen:
    def test_a_running_attempt_gets_the_later_end(self, autumn: ClassOf, quiz: Quiz) -> None:
        Cohort.objects.update(late_cutoff=0)
        deadline = due(autumn.cohort, quiz, 0, due_at=NOW + timedelta(minutes=5))
        attempt = Attempt.objects.create(
            user=autumn.learner.user,
            quiz=quiz,
            seed=1,
            started_at=NOW,
            deadline_at=NOW + timedelta(minutes=5),
        )
        assert not lengthen(user=autumn.learner.user, quiz=quiz, now=NOW)
        deadline.due_at = on(1)
        deadline.save()
        assert lengthen(user=autumn.learner.user, quiz=quiz, now=NOW)
        attempt.refresh_from_db()
        assert attempt.deadline_at == NOW + timedelta(minutes=20)
        over = NOW + timedelta(minutes=21)
        assert not lengthen(user=autumn.learner.user, quiz=quiz, now=over)


def test_a_role_that_is_no_learners_is_not_locked(autumn: ClassOf, quiz: Quiz) -> None:
    due(autumn.cohort, quiz, 3, opens_at=on(1))
    Membership.objects.filter(pk=autumn.learner.pk).update(role=Role.ASSISTANT)
    assert bounds(autumn.learner, quiz) == (None, None, 0)
