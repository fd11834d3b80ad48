"""Which concepts are to be read before others, into rows: when all the concepts are there."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from courses.content.documents import names_of
from courses.content.needs import needs_of
from courses.content.saving import Changes
from courses.models import Concept, Course, Lesson, Need

Data = Mapping[str, Any]


def save_needs(
    course: Course, said: Iterable[tuple[Lesson, Data]], now: datetime, *, whole: bool = False
) -> Changes:
    """What the concepts of each lesson need, by its data; a fixed number of queries.

    What is no concept of the course is left out. A need of a concept that is archived stays
    behind, unseen, for when that comes back; with `whole` it goes. A lesson that differs then is
    a new version, unless it has become one already at `now`.
    """
    rows = list(said)
    names = names_of(lesson for lesson, _ in rows)
    known = addresses(course)
    there = needs_there(names)
    changed = 0
    for lesson, data in rows:
        found = needs_of(names[lesson.pk], data)
        wanted = {
            known[own]: [known[one] for one in needs if one in known]
            for own, needs in found.items()
        }
        if sum(put(own, needs, there.get(own, []), whole=whole) for own, needs in wanted.items()):
            changed += raise_version(lesson, now)
    return Changes(updated=changed)


def addresses(course: Course) -> dict[str, int]:
    """Every concept of the course, archived ones too, by its `track/lesson/concept`."""
    rows = Concept.objects.filter(lesson__track__course=course)
    found = rows.values_list("pk", "lesson__track__slug", "lesson__slug", "slug")
    return {f"{track}/{lesson}/{slug}": pk for pk, track, lesson, slug in found}


def needs_there(lessons: Iterable[int]) -> dict[int, list[Need]]:
    """By the concept that has them."""
    found: dict[int, list[Need]] = {}
    for need in Need.objects.filter(concept__lesson__in=lessons).order_by("position", "pk"):
        found.setdefault(need.concept_id, []).append(need)
    return found


def put(concept: int, wanted: list[int], rows: list[Need], *, whole: bool) -> bool:
    """Whether what readers see of it, or may see, became another."""
    seen = [one.needed_id for one in rows if one.is_current]
    behind = [one.needed_id for one in rows if not one.is_current]
    kept = [] if whole else [one for one in behind if one not in wanted]
    listed = list(dict.fromkeys([*wanted, *kept]))
    if listed == [one.needed_id for one in rows]:
        return False
    Need.objects.filter(concept=concept).delete()
    Need.objects.bulk_create(
        Need(concept_id=concept, needed_id=one, position=place)
        for place, one in enumerate(listed, 1)
    )
    return [one for one in wanted if one not in behind] != seen


def raise_version(lesson: Lesson, now: datetime) -> bool:
    """Whether it was not a new one already, which has been counted then."""
    if lesson.updated_at == now:
        return False
    lesson.version += 1
    lesson.updated_at = now
    lesson.save(update_fields=["version", "updated_at"])
    return True
