from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses import progress
from courses.models import ConceptTick, Course, Enrolment, Lesson, LessonProgress, ReferenceTick
from tests.factories import ConceptFactory, LessonFactory, ReferenceFactory

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson() -> Lesson:
    lesson = LessonFactory()
    ConceptFactory.create_batch(2, lesson=lesson)
    return lesson


def course_of(lesson: Lesson) -> Course:
    return lesson.track.course


def tick_all(user: User, lesson: Lesson) -> LessonProgress:
    rows = [
        progress.tick_concept(user=user, concept=concept, now=NOW)
        for concept in lesson.concepts.all()
    ]
    return rows[-1]


def test_enrolling_twice_is_enrolling_once(learner: User, lesson: Lesson) -> None:
    progress.enrol(user=learner, course=course_of(lesson), now=NOW)
    progress.enrol(user=learner, course=course_of(lesson), now=LATER)
    assert Enrolment.objects.get().enrolled_at == NOW


def test_who_left_and_comes_back_finds_their_ticks(learner: User, lesson: Lesson) -> None:
    tick_all(learner, lesson)
    progress.leave(user=learner, course=course_of(lesson), now=LATER)
    assert not Enrolment.objects.active().exists()
    progress.enrol(user=learner, course=course_of(lesson), now=LATER)
    assert Enrolment.objects.active().get().enrolled_at == NOW
    assert ConceptTick.objects.count() == 2


def test_leaving_takes_only_oneself_off(learner: User, stranger: User, lesson: Lesson) -> None:
    progress.enrol(user=learner, course=course_of(lesson), now=NOW)
    progress.enrol(user=stranger, course=course_of(lesson), now=NOW)
    progress.leave(user=learner, course=course_of(lesson), now=LATER)
    assert Enrolment.objects.active().get().user == stranger


def test_a_tick_enrols(learner: User, lesson: Lesson) -> None:
    progress.tick_concept(user=learner, concept=lesson.concepts.all()[0], now=NOW)
    assert Enrolment.objects.active().get().user == learner


def test_all_concepts_and_the_quiz_make_a_lesson_done(learner: User, lesson: Lesson) -> None:
    assert tick_all(learner, lesson).completed_at is None
    row = progress.quiz_finished(user=learner, lesson=lesson, score=0.8, passed=True, now=LATER)
    assert row.completed_at == LATER


def test_the_order_does_not_matter(learner: User, lesson: Lesson) -> None:
    progress.quiz_finished(user=learner, lesson=lesson, score=0.8, passed=True, now=NOW)
    assert tick_all(learner, lesson).completed_at == NOW


def test_a_failed_quiz_is_not_enough(learner: User, lesson: Lesson) -> None:
    tick_all(learner, lesson)
    row = progress.quiz_finished(user=learner, lesson=lesson, score=0.6, passed=False, now=NOW)
    assert row.completed_at is None
    assert row.quiz_score == 0.6


def test_a_lesson_without_a_quiz_is_done_by_its_concepts(learner: User, lesson: Lesson) -> None:
    lesson.quiz_required = False
    lesson.save()
    assert tick_all(learner, Lesson.objects.get()).completed_at == NOW


def test_a_lesson_without_concepts_is_not_done_by_itself(learner: User) -> None:
    empty = LessonFactory(quiz_required=False)
    assert progress.settle(user=learner, lesson=empty, now=NOW).completed_at is None


def test_an_archived_concept_does_not_count(learner: User, lesson: Lesson) -> None:
    ConceptFactory(lesson=lesson, archived=True)
    progress.quiz_finished(user=learner, lesson=lesson, score=1, passed=True, now=NOW)
    for concept in lesson.concepts.current():
        row = progress.tick_concept(user=learner, concept=concept, now=NOW)
    assert row.completed_at == NOW


def test_unticking_takes_done_back(learner: User, lesson: Lesson) -> None:
    progress.quiz_finished(user=learner, lesson=lesson, score=1, passed=True, now=NOW)
    tick_all(learner, lesson)
    row = progress.untick_concept(user=learner, concept=lesson.concepts.all()[0], now=LATER)
    assert row.completed_at is None
    assert row.quiz_passed_at == NOW


def test_marking_by_hand_and_taking_it_back(learner: User, lesson: Lesson) -> None:
    row = progress.mark_done(user=learner, lesson=lesson, now=NOW)
    assert (row.by_hand, row.completed_at) == (True, NOW)
    row = progress.unmark_done(user=learner, lesson=lesson, now=LATER)
    assert (row.by_hand, row.completed_at) == (False, None)


def test_taking_the_mark_back_leaves_what_the_rule_says(learner: User, lesson: Lesson) -> None:
    progress.quiz_finished(user=learner, lesson=lesson, score=1, passed=True, now=NOW)
    tick_all(learner, lesson)
    progress.mark_done(user=learner, lesson=lesson, now=LATER)
    row = progress.unmark_done(user=learner, lesson=lesson, now=LATER)
    assert row.completed_at == NOW


