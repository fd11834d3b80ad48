import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cohorts.models import Cohort, Deadline, Extension, LogEntry
from courses.models import Lesson
from quizzes.models import Quiz
from tests.class_factories import NOW, ClassOf, MembershipFactory
from tests.cohorts.schedule.planning import due, lesson_in, on, quiz_in, work_in
from tests.factories import LessonFactory, TrackFactory
from tests.quizzes.sql import queries

PAGE = "/cohorts/autumn/schedule/"
EDIT = f"{PAGE}edit/"
SHIFT = f"{PAGE}shift/"
SPREAD = f"{PAGE}spread/"


@pytest.fixture
def term(autumn: ClassOf) -> ClassOf:
    Cohort.objects.filter(pk=autumn.cohort.pk).update(time_zone="Europe/Berlin")
    autumn.cohort.refresh_from_db()
    return autumn


@pytest.fixture
def lesson(term: ClassOf) -> Lesson:
    return lesson_in(term.cohort, "Quantization")


@pytest.fixture
def as_owner(client: Client, term: ClassOf) -> Client:
    client.force_login(term.owner.user)
    return client


def typed(lesson: Lesson, opens: str, due: str, was: tuple[str, str] = ("", "")) -> dict[str, str]:
    name = f"lesson-{lesson.pk}"
    return {
        f"{name}-opens": opens,
        f"initial-{name}-opens": was[0],
        f"{name}-due": due,
        f"initial-{name}-due": was[1],
    }


def dates() -> list[tuple[str, Any, Any]]:
    found = Deadline.objects.order_by("pk")
    return [(str(one), one.opens_at, one.due_at) for one in found]


class TestPage:
    def test_says_when_things_open_and_are_due(self, client: Client, term: ClassOf) -> None:
        lesson = lesson_in(term.cohort, "Quantization")
        due(term.cohort, lesson, 7, opens_at=on(-1))
        due(term.cohort, quiz_in(term.cohort, "Quiz: Q", lesson=lesson), 8)
        lesson_in(term.cohort, "Undated")
        client.force_login(term.learner.user)
        page = client.get(PAGE).text
        assert "All times are of Europe/Berlin." in page
        assert 'datetime="2026-11-28T10:00:00+01:00">Sat 28 Nov 2026, 10:00</time>' in page
        assert [page.index(one) for one in ("Quantization", "Quiz: Q", "Undated")] == sorted(
            page.index(one) for one in ("Quantization", "Quiz: Q", "Undated")
        )
        assert "Change the dates" not in page

    def test_for_learners_what_has_no_date_is_folded(self, client: Client, term: ClassOf) -> None:
        lesson_in(term.cohort, "Undated")
        client.force_login(term.learner.user)
        assert '<details class="fold" open>' in client.get(PAGE).text
        due(term.cohort, lesson_in(term.cohort, "Dated"), 7)
        before, _fold, folded = client.get(PAGE).text.partition('<details class="fold">')
        assert ("Dated" in before, "Undated" in before, "Undated" in folded) == (True, False, True)
        client.force_login(term.teacher.user)
        assert "<details" not in client.get(PAGE).text

    def test_a_learner_sees_their_own_dates_and_no_drafts(
        self, client: Client, term: ClassOf
    ) -> None:
        deadline = due(term.cohort, work_in(term.cohort, "Essay"), 7)
        work_in(term.cohort, "Secret draft", published=False)
        Extension.objects.create(
            deadline=deadline, membership=term.learner, due_at=on(9), reason="Ill.", given_at=NOW
        )
        client.force_login(term.learner.user)
        page = client.get(PAGE).text
        assert "You have longer: Ill." in page
        assert "30 Nov 2026, 10:00" in page
        assert "Secret draft" not in page
        client.force_login(term.observer.user)
        page = client.get(PAGE).text
        assert "28 Nov 2026, 10:00" in page
        assert "Secret draft" in page
        assert "You have longer" not in page

    @pytest.mark.parametrize("number", [1, 30])
    def test_queries_do_not_grow(self, client: Client, term: ClassOf, number: int) -> None:
        for _ in range(number):
            lesson = lesson_in(term.cohort)
            due(term.cohort, lesson, 3)
            due(term.cohort, quiz_in(term.cohort, lesson=lesson), 4)
            due(term.cohort, work_in(term.cohort, lesson=lesson), 5)
            MembershipFactory(cohort=term.cohort)
        client.force_login(term.learner.user)
        client.get(PAGE)
        # session, user, membership, deadlines, lessons, quizzes, assignments
        with queries(7):
            client.get(PAGE)


