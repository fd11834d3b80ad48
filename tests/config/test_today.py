from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from cohorts.models import Extension
from cohorts.schedule.reading import upcoming
from config.today import Deed, today_of
from courses import progress
from courses.models import Course, Lesson
from quizzes.models import Attempt, Quiz, ReviewCard
from tests.class_factories import DeadlineFactory, MembershipFactory, SubmissionFactory
from tests.cohorts.schedule.planning import due, lesson_in, quiz_in, work_in
from tests.factories import ConceptFactory, LessonFactory, TrackFactory
from tests.quiz_factories import QuestionFactory
from tests.quizzes.sql import queries
from tests.review_factories import CardFactory, LogFactory, due_card

NOW = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson() -> Lesson:
    track = TrackFactory(title="The Scientist")
    lesson = LessonFactory(track=track, title="Quantization")
    for name in ("Base techniques", "GGUF"):
        ConceptFactory(lesson=lesson, name=name)
    return lesson


def enrol(user: User, now: datetime = NOW) -> None:
    progress.enrol(user=user, course=Course.objects.get(), now=now)


def taken(user: User, lesson: Lesson, at: datetime) -> Attempt:
    quiz, _ = Quiz.objects.get_or_create(
        slug="q", defaults={"course": lesson.track.course, "lesson": lesson, "title": "Quiz: Q"}
    )
    return Attempt.objects.create(
        id=uuid4(), user=user, quiz=quiz, seed=1, started_at=at, submitted_at=at, score=0.75
    )


def test_continue_where_one_read_last(learner: User, lesson: Lesson) -> None:
    other = LessonFactory(track=TrackFactory())
    enrol(learner)
    progress.read_lesson(user=learner, lesson_id=other.pk, version=1, now=NOW)
    progress.read_lesson(
        user=learner, lesson_id=lesson.pk, version=1, now=NOW + timedelta(minutes=1)
    )
    here = today_of(learner, NOW).courses[0].here
    assert here is not None
    assert here.lesson.title == "Quantization"


def test_who_has_read_nothing_starts_on_a_track_that_is_not_optional(
    learner: User, lesson: Lesson
) -> None:
    optional = TrackFactory(optional=True, position=0)
    LessonFactory(track=optional)
    enrol(learner)
    here = today_of(learner, NOW).courses[0].here
    assert here is not None
    assert here.lesson.id == lesson.pk


def test_who_has_begun_an_optional_track_is_led_on_in_it(learner: User, lesson: Lesson) -> None:
    """As after a placement; and back, once they have done more elsewhere."""
    optional = TrackFactory(optional=True, position=0)
    skipped, following = LessonFactory.create_batch(2, track=optional)
    progress.mark_done(user=learner, lesson=skipped, now=NOW, opened=False)
    LessonFactory(track=lesson.track)
    assert here_of(learner) == following.pk
    progress.mark_done(user=learner, lesson=lesson, now=NOW + timedelta(minutes=1))
    again = NOW + timedelta(minutes=2)
    progress.read_lesson(user=learner, lesson_id=skipped.pk, version=1, now=again)
    assert here_of(learner) not in (following.pk, lesson.pk)


def here_of(user: User) -> int:
    here = today_of(user, NOW).courses[0].here
    assert here is not None
    return here.lesson.id


def test_all_done_leaves_nothing_to_continue(learner: User, lesson: Lesson) -> None:
    progress.mark_done(user=learner, lesson=lesson, now=NOW)
    assert today_of(learner, NOW).courses[0].here is None


def test_ticks_of_a_lesson_are_one_deed(learner: User, lesson: Lesson) -> None:
    for minutes, concept in enumerate(lesson.concepts.all()):
        at = NOW - timedelta(minutes=minutes)
        progress.tick_concept(user=learner, concept=concept, now=at)
    taken(learner, lesson, NOW - timedelta(minutes=5))
    deeds = today_of(learner, NOW).lately
    assert [deed.text for deed in deeds] == [
        "You ticked 2 concepts of Quantization",
        "Quiz: Q: 75%",
    ]


def test_days_are_the_learners_own(learner: User, lesson: Lesson) -> None:
    learner.time_zone = "Asia/Taipei"
    progress.tick_concept(user=learner, concept=lesson.concepts.all()[0], now=NOW)
    week = today_of(learner, NOW).week
    assert [day.studied for day in week] == [False] * 6 + [True]
    assert str(week[-1].day) == "2026-11-22"


def test_reviews_are_studying(learner: User, lesson: Lesson) -> None:
    enrol(learner)
    card = due_card(user=learner)
    for days, hours in ((3, 0), (3, 1), (5, 0)):
        LogFactory(card=card, reviewed_at=NOW - timedelta(days=days, hours=hours))
    today = today_of(learner, NOW)
    assert [day.studied for day in today.week] == [False, True, False, True, False, False, False]
    assert today.lately == (
        Deed(NOW - timedelta(days=3), "You reviewed 2 cards", "/review/cards/", "rotate-ccw"),
    )