def test_unticking_does_not_undo_a_mark_made_by_hand(learner: User, lesson: Lesson) -> None:
    progress.mark_done(user=learner, lesson=lesson, now=NOW)
    row = progress.untick_concept(user=learner, concept=lesson.concepts.all()[0], now=LATER)
    assert row.completed_at == NOW


def test_the_best_score_and_the_first_pass_stay(learner: User, lesson: Lesson) -> None:
    progress.quiz_finished(user=learner, lesson=lesson, score=0.9, passed=True, now=NOW)
    row = progress.quiz_finished(user=learner, lesson=lesson, score=0.2, passed=False, now=LATER)
    assert (row.quiz_score, row.quiz_passed_at) == (0.9, NOW)


def test_a_score_may_replace_a_better_one_and_the_pass_stays(learner: User, lesson: Lesson) -> None:
    progress.quiz_finished(user=learner, lesson=lesson, score=0.9, passed=True, now=NOW)
    progress.quiz_finished(
        user=learner, lesson=lesson, score=0.2, passed=False, now=LATER, replaces=True
    )
    row = LessonProgress.objects.get()
    assert (row.quiz_score, row.quiz_passed_at) == (0.2, NOW)


def test_a_quiz_enrols_who_was_never_on_the_course(learner: User, lesson: Lesson) -> None:
    progress.quiz_finished(user=learner, lesson=lesson, score=1, passed=True, now=NOW)
    assert list(Enrolment.objects.active()) == [Enrolment.objects.get(user=learner)]


def test_a_quiz_counts_for_who_has_left_and_enrols_nobody_again(
    learner: User, lesson: Lesson
) -> None:
    progress.enrol(user=learner, course=course_of(lesson), now=NOW)
    progress.leave(user=learner, course=course_of(lesson), now=NOW)
    row = progress.quiz_finished(user=learner, lesson=lesson, score=1, passed=True, now=LATER)
    assert (row.quiz_score, row.quiz_passed_at) == (1, LATER)
    assert not Enrolment.objects.active().exists()


def test_ticking_twice_keeps_the_first_time(learner: User, lesson: Lesson) -> None:
    concept = lesson.concepts.all()[0]
    progress.tick_concept(user=learner, concept=concept, now=NOW)
    progress.tick_concept(user=learner, concept=concept, now=LATER)
    assert ConceptTick.objects.get().ticked_at == NOW


def test_one_learners_ticks_are_not_anothers(learner: User, stranger: User, lesson: Lesson) -> None:
    tick_all(learner, lesson)
    row = progress.quiz_finished(user=stranger, lesson=lesson, score=1, passed=True, now=NOW)
    assert row.completed_at is None


def test_reading_again_soon_is_not_worth_noting(learner: User, lesson: Lesson) -> None:
    assert progress.is_worth_noting(None, 1, NOW)
    progress.read_lesson(user=learner, lesson_id=lesson.pk, version=1, now=NOW)
    row = LessonProgress.objects.get()
    assert not progress.is_worth_noting(row, 1, NOW + timedelta(minutes=10))
    assert progress.is_worth_noting(row, 1, NOW + timedelta(minutes=11))
    assert progress.is_worth_noting(row, 2, NOW)


def test_reading_again_keeps_the_start(learner: User, lesson: Lesson) -> None:
    progress.read_lesson(user=learner, lesson_id=lesson.pk, version=1, now=NOW)
    progress.read_lesson(user=learner, lesson_id=lesson.pk, version=3, now=LATER)
    row = LessonProgress.objects.get()
    assert (row.started_at, row.last_read_at, row.version_read) == (NOW, LATER, 3)


def test_references_are_set_at_once(learner: User, lesson: Lesson) -> None:
    one, two, three = ReferenceFactory.create_batch(3, lesson=lesson)
    progress.tick_reference(user=learner, reference=one, now=NOW)
    progress.set_references(user=learner, shown=[one, two], ticked=[two], now=NOW)
    progress.tick_reference(user=learner, reference=three, now=NOW)
    assert set(ReferenceTick.objects.values_list("reference_id", flat=True)) == {two.pk, three.pk}


def test_leaving_before_the_clock_of_enrolling(learner: User, lesson: Lesson) -> None:
    course = lesson.track.course
    progress.enrol(user=learner, course=course, now=LATER)
    progress.leave(user=learner, course=course, now=NOW)
    assert Enrolment.objects.get().left_at == LATER


@pytest.mark.parametrize("number", [1, 3])
def test_setting_references_costs_five_queries(
    learner: User, lesson: Lesson, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    shown = ReferenceFactory.create_batch(2 * number, lesson=lesson)
    progress.enrol(user=learner, course=lesson.track.course, now=NOW)
    # savepoint and its end, ticks taken back, ticks set, enrolment
    with django_assert_num_queries(5):
        progress.set_references(user=learner, shown=shown, ticked=shown[:number], now=NOW)