class TestEdit:
    def test_saved_in_the_zone_of_the_class(
        self, as_owner: Client, term: ClassOf, lesson: Lesson
    ) -> None:
        response = as_owner.post(EDIT, typed(lesson, "2026-10-20", "2026-10-26T12:30"))
        assert response.url == EDIT
        found = Deadline.objects.get()
        assert found.opens_at.isoformat() == "2026-10-19T22:00:00+00:00"
        assert found.due_at.isoformat() == "2026-10-26T11:30:00+00:00"
        entry = LogEntry.objects.get()
        assert (entry.what, entry.actor, entry.kind) == (
            "Dates of Quantization",
            term.owner.user,
            "dates",
        )
        assert entry.before == "no dates"
        assert entry.after == "opens 20 Oct 2026, 00:00, due 26 Oct 2026, 12:30"
        page = as_owner.get(EDIT).text
        assert "The dates of one thing are saved." in page
        assert 'value="2026-10-26T12:30"' in page

    def test_what_was_not_touched_stays_as_it_is_now(
        self, as_owner: Client, term: ClassOf, lesson: Lesson
    ) -> None:
        due(term.cohort, lesson, 7, opens_at=on(1))
        posted = typed(lesson, "2026-01-01T10:00", "", was=("2026-01-01T10:00", "2026-11-28T10:00"))
        as_owner.post(EDIT, posted)
        assert dates() == [("Quantization", on(1), None)]

    def test_the_first_is_unfolded_where_nothing_is_to_come(
        self, as_owner: Client, term: ClassOf
    ) -> None:
        for _ in range(2):
            LessonFactory(track=TrackFactory(course=term.cohort.course))
        found = re.findall(r'<details class="fold"( open)?>', as_owner.get(EDIT).text)
        assert found == [" open", ""]

    def test_unfolded_where_dates_are_to_come(self, as_owner: Client, term: ClassOf) -> None:
        now = timezone.now()
        for track, days in (("Over", -3), ("To come", 3), ("Undated", None)):
            lesson = LessonFactory(track=TrackFactory(course=term.cohort.course, title=track))
            if days is not None:
                due(term.cohort, lesson, 0, due_at=now + timedelta(days=days))
        found = re.findall(
            r'<details class="fold"( open)?>.*?>([^<]+)</h2> <span class="small soft">([^<]+)<',
            as_owner.get(EDIT).text,
        )
        assert found == [
            ("", "Over", "1 of 1 with dates"),
            (" open", "To come", "1 of 1 with dates"),
            ("", "Undated", "0 of 1 with dates"),
        ]

    def test_errors_keep_what_was_typed(self, as_owner: Client, lesson: Lesson) -> None:
        response = as_owner.post(EDIT, typed(lesson, "2026-11-05T12:00", "2026-11-05T11:00"))
        assert response.status_code == 422
        assert "Choose a time after it opens." in response.text
        assert 'value="2026-11-05T11:00"' in response.text
        assert f'href="#lesson-{lesson.pk}-due"' in response.text
        assert '<details class="fold" open>' in response.text
        assert dates() == []

    def test_a_time_that_the_clock_skips_is_refused(self, as_owner: Client, lesson: Lesson) -> None:
        response = as_owner.post(EDIT, typed(lesson, "", "2027-03-28T02:15"))
        assert response.status_code == 422
        assert "there is no 02:15. Choose 03:15" in response.text

    def test_a_time_that_comes_twice_is_said(self, as_owner: Client, lesson: Lesson) -> None:
        as_owner.post(EDIT, typed(lesson, "", "2026-10-25T02:15"))
        assert Deadline.objects.get().due_at.isoformat() == "2026-10-25T00:15:00+00:00"
        page = as_owner.get(EDIT).text
        assert "The first of the two is meant: 25 Oct 2026, 02:15 (UTC+0200)." in page

    def test_undo(self, as_owner: Client, term: ClassOf, lesson: Lesson) -> None:
        due(term.cohort, lesson, 7)
        as_owner.post(EDIT, typed(lesson, "", "2026-11-30T10:00", was=("", "2026-11-28T10:00")))
        assert "Undo my last save" in as_owner.get(EDIT).text
        as_owner.post(f"{PAGE}undo/")
        assert dates() == [("Quantization", None, on(7))]
        assert LogEntry.objects.count() == 2
        assert "Undo my last save" not in as_owner.get(EDIT).text

    def test_undo_takes_back_nothing_of_anothers(
        self, as_owner: Client, term: ClassOf, lesson: Lesson
    ) -> None:
        as_owner.post(EDIT, typed(lesson, "", "2026-11-30T10:00"))
        Deadline.objects.update(due_at=on(20))
        as_owner.post(f"{PAGE}undo/")
        assert dates() == [("Quantization", None, on(20))]

    def test_others_may_not(self, client: Client, term: ClassOf, lesson: Lesson) -> None:
        for member, status in (
            (term.learner, 403),
            (term.assistant, 403),
            (term.other_teacher, 404),
        ):
            client.force_login(member.user)
            assert client.post(EDIT, typed(lesson, "", "2026-11-30")).status_code == status
        assert dates() == []

    def test_not_in_an_archived_class(
        self, as_owner: Client, term: ClassOf, lesson: Lesson
    ) -> None:
        Cohort.objects.update(archived_at=NOW)
        assert as_owner.post(EDIT, typed(lesson, "", "2026-11-30")).status_code == 403
        assert as_owner.get(PAGE).status_code == 200

    def test_nothing_of_another_class(self, as_owner: Client, term: ClassOf) -> None:
        lesson_in(term.cohort)
        theirs = work_in(term.other)
        as_owner.post(EDIT, {f"assignment-{theirs.pk}-due": "2026-11-30"})
        assert dates() == []

    def test_all_tracks_are_saved_together(self, as_owner: Client, term: ClassOf) -> None:
        """Whatever was typed under another heading is not lost."""
        tracks = [TrackFactory(course=term.cohort.course) for _ in range(2)]
        first, second = (LessonFactory(track=track) for track in tracks)
        both = typed(first, "", "2026-11-30T10:00") | typed(second, "", "2026-12-01T10:00")
        assert as_owner.post(EDIT, both).status_code == 302
        assert [due_at for _of, _opens, due_at in dates()] == [on(9), on(10)]

    def test_what_is_wrong_in_one_track_keeps_the_others(
        self, as_owner: Client, term: ClassOf
    ) -> None:
        tracks = [TrackFactory(course=term.cohort.course) for _ in range(2)]
        first, second = (LessonFactory(track=track) for track in tracks)
        both = typed(first, "", "soon") | typed(second, "", "2026-12-01T10:00")
        answer = as_owner.post(EDIT, both)
        assert answer.status_code == 422
        assert 'value="2026-12-01T10:00"' in answer.text
        assert dates() == []

    def test_nothing_typed_saves_nothing(self, as_owner: Client, lesson: Lesson) -> None:
        answer = as_owner.post(EDIT, follow=True)
        assert "Nothing was changed, so nothing was saved." in answer.text
        assert dates() == []


