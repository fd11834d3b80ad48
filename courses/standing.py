"""Where one learner stands: their ticks and progress beside the shared pages, in few queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Value

from accounts.models import User
from courses.models import ConceptTick, Enrolment, LessonProgress, ReferenceTick
from courses.pages.course import ConceptLine, LessonLine, TrackPage
from courses.pages.lesson import LessonPage


@dataclass(frozen=True)
class LessonStanding:
    """One learner at one lesson; `progress` is None where they have not opened it."""

    progress: LessonProgress | None
    concepts: frozenset[int]
    references: frozenset[int]
    done: frozenset[int]
    started: frozenset[int]
    enrolled: bool

    @property
    def is_done(self) -> bool:
        return bool(self.progress and self.progress.completed_at)


def at_lesson(user: User, page: LessonPage) -> LessonStanding:
    """Three queries: the track's progress, the lesson's ticks, the enrolment."""
    rows = {
        row.lesson_id: row
        for row in LessonProgress.objects.filter(
            user=user, lesson__in=[item.id for item in page.outline] or [page.id]
        )
    }
    concepts, references = ticks_at(user, page)
    return LessonStanding(
        progress=rows.get(page.id),
        concepts=concepts,
        references=references,
        done=frozenset(key for key, row in rows.items() if row.completed_at),
        started=frozenset(key for key, row in rows.items() if not row.completed_at),
        enrolled=Enrolment.objects.active().filter(user=user, course=page.course_id).exists(),
    )


def ticks_at(user: User, page: LessonPage) -> tuple[frozenset[int], frozenset[int]]:
    concepts = ConceptTick.objects.filter(user=user, concept__in=[s.id for s in page.sections])
    references = ReferenceTick.objects.filter(user=user, reference__in=page.reference_ids)
    rows = list(
        concepts.values_list("concept_id", Value(0)).union(
            references.values_list("reference_id", Value(1)), all=True
        )
    )
    return (
        frozenset(pk for pk, kind in rows if kind == 0),
        frozenset(pk for pk, kind in rows if kind == 1),
    )


class State(StrEnum):
    """A stop's state on the trail; the names are the stylesheet's."""

    DONE = "done"
    DOING = "doing"
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True)
class Stop:
    lesson: LessonLine
    number: int
    state: State
    progress: LessonProgress | None
    ticked: frozenset[int]

    @property
    def is_started(self) -> bool:
        return self.progress is not None

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


@dataclass(frozen=True)
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
        scores = [
            stop.progress.quiz_score
            for stop in self.stops
            if stop.progress and stop.progress.quiz_score is not None
        ]
        return sum(scores) / len(scores) if scores else None

    @property
    def here(self) -> Stop | None:
        """Where the learner goes on: the lesson they are in, else the next one."""
        wanted = (State.DOING, State.NEXT)
        found = [stop for stop in self.stops if stop.state in wanted]
        return min(found, key=lambda stop: wanted.index(stop.state), default=None)


def trails(user: User | None, tracks: Iterable[TrackPage]) -> tuple[Trail, ...]:
    """The `tracks` as `user` has walked them: two queries however many; none for a visitor."""
    tracks = tuple(tracks)
    if user is None:
        return tuple(walk(track, {}, frozenset()) for track in tracks)
    lessons = [lesson for track in tracks for lesson in track.lessons]
    rows = LessonProgress.objects.filter(user=user, lesson__in=[lesson.id for lesson in lessons])
    ticked = ConceptTick.objects.filter(
        user=user, concept__in=[c.id for lesson in lessons for c in lesson.concepts]
    ).values_list("concept_id", flat=True)
    progress = {row.lesson_id: row for row in rows}
    ticks = frozenset(ticked)
    return tuple(walk(track, progress, ticks) for track in tracks)


def walk(track: TrackPage, progress: dict[int, LessonProgress], ticks: frozenset[int]) -> Trail:
    """Pure: the state of each lesson of `track`.

    Done ones are done; of the others the one read last is where the learner is, and the first
    after it that is left, or the very first when none is begun, is next.
    """
    lessons = track.lessons
    open_ones = [i for i, lesson in enumerate(lessons) if not is_done(progress.get(lesson.id))]
    begun = [i for i in open_ones if lessons[i].id in progress]
    here = max(begun, key=lambda i: progress[lessons[i].id].last_read_at, default=None)
    after = [i for i in open_ones if i != here and (here is None or i > here)]
    following = min(after, default=None)

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
                ticks & {concept.id for concept in lesson.concepts},
            )
            for index, lesson in enumerate(lessons)
        ),
    )


def is_done(row: LessonProgress | None) -> bool:
    return bool(row and row.completed_at)
