"""What readers are to know before a concept or a lesson."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from courses.content import needs as addresses
from courses.content.documents import address_of
from courses.models import Concept, Lesson, Need, Status

# So many lessons are named at a stop of the trail.
MOST_LESSONS = 3


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A concept to read first; `lesson` is the title of the lesson it is of, if another."""

    id: int
    name: str
    url: str
    lesson: str


def needs_of(concept: Concept, course_url: str, now: datetime) -> tuple[NeedLine, ...]:
    """Those that readers have at `now`; no query where the needs came with the concept."""
    needs = sorted(concept.needs.all(), key=lambda one: (one.position, one.pk))
    return tuple(line(one, course_url) for one in needs if is_seen(one, now))


def is_seen(need: Need, now: datetime) -> bool:
    lesson = need.needed.lesson
    if lesson.pk == need.concept.lesson_id:
        return not need.needed.archived
    due = lesson.publish_at is None or lesson.publish_at <= now
    return need.is_current and lesson.status == Status.PUBLISHED and due


def line(need: Need, course_url: str) -> NeedLine:
    concept = need.needed
    if concept.lesson_id == need.concept.lesson_id:
        return NeedLine(concept.pk, concept.name, f"#{concept.slug}", "")
    return elsewhere(concept, course_url)


def elsewhere(concept: Concept, course_url: str) -> NeedLine:
    lesson = concept.lesson
    address = f"{course_url}{lesson.track.slug}/{lesson.slug}/#{concept.slug}"
    return NeedLine(concept.pk, concept.name, address, lesson.title)


def needs_said(
    lesson: Lesson, data: Mapping[str, Any], now: datetime
) -> dict[str, tuple[NeedLine, ...]]:
    """The same of each concept of a lesson's document, by slug; one query where it names any."""
    own = f"{lesson.track.slug}/{lesson.slug}"
    said = addresses.needs_of(own, data)
    if not any(said.values()):
        return {}
    url = lesson.track.course.get_absolute_url()
    ids = {concept.slug: concept.pk for concept in lesson.concepts.all()}
    known = {
        f"{own}/{row['slug']}": NeedLine(
            ids.get(row["slug"], 0), row["name"], f"#{row['slug']}", ""
        )
        for row in data["concepts"]
    }
    slugs = {need.rpartition("/")[2] for needs in said.values() for need in needs}
    there = Concept.objects.current().filter(
        lesson__in=Lesson.objects.published(now).exclude(pk=lesson.pk),
        lesson__track__course=lesson.track.course_id,
        slug__in=slugs,
    )
    for concept in there.select_related("lesson__track"):
        known[address_of(concept)] = elsewhere(concept, url)
    return {
        one.rpartition("/")[2]: tuple(known[need] for need in needs if need in known)
        for one, needs in said.items()
    }


def lessons_needed(lessons: Iterable[int], places: Mapping[int, int]) -> dict[int, list[int]]:
    """The lessons that each of these builds on directly, by id; one query.

    Of those in `places`, at most `MOST_LESSONS` that most of its concepts need, in the order that
    `places` gives.
    """
    rows = Need.objects.filter(
        concept__lesson__in=lessons, concept__archived=False, needed__archived=False
    ).order_by()
    counts: dict[int, Counter[int]] = {}
    for lesson, needed in rows.values_list("concept__lesson", "needed__lesson"):
        if lesson != needed and needed in places:
            counts.setdefault(lesson, Counter())[needed] += 1
    return {
        lesson: sorted(most_needed(found, places), key=places.__getitem__)
        for lesson, found in counts.items()
    }


def most_needed(counts: Counter[int], places: Mapping[int, int]) -> list[int]:
    return sorted(counts, key=lambda one: (-counts[one], places[one]))[:MOST_LESSONS]