class TestShift:
    def test_shows_first_and_then_does(self, as_owner: Client, term: ClassOf) -> None:
        early, late = lesson_in(term.cohort, "Early"), lesson_in(term.cohort, "Late")
        due(term.cohort, early, -40)
        due(term.cohort, late, -28, opens_at=on(-30))
        page = as_owner.get(SHIFT, {"first": "2026-10-20", "days": "7"}).text
        assert "One thing would change" in page
        assert "31 Oct 2026, 11:00" in page
        assert dates()[1] == ("Late", on(-30), on(-28))
        as_owner.post(SHIFT, {"first": "2026-10-20", "days": "7"})
        # The clock was put back on 25 October: the same time of day is an hour later.
        assert [one.isoformat() for one in dates()[1][1:]] == [
            "2026-10-29T10:00:00+00:00",
            "2026-10-31T10:00:00+00:00",
        ]
        assert dates()[0] == ("Early", None, on(-40))

    def test_not_so_that_something_is_due_before_it_opens(
        self, as_owner: Client, term: ClassOf, lesson: Lesson
    ) -> None:
        due(term.cohort, lesson, 7, opens_at=on(0))
        wish = {"first": "2026-11-25", "days": "-20"}
        response = as_owner.post(SHIFT, wish)
        assert response.status_code == 422
        assert "Quantization would be due before it opens." in response.text
        assert dates() == [("Quantization", on(0), on(7))]

    @pytest.mark.parametrize("days", ["0", "367", "x", ""])
    def test_bad_input(self, as_owner: Client, lesson: Lesson, days: str) -> None:
        assert as_owner.post(SHIFT, {"first": "2026-11-25", "days": days}).status_code == 422