def test_others_deeds_are_not_mine(learner: User, stranger: User, lesson: Lesson) -> None:
    progress.tick_concept(user=stranger, concept=lesson.concepts.all()[0], now=NOW)
    taken(stranger, lesson, NOW)
    today = today_of(learner, NOW)
    assert (today.courses, today.lately, today.studied) == ((), (), 0)


def test_page_continues(as_learner: Client, learner: User, lesson: Lesson) -> None:
    enrol(learner)
    progress.tick_concept(user=learner, concept=lesson.concepts.all()[0], now=NOW)
    page = as_learner.get("/today/").content.decode()
    assert "Where you left off" in page
    assert "GGUF is next" in page
    assert "The Scientist: 0% done" in page


def remembered(user: User, lesson: Lesson, *, days: float, stability: float) -> ReviewCard:
    at = timezone.now() - timedelta(days=days, minutes=1)
    question = QuestionFactory(concept=lesson.concepts.all()[0])
    return CardFactory(
        user=user, question=question, remembered=True, reviewed_at=at, stability=stability
    )


class TestReview:
    def test_says_what_waits_and_from_where(
        self, as_learner: Client, learner: User, lesson: Lesson
    ) -> None:
        other = LessonFactory(track=lesson.track)
        ConceptFactory(lesson=other)
        enrol(learner)
        for where in (lesson, lesson, other):
            remembered(learner, where, days=9, stability=5)
        CardFactory(user=learner, question=QuestionFactory(concept=lesson.concepts.all()[0]))
        page = as_learner.get("/today/").content.decode()
        assert '<span class="figure-num">4</span>' in page
        assert "cards for today: 3 due, 1 new,<br>from 2 lessons" in page
        assert "About 1 minute" in page
        assert "Review now" in page
        assert "cards due: </span>4</b>" in page  # in the navigation
        assert "You are expected to remember 85% of the 3 cards you have reviewed." in page

    def test_names_the_concepts_least_remembered(
        self, as_learner: Client, learner: User, lesson: Lesson
    ) -> None:
        enrol(learner)
        for days in range(1, 5):
            where = LessonFactory(track=lesson.track)
            ConceptFactory(lesson=where, name=f"Reviewed {days} days ago")
            remembered(learner, where, days=days, stability=10)
        found = today_of(learner, timezone.now()).review
        assert [row.name for row, _recall in found.weakest] == [
            "Reviewed 4 days ago",
            "Reviewed 3 days ago",
            "Reviewed 2 days ago",
        ]
        assert (found.lessons, found.known) == (0, 4)

    def test_what_was_answered_today_says_nothing_about_memory(
        self, as_learner: Client, learner: User, lesson: Lesson
    ) -> None:
        enrol(learner)
        remembered(learner, lesson, days=0, stability=0.2)
        page = as_learner.get("/today/").content.decode()
        assert "expected to remember" not in page
        assert "Least remembered" not in page
        assert "How this is computed" not in page
        other = LessonFactory(track=lesson.track)
        ConceptFactory(lesson=other, name="Faded")
        remembered(learner, other, days=9, stability=5)
        page = as_learner.get("/today/").content.decode()
        assert "% of the 2 cards you have reviewed." in page
        found = today_of(learner, timezone.now()).review
        assert [row.name for row, _recall in found.weakest] == ["Faded"]

    def test_nothing_due(self, as_learner: Client, learner: User, lesson: Lesson) -> None:
        enrol(learner)
        remembered(learner, lesson, days=0, stability=2)
        page = as_learner.get("/today/").content.decode()
        assert "Nothing is left to review today." in page
        assert "Review now" not in page
        assert "today 0" in page

    def test_without_cards(
        self, as_learner: Client, learner: User, stranger: User, lesson: Lesson
    ) -> None:
        enrol(learner)
        remembered(stranger, lesson, days=9, stability=5)
        page = as_learner.get("/today/").content.decode()
        assert "No cards yet." in page
        assert ("Review now" in page, "How this is computed" in page) == (False, False)


def test_page_of_who_is_on_no_course(as_learner: Client) -> None:
    assert "You are on no course yet" in as_learner.get("/today/").content.decode()


def test_visitor_signs_in_first(client: Client) -> None:
    assert client.get("/today/").url == "/accounts/login/?next=/today/"


def test_wrong_method(as_learner: Client) -> None:
    assert as_learner.post("/today/").status_code == 405


