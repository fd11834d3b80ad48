"""Today: what a learner does next, and what they did lately, over all their courses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import nlargest, nsmallest
from operator import itemgetter
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from cohorts.schedule.due_soon import DueRow, due_soon
from courses.mastery import together
from courses.pages.course import CoursePage, course_page
from courses.rows import Remembered, remembered
from courses.standing import Stop, Trail, deeds_on, where_to_go_on
from courses.statements import aware, fetch
from quizzes.review.outlook import Outlook, outlook_of

LATELY = 6
WEAKEST = 3
WEEK = 7
WHOLE = 100
# The courses one is enrolled on, and attempts that were handed in; of both the newest first.
COURSES_AND_TAKEN = """
SELECT NULL AS id, enrolment.enrolled_at AS at, NULL AS score, course.slug AS name
  FROM courses_enrolment enrolment JOIN courses_course course ON course.id = enrolment.course_id
 WHERE enrolment.user_id = %s AND enrolment.left_at IS NULL
UNION ALL
SELECT * FROM (
  SELECT attempt.id, attempt.submitted_at,
         CASE WHEN NOT attempt.withheld THEN attempt.score END, quiz.title
    FROM quizzes_attempt attempt JOIN quizzes_quiz quiz ON quiz.id = attempt.quiz_id
   WHERE attempt.user_id = %s AND attempt.submitted_at IS NOT NULL
   ORDER BY attempt.submitted_at DESC LIMIT 50) taken
 ORDER BY at DESC
"""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done lately."""

    at: datetime
    text: str
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    studied: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """An attempt that was handed in; `score` is None while the quiz tells no results."""

    id: str
    at: datetime
    score: float | None
    title: str


@dataclass(frozen=True, slots=True)
class CourseToday:
    page: CoursePage
    trails: tuple[Trail, ...]

    @property
    def here(self) -> Stop | None:
        return where_to_go_on(self.trails)


@dataclass(frozen=True, slots=True)
class ReviewToday:
    """`lessons` have a card due; `recall`, in percent, is of all reviewed cards, `known` in
    number; `weakest` are the concepts of the lowest expected recall, none that is at all of it:
    what was answered within a day says nothing about memory yet."""

    outlook: Outlook
    lessons: int
    recall: int
    known: int
    weakest: tuple[Remembered, ...]


@dataclass(frozen=True, slots=True)
class Today:
    courses: tuple[CourseToday, ...]
    lately: tuple[Deed, ...]
    week: tuple[Day, ...]
    review: ReviewToday
    due: tuple[DueRow, ...] = ()

    @property
    def studied(self) -> int:
        return sum(day.studied for day in self.week)


def today_of(user: User, now: datetime) -> Today:
    """Three queries: enrolments and attempts, deeds, cards; one more for each further course,
    and one for who learns in a class."""
    slugs, attempts = courses_and_attempts_of(user)
    pages = [course_page(slug, now) for slug in slugs]
    courses: list[CourseToday] = []
    ticks: list[datetime] = []
    lately: list[Deed] = []
    for page in filter(None, pages):
        deeds = deeds_on(user, page.id)
        courses.append(CourseToday(page, deeds.trails(page.tracks)))
        ticks += deeds.ticks.values()
        lately += ticked(page, deeds.ticks)
    moments = [*ticks, *(attempt.at for attempt in attempts)]
    lately += map(taken, attempts[:LATELY])
    review = review_of(user, [course.page for course in courses], now)
    lately += reviewed(review.outlook)
    lately.sort(key=lambda deed: deed.at, reverse=True)
    week = week_of(moments, review.outlook.reviewed, now, user)
    return Today(tuple(courses), tuple(lately[:LATELY]), week, review, due_soon(user, now))


def review_of(user: User, pages: Sequence[CoursePage], now: datetime) -> ReviewToday:
    outlook = outlook_of(user, now)
    mastery = outlook.mastery
    known = [
        (mastery[concept.id], lesson, concept)
        for page in pages
        for lesson in page.lessons
        for concept in lesson.concepts
        if concept.id in mastery
    ]
    fading = [one for one in known if round(one[0].recall * WHOLE) < WHOLE]
    weakest = nsmallest(WEAKEST, fading, key=lambda one: one[0].recall)
    whole = together(mastery.values())
    return ReviewToday(
        outlook=outlook,
        lessons=len({lesson.id for found, lesson, _ in known if found.due}),
        recall=round(whole.recall * WHOLE) if whole else 0,
        known=whole.cards if whole else 0,
        weakest=tuple(remembered(lesson, concept, found) for found, lesson, concept in weakest),
    )


def courses_and_attempts_of(user: User) -> tuple[list[str], list[Taken]]:
    """The slugs of courses, and attempts; the newest first."""
    rows = fetch(COURSES_AND_TAKEN, [user.pk, user.pk])
    taken = [Taken(str(pk), aware(at), score, name) for pk, at, score, name in rows if pk]
    return [name for pk, _at, _score, name in rows if not pk], taken


def ticked(page: CoursePage, ticks: Mapping[int, datetime]) -> Iterator[Deed]:
    """One deed for all that was ticked in a lesson, at the time of the newest tick; of the last
    lessons."""
    groups = []
    for lesson in page.lessons:
        together = [(ticks[c.id], c) for c in lesson.concepts if c.id in ticks]
        if together:
            groups.append((*max(together, key=itemgetter(0)), lesson, together))
    for at, newest, lesson, together in nlargest(LATELY, groups, key=itemgetter(0)):
        text = ngettext(
            "You ticked %(name)s", "You ticked %(count)d concepts of %(lesson)s", len(together)
        )
        names = {"name": newest.name, "count": len(together), "lesson": lesson.title}
        yield Deed(at, text % names, f"{lesson.url}#{newest.slug}", "check")


def taken(attempt: Taken) -> Deed:
    said = {"quiz": attempt.title}
    if attempt.score is None:
        text = _("You handed in %(quiz)s") % said
    else:
        text = _("%(quiz)s: %(share)d%%") % (said | {"share": round(attempt.score * 100)})
    return Deed(
        attempt.at, text, reverse("attempt_results", args=[UUID(attempt.id)]), "circle-check"
    )


def reviewed(outlook: Outlook) -> Iterator[Deed]:
    """One deed for the last day with reviews, if it was one of the last seven."""
    count = next((count for count in reversed(outlook.reviewed) if count), 0)
    if outlook.last_at is not None:
        text = ngettext("You reviewed one card", "You reviewed %(count)d cards", count)
        yield Deed(outlook.last_at, text % {"count": count}, reverse("review_cards"), "rotate-ccw")


def week_of(
    moments: Iterable[datetime], reviews: Sequence[int], now: datetime, user: User
) -> tuple[Day, ...]:
    """The last seven days in the learner's time zone, today last; `reviews` are counted by day."""
    # No later than the first day begins, in whatever zone; what is older need not be looked at.
    first = now - timedelta(days=WEEK + 1)
    studied = {moment.astimezone(user.zone).date() for moment in moments if moment > first}
    last = now.astimezone(user.zone).date()
    days = [last - timedelta(days=back) for back in range(WEEK - 1, -1, -1)]
    return tuple(
        Day(day, day in studied or bool(count)) for day, count in zip(days, reviews, strict=True)
    )
