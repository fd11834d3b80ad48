"""The lines of lists as plain values, for parts that are rendered once for all who share them."""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from courses import trail
from courses.mastery import Mastery
from courses.pages.course import ConceptLine, LessonLine, LessonLink, TrackPage
from courses.pages.lesson import LessonPage, Neighbour, Section
from courses.pages.needs import NeedLine
from courses.pages.references import ReferenceGroup, ReferenceLine
from courses.standing import LessonStanding, State, Trail


class OutlineRow(NamedTuple):
    item: Neighbour
    here: bool
    done: bool
    started: bool


class SectionRow(NamedTuple):
    section: Section
    place: int
    all: int
    personal: bool
    ticked: bool
    # What to read first; of who is signed in only what they have not ticked.
    needs: tuple[NeedLine, ...] = ()


class ReferenceRow(NamedTuple):
    reference: ReferenceLine
    personal: bool
    ticked: bool


class ConceptRow(NamedTuple):
    name: str
    url: str


class RecallRow(NamedTuple):
    """`recall` in percent, over so many reviewed cards."""

    recall: int
    cards: int


Remembered = tuple[ConceptRow, RecallRow]


class StopRow(NamedTuple):
    """A stop on the trail; the two halves of its path, and whether each was walked.

    Without what one remembers of it, so that many learners share it.
    """

    lesson: LessonLine
    number: int
    state: State
    arrive: str
    arrived: bool
    leave: str
    left: bool
    personal: bool
    ticked: frozenset[int]
    started: bool
    continue_at: ConceptLine | None
    minutes_left: int
    score: int | None
    passed: bool
    unreviewed: bool
    # Lessons to have read before, and whether each is done.
    builds_on: tuple[tuple[LessonLink, bool], ...]


def outline(page: LessonPage, standing: LessonStanding) -> list[OutlineRow]:
    done, started = standing.done, standing.started
    return [
        OutlineRow(item, item.id == page.id, item.id in done, item.id in started)
        for item in page.outline
    ]


def sections(
    found: Sequence[Section], standing: LessonStanding, *, personal: bool
) -> list[SectionRow]:
    known = standing.concepts | standing.needed
    rows = []
    for place, section in enumerate(found, 1):
        ticked = section.id in standing.concepts
        needs = () if ticked else tuple(one for one in section.needs if one.id not in known)
        rows.append(SectionRow(section, place, len(found), personal, ticked, needs))
    return rows


def references(
    page: LessonPage, standing: LessonStanding, *, personal: bool
) -> Iterator[tuple[ReferenceGroup, list[ReferenceRow]]]:
    for group in page.references:
        yield (
            group,
            [
                ReferenceRow(reference, personal, reference.id in standing.references)
                for reference in group.references
            ],
        )


def concepts(track: TrackPage, mastery: Mapping[int, Mastery]) -> Iterator[Remembered]:
    """Those of which something is known, in the order of the course."""
    for lesson in track.lessons:
        for concept in lesson.concepts:
            if found := mastery.get(concept.id):
                yield remembered(lesson, concept, found)


def remembered(lesson: LessonLine, concept: ConceptLine, mastery: Mastery) -> Remembered:
    return ConceptRow(concept.name, f"{lesson.url}#{concept.slug}"), recall_row(mastery)


def recall_row(mastery: Mastery) -> RecallRow:
    return RecallRow(round(mastery.recall * 100), mastery.cards)


def stops(
    walked: Trail, done_ones: Set[int], *, personal: bool
) -> Iterator[tuple[StopRow, int, RecallRow | None]]:
    """Each with how many of its cards are due, and how well it is remembered.

    `done_ones` are the lessons of the course that are done.
    """
    rows = len(walked.stops)
    before = False
    for row, stop in enumerate(walked.stops):
        done, mastery = stop.is_done, stop.mastery
        shared = StopRow(
            lesson=stop.lesson,
            number=stop.number,
            state=stop.state,
            arrive=trail.arrive(row),
            arrived=before,
            leave=trail.leave(row, rows),
            left=done,
            personal=personal,
            ticked=stop.ticked,
            started=stop.is_started,
            continue_at=stop.continue_at if stop.state is State.DOING else None,
            minutes_left=stop.minutes_left if stop.state is State.DOING else 0,
            score=None if stop.quiz_score is None else round(stop.quiz_score * 100),
            passed=stop.quiz_passed,
            unreviewed=done and mastery is None,
            builds_on=tuple((one, one.id in done_ones) for one in stop.lesson.builds_on),
        )
        yield shared, mastery.due if mastery else 0, recall_row(mastery) if mastery else None
        before = done