class TestSpread:
    def test_one_lesson_a_week(self, as_owner: Client, term: ClassOf) -> None:
        first = lesson_in(term.cohort, "First", position=1)
        lesson_in(term.cohort, "Second", position=2)
        quiz_in(term.cohort, "Quiz of first", lesson=first)
        wish = {"first": "2026-10-19", "every": "7", "tracks": ["Scientist"], "quizzes": "on"}
        Cohort.objects.update(ends_on=date(2026, 10, 30))
        page = as_owner.get(SPREAD, wish).text
        assert "3 things would change" in page
        assert "The last would be due on 1 November 2026, after the last day" in page
        assert dates() == []
        as_owner.post(SPREAD, wish)
        found = {
            name: [one and one.astimezone(term.cohort.zone).isoformat() for one in moments]
            for name, *moments in dates()
        }
        assert found == {
            "First": ["2026-10-19T00:00:00+02:00", "2026-10-25T23:59:00+01:00"],
            "Quiz of first": [None, "2026-10-25T23:59:00+01:00"],
            "Second": ["2026-10-26T00:00:00+01:00", "2026-11-01T23:59:00+01:00"],
        }

    def test_what_has_dates_keeps_them(
        self, as_owner: Client, term: ClassOf, lesson: Lesson
    ) -> None:
        due(term.cohort, lesson, 7)
        wish = {"first": "2026-10-19", "every": "7", "tracks": ["Scientist"]}
        assert "so nothing would change" in as_owner.get(SPREAD, wish).text
        as_owner.post(SPREAD, wish | {"replace": "on"})
        assert dates()[0][1] is not None

    def test_bad_input(self, as_owner: Client, lesson: Lesson) -> None:
        wish = {"first": "", "every": "0", "tracks": ["Nowhere"]}
        assert as_owner.post(SPREAD, wish).status_code == 422


def test_a_quiz_can_have_dates_too(as_owner: Client, term: ClassOf) -> None:
    lesson = lesson_in(term.cohort)
    quiz = quiz_in(term.cohort, lesson=lesson)
    as_owner.post(EDIT, {f"quiz-{quiz.pk}-due": "2026-11-30"})
    assert Deadline.objects.get().target == Quiz.objects.get()