@pytest.mark.parametrize("many", [1, 12])
def test_queries(
    as_learner: Client,
    learner: User,
    many: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for lesson in LessonFactory.create_batch(many, track=TrackFactory()):
        concept = ConceptFactory(lesson=lesson)
        progress.tick_concept(user=learner, concept=concept, now=NOW)
        taken(learner, lesson, NOW)
        due_card(user=learner, question=QuestionFactory(concept=concept))
    as_learner.get("/today/")
    # session, user, enrolments and attempts, deeds, cards
    with django_assert_num_queries(5):
        as_learner.get("/today/")


class TestDue:
    """What is due in classes."""

    def test_the_next_over_all_classes(
        self, as_learner: Client, learner: User, lesson: Lesson
    ) -> None:
        enrol(learner)
        now = timezone.now()
        for days in range(-1, 7):
            member = MembershipFactory(user=learner, cohort__name=f"Class {days}")
            deadline = DeadlineFactory(cohort=member.cohort, due_at=now + timedelta(days=days))
            if days == 1:
                later = now + timedelta(days=1, hours=1)
                Extension.objects.create(
                    deadline=deadline, membership=member, due_at=later, reason="Ill.", given_at=now
                )
        today = today_of(learner, now)
        assert [(one.of, one.late, one.extended) for one in today.due] == [
            ("Class -1", True, False),
            ("Class 0", False, False),
            ("Class 1", False, True),
            ("Class 2", False, False),
            ("Class 3", False, False),
        ]
        page = as_learner.get("/today/").text
        assert "What is due" in page
        assert "Past its date" in page

    @pytest.mark.parametrize(
        ("own", "said"),
        [
            ("Asia/Taipei", "04:05 · Class"),
            ("Asia/Shanghai", "04:05 · Class"),
            ("Europe/Berlin", "04:05 in Asia/Taipei · Class"),
        ],
    )
    def test_in_the_zone_of_the_class_named_where_it_is_another(
        self, as_learner: Client, learner: User, lesson: Lesson, own: str, said: str
    ) -> None:
        enrol(learner)
        learner.time_zone = own
        learner.save()
        cohort = MembershipFactory(user=learner, cohort__time_zone="Asia/Taipei").cohort
        at = timezone.now().replace(hour=20, minute=5) + timedelta(days=2)
        DeadlineFactory(cohort=cohort, due_at=at)
        assert f" {said}" in as_learner.get("/today/").text

    def test_before_review_and_tracks(
        self, as_learner: Client, learner: User, lesson: Lesson
    ) -> None:
        enrol(learner)
        cohort = MembershipFactory(user=learner).cohort
        DeadlineFactory(cohort=cohort, due_at=timezone.now() + timedelta(days=2))
        page = as_learner.get("/today/").text
        places = [page.index(id_) for id_ in ('id="due"', 'id="rev"', 'id="tracks-1"')]
        assert places == sorted(places)

    def test_nothing_of_classes_that_are_over_or_where_one_teaches(
        self, learner: User, lesson: Lesson
    ) -> None:
        now = timezone.now()
        for fields in (
            {"role": "teacher"},
            {"left_at": now},
            {"cohort__archived_at": now},
        ):
            member = MembershipFactory(user=learner, **fields)
            DeadlineFactory(cohort=member.cohort, due_at=now + timedelta(days=1))
        assert today_of(learner, now).due == ()

    def test_as_the_class_says_what_is_next(self, learner: User) -> None:
        member = MembershipFactory(user=learner, cohort__late_cutoff=2)
        cohort, now = member.cohort, timezone.now()
        lesson = lesson_in(cohort, "Lesson", publish_at=now)
        old, draft = lesson_in(cohort, "Old", status="archived"), work_in(cohort, published=False)
        done, open_later = lesson_in(cohort, "Done"), work_in(cohort, "Later")
        progress.mark_done(user=learner, lesson=done, now=now)
        quiz = quiz_in(cohort, "Quiz", lesson=lesson)
        taken_quiz = quiz_in(cohort, "Taken", lesson=lesson)
        Attempt.objects.create(
            user=learner, quiz=taken_quiz, seed=1, started_at=now, submitted_at=now, score=0.0
        )
        essay = work_in(cohort, "Essay")
        SubmissionFactory(assignment=essay, membership=member)
        closed, course_quiz = work_in(cohort, "Closed"), quiz_in(cohort, "Of old", lesson=old)
        for target in (lesson, old, draft, done, quiz, taken_quiz, essay, course_quiz):
            due(cohort, target, 0, due_at=now + timedelta(days=1))
        due(cohort, closed, 0, due_at=now - timedelta(days=3))
        opens = now + timedelta(hours=1)
        due(cohort, open_later, 0, due_at=now + timedelta(days=2), opens_at=opens)
        found = today_of(learner, now).due
        assert [(one.title, one.url) for one in found] == [
            ("Lesson", lesson.get_absolute_url()),
            ("Quiz", quiz.get_absolute_url()),
            ("Later", f"/cohorts/{cohort.slug}/schedule/"),
        ]
        same = upcoming(member, now)
        assert [one.thing.title for one in same] == [one.title for one in found]

    @pytest.mark.parametrize("many", [1, 5])
    def test_one_query_for_members(
        self, as_learner: Client, learner: User, lesson: Lesson, many: int
    ) -> None:
        enrol(learner)
        for _ in range(many):
            member = MembershipFactory(user=learner)
            for days in range(many):
                DeadlineFactory(cohort=member.cohort, due_at=NOW + timedelta(days=days))
        as_learner.get("/today/")
        # session, user, enrolments and attempts, deeds, cards; dates
        with queries(6):
            as_learner.get("/today/")
