"""Today: what a learner does next, and what they did lately, over all their courses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from courses.models import ConceptTick, Enrolment
from courses.pages.course import CoursePage, course_page
from courses.standing import Stop, Trail, trails
from quizzes.models import Attempt

LATELY = 6
WEEK = 7


@dataclass(frozen=True)
class Deed:
    """One thing done lately."""

    at: datetime
    text: str
    url: str
    icon: str


@dataclass(frozen=True)
class Day:
    day: date
    studied: bool


@dataclass(frozen=True)
class CourseToday:
    page: CoursePage
    trails: tuple[Trail, ...]

    @property
    def here(self) -> Stop | None:
        """The lesson read last, else the first of a track that is not optional."""
        stops = [trail.here for trail in self.trails if trail.here]
        read = [stop for stop in stops if stop.progress]
        if read:
            return max(read, key=lambda stop: stop.progress.last_read_at)  # type: ignore[union-attr]
        needed = [trail.here for trail in self.trails if trail.here and not trail.track.optional]
        return next(iter(needed or stops), None)


@dataclass(frozen=True)
class Today:
    courses: tuple[CourseToday, ...]
    lately: tuple[Deed, ...]
    week: tuple[Day, ...]

    @property
    def studied(self) -> int:
        return sum(day.studied for day in self.week)


def today_of(user: User, now: datetime) -> Today:
    """Five queries for a course, whatever was done: enrolments, progress, ticks, deeds twice."""
    slugs = (
        Enrolment.objects.active()
        .filter(user=user)
        .order_by("-enrolled_at")
        .values_list("course__slug", flat=True)
    )
    pages = [page for slug in slugs if (page := course_page(slug, now))]
    since = now - timedelta(days=WEEK)
    ticks = list(
        ConceptTick.objects.filter(user=user)
        .select_related("concept__lesson__track__course")
        .order_by("-ticked_at")[:50]
    )
    attempts = list(
        Attempt.objects.filter(user=user, submitted_at__isnull=False)
        .select_related("quiz")
        .order_by("-submitted_at")[:50]
    )
    moments = [tick.ticked_at for tick in ticks] + [
        attempt.submitted_at for attempt in attempts if attempt.submitted_at
    ]
    return Today(
        courses=tuple(CourseToday(page, trails(user, page.tracks)) for page in pages),
        lately=tuple(sorted((*ticked(ticks), *taken(attempts)), key=lambda d: d.at, reverse=True))[
            :LATELY
        ],
        week=week_of([moment for moment in moments if moment > since], now, user),
    )


def ticked(ticks: Iterable[ConceptTick]) -> Iterable[Deed]:
    """One deed for all that was ticked in a lesson; `ticks` come newest first."""
    by_lesson: dict[int, list[ConceptTick]] = {}
    for tick in ticks:
        by_lesson.setdefault(tick.concept.lesson_id, []).append(tick)
    for together in by_lesson.values():
        newest, count = together[0], len(together)
        text = ngettext(
            "You ticked %(name)s", "You ticked %(count)d concepts of %(lesson)s", count
        ) % {
            "name": newest.concept.name,
            "count": count,
            "lesson": newest.concept.lesson.title,
        }
        yield Deed(newest.ticked_at, text, newest.concept.get_absolute_url(), "check")


def taken(attempts: Iterable[Attempt]) -> Iterable[Deed]:
    for attempt in attempts:
        if attempt.submitted_at:
            share = round((attempt.score or 0) * 100)
            text = _("%(quiz)s: %(share)d%%") % {"quiz": attempt.quiz.title, "share": share}
            yield Deed(attempt.submitted_at, text, attempt.get_results_url(), "circle-check")


def week_of(moments: Iterable[datetime], now: datetime, user: User) -> tuple[Day, ...]:
    """The last seven days in the learner's time zone, today last."""
    studied = {moment.astimezone(user.zone).date() for moment in moments}
    last = now.astimezone(user.zone).date()
    days = [last - timedelta(days=back) for back in range(WEEK - 1, -1, -1)]
    return tuple(Day(day, day in studied) for day in days)
