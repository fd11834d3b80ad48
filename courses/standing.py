"""Where one learner stands: their ticks and progress beside the shared pages, in few queries."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import connection, models

from accounts.models import User
from courses.models import ConceptTick, LessonProgress
from courses.pages.course import ConceptLine, LessonLine, TrackPage
from courses.pages.lesson import LessonPage

FIELDS = (
    "lesson_id",
    "last_read_at",
    "version_read",
    "quiz_score",
    "quiz_passed_at",
    "completed_at",
    "by_hand",
)
# One statement for the three marks of a lesson: composed by the ORM it takes longer to write
# than to answer.
MARKS = """
SELECT 'concept', tick.concept_id
  FROM courses_concepttick tick JOIN courses_concept concept ON concept.id = tick.concept_id
 WHERE tick.user_id = %s AND concept.lesson_id = %s AND NOT concept.archived
UNION ALL
SELECT 'reference', tick.reference_id
  FROM courses_referencetick tick JOIN courses_reference reference
    ON reference.id = tick.reference_id
 WHERE tick.user_id = %s AND reference.lesson_id = %s AND NOT reference.archived
UNION ALL
SELECT 'enrolment', course_id
  FROM courses_enrolment
 WHERE user_id = %s AND course_id = %s AND left_at IS NULL
"""


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


@dataclass(frozen=True, slots=True)
class LessonStanding:
    """One learner at one lesson; `progress` is None where they have not opened it."""

    progress: Progress | None
    concepts: frozenset[int]
    references: frozenset[int]
    done: frozenset[int]
    started: frozenset[int]
    enrolled: bool

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
    """Two queries: the track's progress, and the marks on this lesson."""
    rows = progress_rows(LessonProgress.objects.filter(user=user, lesson__track=page.track_id))
    marks = marks_at(user, page)
    return LessonStanding(
        progress=rows.get(page.id),
        concepts=frozenset(pk for kind, pk in marks if kind == "concept"),
        references=frozenset(pk for kind, pk in marks if kind == "reference"),
        done=frozenset(key for key, row in rows.items() if row.completed_at),
        started=frozenset(key for key, row in rows.items() if not row.completed_at),
        enrolled=any(kind == "enrolment" for kind, _ in marks),
    )


def marks_at(user: User, page: LessonPage) -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        values = [user.pk, page.id, user.pk, page.id, user.pk, page.course_id]
        cursor.execute(MARKS, values)
        return list(cursor.fetchall())


class State(StrEnum):
    """A stop's state on the trail; the names are the stylesheet's."""

    DONE = "done"
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
        return sum(stop.state is State.DONE for stop in self.stops)

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
        return sum(stop.minutes_left for stop in self.stops if stop.state is not State.DONE)

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


@dataclass(frozen=True, slots=True)
class Deeds:
    """What a learner did on some tracks: progress by lesson, and when each concept was ticked."""

    progress: Mapping[int, Progress]
    ticks: Mapping[int, datetime]

    def trails(self, tracks: Iterable[TrackPage]) -> tuple[Trail, ...]:
        return tuple(walk(track, self.progress, self.ticks.keys()) for track in tracks)


NOTHING = Deeds({}, {})


def deeds_on(user: User, tracks: Iterable[TrackPage]) -> Deeds:
    """Two queries, however many tracks and lessons."""
    ids = [track.id for track in tracks]
    rows = LessonProgress.objects.filter(user=user, lesson__track__in=ids)
    ticks = ConceptTick.objects.filter(
        user=user, concept__lesson__track__in=ids, concept__archived=False
    )
    return Deeds(progress_rows(rows), dict(ticks.values_list("concept_id", "ticked_at")))


def trails(user: User | None, tracks: Iterable[TrackPage]) -> tuple[Trail, ...]:
    """The `tracks` as `user` has walked them: two queries; none for a visitor."""
    tracks = tuple(tracks)
    return (deeds_on(user, tracks) if user else NOTHING).trails(tracks)


def progress_rows(rows: models.QuerySet[LessonProgress]) -> dict[int, Progress]:
    return {row[0]: Progress(*row) for row in rows.values_list(*FIELDS)}


def walk(track: TrackPage, progress: Mapping[int, Progress], ticks: Set[int]) -> Trail:
    """Pure: the state of each lesson of `track`.

    Done ones are done; of the others the one read last is where the learner is, and the first
    after it that is left, or the very first when none is begun, is next.
    """
    lessons = track.lessons
    open_ones = [i for i, lesson in enumerate(lessons) if not is_done(progress.get(lesson.id))]
    begun = [i for i in open_ones if lessons[i].id in progress]
    here = max(begun, key=lambda i: progress[lessons[i].id].last_read_at, default=None)
    following = next((i for i in open_ones if here is None or i > here), None)

    def state(index: int) -> State:
        if index not in open_ones:
            return State.DONE
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
            )
            for index, lesson in enumerate(lessons)
        ),
    )


def is_done(row: Progress | None) -> bool:
    return bool(row and row.completed_at)
