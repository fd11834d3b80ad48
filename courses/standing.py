"""Where one learner stands: their ticks and progress beside the shared pages, in few queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from courses.mastery import UNKNOWN, Mastery, of_concepts
from courses.pages.course import ConceptLine, LessonLine, TrackPage
from courses.pages.lesson import LessonPage
from courses.standing_queries import DEEDS, MARKS
from courses.statements import aware, fetch


@dataclass(frozen=True, slots=True)
class Progress:
    """A row of `LessonProgress` as the pages read it."""

    lesson_id: int
    last_read_at: datetime
    version_read: int = 0
    quiz_score: float | None = None
    quiz_passed_at: datetime | None = None
    completed_at: datetime | None = None
    by_hand: bool = False
    changes_from: int = 0

    def unseen_since(self, version: int) -> int:
        """Since which version of the lesson they have not seen the changes, or 0."""
        read = self.version_read if 0 < self.version_read < version else 0
        return self.changes_from or read


@dataclass(frozen=True, slots=True)
class LessonStanding:
    """One learner at one lesson; `progress` is None where they have not opened it."""

    progress: Progress | None
    concepts: frozenset[int]
    references: frozenset[int]
    done: frozenset[int]
    started: frozenset[int]
    enrolled: bool
    # What a concept of this lesson needs, of this lesson or another: ticked, or of a done lesson.
    needed: frozenset[int] = frozenset()

    @property
    def is_done(self) -> bool:
        return is_done(self.progress)

    @property
    def by_hand(self) -> bool:
        return bool(self.progress and self.progress.by_hand)

    @property
    def quiz_passed(self) -> bool:
        return bool(self.progress and self.progress.quiz_passed_at)

    @property
    def quiz_score(self) -> float | None:
        return self.progress.quiz_score if self.progress else None


NOBODY = LessonStanding(None, frozenset(), frozenset(), frozenset(), frozenset(), enrolled=False)


def at_lesson(user: User, page: LessonPage) -> LessonStanding:
    """One query: the progress on the course, and the marks on this lesson."""
    course, lesson = [user.pk, page.course_id], [user.pk, page.id]
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for kind, *row in fetch(MARKS, [*course, *lesson, *lesson, user.pk, *lesson, *course]):
        found[kind].append(tuple(row))
    rows = {lesson_id: progress_in(lesson_id, *row) for lesson_id, *row in found["progress"]}
    return LessonStanding(
        progress=rows.get(page.id),
        concepts=frozenset(pk for pk, *_ in found["concept"]),
        references=frozenset(pk for pk, *_ in found["reference"]),
        done=frozenset(key for key, row in rows.items() if row.completed_at),
        started=frozenset(key for key, row in rows.items() if not row.completed_at),
        enrolled=bool(found["enrolment"]),
        needed=frozenset(pk for pk, *_ in found["needed"]),
    )


class State(StrEnum):
    """A stop's state on the trail; the names are the stylesheet's."""

    DONE = "done"
    DUE = "due"
    DOING = "doing"
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Stop:
    lesson: LessonLine
    number: int
    state: State
    progress: Progress | None
    ticked: frozenset[int]
    mastery: Mastery | None = None

    @property
    def is_done(self) -> bool:
        return self.state in (State.DONE, State.DUE)

    @property
    def is_started(self) -> bool:
        return self.progress is not None

    @property
    def quiz_passed(self) -> bool:
        return bool(self.progress and self.progress.quiz_passed_at)

    @property
    def quiz_score(self) -> float | None:
        return self.progress.quiz_score if self.progress else None

    @property
    def continue_at(self) -> ConceptLine | None:
        """The first concept that is not ticked."""
        return next((c for c in self.lesson.concepts if c.id not in self.ticked), None)

    @property
    def minutes_left(self) -> int:
        concepts = self.lesson.concepts
        if not concepts:
            return self.lesson.minutes
        share = sum(c.id not in self.ticked for c in concepts) / len(concepts)
        return max(1, round(self.lesson.minutes * share))


@dataclass(frozen=True, slots=True)
class Trail:
    """A track as one learner has walked it."""

    track: TrackPage
    stops: tuple[Stop, ...]

    @property
    def done(self) -> int:
        return sum(stop.is_done for stop in self.stops)

    @property
    def share(self) -> float:
        return self.done / len(self.stops) if self.stops else 0.0

    @property
    def ticked(self) -> int:
        return sum(len(stop.ticked) for stop in self.stops)

    @property
    def concepts(self) -> int:
        return sum(len(stop.lesson.concepts) for stop in self.stops)

    @property
    def minutes_left(self) -> int:
        return sum(stop.minutes_left for stop in self.stops if not stop.is_done)

    @property
    def quiz_average(self) -> float | None:
        scores = [stop.quiz_score for stop in self.stops if stop.quiz_score is not None]
        return sum(scores) / len(scores) if scores else None

    @property
    def here(self) -> Stop | None:
        """Where the learner goes on: the lesson they are in, else the next one."""
        wanted = (State.DOING, State.NEXT)
        found = [stop for stop in self.stops if stop.state in wanted]
        return min(found, key=lambda stop: wanted.index(stop.state), default=None)

    @property
    def walked_at(self) -> datetime | None:
        """When they last got on in it; to look again into a lesson that is done is no step."""
        rows = [stop.progress for stop in self.stops if stop.progress]
        return max((row.completed_at or row.last_read_at for row in rows), default=None)


def where_to_go_on(trails: Iterable[Trail]) -> Stop | None:
    """Of the tracks that are not done in the one walked last, even if it is optional; else at the
    start of the first that is not."""
    left = [(trail, trail.here) for trail in trails if trail.here]
    walked = [(trail.walked_at, stop) for trail, stop in left if trail.walked_at]
    if walked:
        return max(walked, key=lambda pair: pair[0])[1]
    needed = [stop for trail, stop in left if not trail.track.optional]
    return next(iter(needed or [stop for _trail, stop in left]), None)


@dataclass(frozen=True, slots=True)
class Deeds:
    """What a learner did on a course: progress by lesson, and when each concept was ticked."""

    progress: Mapping[int, Progress]
    ticks: Mapping[int, datetime]
    enrolled: bool

    @property
    def done(self) -> frozenset[int]:
        """The lessons that are done."""
        return frozenset(pk for pk, row in self.progress.items() if row.completed_at)

    def trail(self, track: TrackPage, mastery: Mapping[int, Mastery] = UNKNOWN) -> Trail:
        """`mastery` is by concept; lessons with a card due are only told where it is given."""
        return walk(track, self.progress, self.ticks.keys(), mastery)

    def trails(self, tracks: Iterable[TrackPage]) -> tuple[Trail, ...]:
        return tuple(self.trail(track) for track in tracks)


NOTHING = Deeds({}, {}, enrolled=False)


def deeds_on(user: User | AnonymousUser, course_id: int) -> Deeds:
    """One query, however many tracks and lessons; none for a visitor."""
    if not user.is_authenticated:
        return NOTHING
    progress: dict[int, Progress] = {}
    ticks: dict[int | None, datetime] = {}
    for lesson, concept, at, *row in fetch(DEEDS, [user.pk, course_id] * 3):
        if lesson is None:
            ticks[concept] = aware(at)
        else:
            progress[lesson] = progress_in(lesson, at, *row)
    enrolled = ticks.pop(None, None) is not None
    return Deeds(progress, cast(dict[int, datetime], ticks), enrolled)


def progress_in(lesson: int, read: Any, version: int, score: float | None, *rest: Any) -> Progress:
    passed, done, by_hand, since = rest
    return Progress(lesson, aware(read), version, score, aware(passed), aware(done), by_hand, since)


def walk(
    track: TrackPage,
    progress: Mapping[int, Progress],
    ticks: Set[int],
    mastery: Mapping[int, Mastery] = UNKNOWN,
) -> Trail:
    """Pure: the state of each lesson of `track`.

    Done ones are done, or due while a card of theirs is; of the others the one read last is
    where the learner is, and the first after it that is left, or the very first when none is
    begun, is next.
    """
    lessons = track.lessons
    open_ones = [i for i, lesson in enumerate(lessons) if not is_done(progress.get(lesson.id))]
    begun = [i for i in open_ones if lessons[i].id in progress]
    here = max(begun, key=lambda i: progress[lessons[i].id].last_read_at, default=None)
    following = next((i for i in open_ones if here is None or i > here), None)
    known = [of_concepts([c.id for c in lesson.concepts], mastery) for lesson in lessons]

    def state(index: int) -> State:
        remembered = known[index]
        if index not in open_ones:
            return State.DUE if remembered and remembered.due else State.DONE
        return {here: State.DOING, following: State.NEXT}.get(index, State.LATER)

    return Trail(
        track,
        tuple(
            Stop(
                lesson,
                index + 1,
                state(index),
                progress.get(lesson.id),
                frozenset(c.id for c in lesson.concepts if c.id in ticks),
                known[index],
            )
            for index, lesson in enumerate(lessons)
        ),
    )


def is_done(row: Progress | None) -> bool:
    return bool(row and row.completed_at)
