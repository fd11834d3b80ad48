from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses import progress, standing
from courses.mastery import Mastery
from courses.pages.course import ConceptLine, LessonLine, TrackPage, course_page
from courses.standing import Progress, State, walk
from tests.factories import ConceptFactory, LessonFactory, TrackFactory

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def track(lessons: int) -> TrackPage:
    return TrackPage(
        id=1,
        slug="t",
        title="T",
        url="/t/",
        icon="",
        tagline="",
        summary="",
        optional=False,
        lessons=tuple(
            LessonLine(n, f"L{n}", f"/t/{n}/", "", 40, tuple(concepts(n)))
            for n in range(1, lessons + 1)
        ),
    )


def concepts(lesson: int) -> list[ConceptLine]:
    return [ConceptLine(lesson * 10 + n, f"c{n}", f"C{n}") for n in range(4)]


def row(lesson: int, minutes: int = 0, *, done: bool = False) -> Progress:
    at = NOW + timedelta(minutes=minutes)
    return Progress(lesson, at, completed_at=at if done else None)


def states(lessons: int, *rows: Progress) -> str:
    walked = walk(track(lessons), {r.lesson_id: r for r in rows}, frozenset())
    return " ".join(stop.state for stop in walked.stops)


def test_before_the_first_step_the_first_lesson_is_next() -> None:
    assert states(3) == "next later later"


def test_the_lesson_read_last_is_where_one_is() -> None:
    assert states(4, row(1, 1), row(3, 5)) == "later later doing next"


def test_done_lessons_are_done_in_any_order() -> None:
    assert states(4, row(3, done=True)) == "next later done later"


def test_next_is_the_first_open_one_after_the_current() -> None:
    assert states(5, row(2, 1), row(3, 0, done=True)) == "later doing done next later"


def test_at_the_last_lesson_nothing_is_next() -> None:
    assert states(2, row(1, done=True), row(2, 1)) == "done doing"


def test_all_done() -> None:
    walked = walk(track(2), {n: row(n, done=True) for n in (1, 2)}, frozenset())
    assert (walked.done, walked.share, walked.here, walked.minutes_left) == (2, 1.0, None, 0)


def test_an_empty_track_has_no_share() -> None:
    walked = walk(track(0), {}, frozenset())
    assert (walked.share, walked.here) == (0.0, None)


def test_continue_at_the_first_open_concept() -> None:
    walked = walk(track(1), {1: row(1)}, frozenset({10, 12}))
    stop = walked.stops[0]
    assert stop.continue_at == ConceptLine(11, "c1", "C1")
    assert stop.minutes_left == 20


def test_here_prefers_the_begun_lesson() -> None:
    walked = walk(track(3), {3: row(3)}, frozenset())
    assert walked.here is walked.stops[2]
    assert walked.here.state is State.DOING


@pytest.mark.django_db
@pytest.mark.parametrize("tracks", [1, 3])
def test_deeds_take_one_query_however_many(
    learner: User, tracks: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(tracks):
        for lesson in LessonFactory.create_batch(3, track=TrackFactory()):
            progress.tick_concept(user=learner, concept=ConceptFactory(lesson=lesson), now=NOW)
    page = course_page("llm-course", NOW)
    assert page is not None
    with django_assert_num_queries(1):
        deeds = standing.deeds_on(learner, page.id)
    assert [trail.ticked for trail in deeds.trails(page.tracks)] == [3] * tracks
    assert set(deeds.ticks.values()) == {NOW}
    assert deeds.enrolled


@pytest.mark.django_db
def test_deeds_are_ones_own_on_one_course(learner: User, stranger: User) -> None:
    here, elsewhere = ConceptFactory(), ConceptFactory(lesson__track__course__slug="other")
    progress.tick_concept(user=stranger, concept=here, now=NOW)
    progress.tick_concept(user=learner, concept=elsewhere, now=NOW)
    deeds = standing.deeds_on(learner, here.lesson.track.course_id)
    assert (deeds.progress, deeds.ticks, deeds.enrolled) == ({}, {}, False)


@pytest.mark.django_db
def test_who_has_left_is_not_enrolled(learner: User) -> None:
    concept = ConceptFactory()
    course = concept.lesson.track.course
    progress.tick_concept(user=learner, concept=concept, now=NOW)
    progress.leave(user=learner, course=course, now=NOW)
    deeds = standing.deeds_on(learner, course.pk)
    assert (set(deeds.ticks), deeds.enrolled) == ({concept.pk}, False)


@pytest.mark.django_db
def test_progress_is_read_as_it_was_written(learner: User) -> None:
    concept = ConceptFactory()
    lesson = concept.lesson
    progress.quiz_finished(user=learner, lesson=lesson, score=0.75, passed=True, now=NOW)
    progress.mark_done(user=learner, lesson=lesson, now=NOW)
    deeds = standing.deeds_on(learner, lesson.track.course_id)
    assert deeds.progress == {
        # The lesson itself was never opened.
        lesson.pk: Progress(lesson.pk, NOW, 0, 0.75, NOW, NOW, by_hand=True)
    }


@pytest.mark.django_db
def test_a_visitor_costs_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert standing.deeds_on(AnonymousUser(), 1) is standing.NOTHING


def test_a_done_lesson_with_a_card_due_is_due() -> None:
    concept = concepts(1)[0].id
    known = {concept: Mastery(0.5, 3, due=1), concepts(2)[1].id: Mastery(0.75, 2)}
    rows = {n: row(n, done=True) for n in (1, 2)}
    walked = walk(track(3), rows, frozenset(), known)
    assert [stop.state for stop in walked.stops] == [State.DUE, State.DONE, State.NEXT]
    assert [stop.mastery for stop in walked.stops] == [*known.values(), None]
    assert (walked.done, walked.minutes_left) == (2, 40)


def test_a_card_due_changes_nothing_else() -> None:
    known = {concepts(1)[0].id: Mastery(0.8, 3, due=1)}
    walked = walk(track(2), {1: row(1)}, frozenset(), known)
    assert [stop.state for stop in walked.stops] == [State.DOING, State.NEXT]
