"""A README's documents under the addresses that the course has for the same things."""

from collections.abc import Mapping
from dataclasses import dataclass

from courses.content.normal import Document
from courses.readme.documents import Documents
from courses.readme.matching import concepts_in, lessons_in, notebooks_in, partners, tracks_in

Names = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Named:
    """`moved` are lessons that the README has in another part than the course: they stay."""

    documents: Documents
    moved: tuple[str, ...] = ()


def named_like(new: Documents, old: Documents) -> Named:
    """`new` with the addresses of `old` wherever it speaks of the same thing."""
    tracks = partners(tracks_in(old.course, old.lessons), tracks_in(new.course, new.lessons))
    under = {
        f"{tracks.get(track_of(name), track_of(name))}/{slug_in(name)}": name
        for name in new.lessons
    }
    elsewhere = same_slug_elsewhere(under, old.lessons)
    placed = {elsewhere.get(name, name): new.lessons[own] for name, own in under.items()}
    lessons = partners(lessons_in(old.lessons), lessons_in(placed))
    back = {elsewhere.get(name, name): own for name, own in under.items()}
    names = {
        "tracks": tracks,
        "lessons": {own: lessons.get(name, name) for name, own in back.items()},
        "notebooks": partners(notebooks_in(old.notebooks), notebooks_in(new.notebooks)),
        "concepts": {},
    }
    for own, name in names["lessons"].items():
        if name in old.lessons:
            pairs = partners(concepts_in(old.lessons[name]), concepts_in(new.lessons[own]))
            names["concepts"] |= {f"{own}#{one}": other for one, other in pairs.items()}
    told = {own for own, name in names["lessons"].items() if moves(own, name, tracks)}
    return Named(renamed(new, names), tuple(sorted(told)))


def moves(own: str, name: str, tracks: Mapping[str, str]) -> bool:
    return tracks.get(track_of(own), track_of(own)) != track_of(name)


def same_slug_elsewhere(under: Mapping[str, str], old: Mapping[str, Document]) -> dict[str, str]:
    """Lessons that `old` has under the same address in one other track."""
    places: dict[str, list[str]] = {}
    for name in old:
        places.setdefault(slug_in(name), []).append(name)
    return {
        name: places[slug_in(name)][0]
        for name in under
        if name not in old
        and len(places.get(slug_in(name), ())) == 1
        and places[slug_in(name)][0] not in under
    }


def renamed(new: Documents, names: Names) -> Documents:
    """`new` under the addresses in `names`; what is not in them keeps its own."""
    lessons = {}
    for own, data in new.lessons.items():
        concepts = [
            {**row, "slug": names.get("concepts", {}).get(f"{own}#{row['slug']}", row["slug"])}
            for row in data["concepts"]
        ]
        lessons[lesson_name(own, names)] = {**data, "concepts": once(concepts)}
    rows = [
        {
            **row,
            "slug": names.get("notebooks", {}).get(row["slug"], row["slug"]),
            **(
                {"lessons": [lesson_name(one, names) for one in row["lessons"]]}
                if row.get("lessons")
                else {}
            ),
        }
        for row in new.notebooks["notebooks"]
    ]
    return Documents(course_under(new, names, lessons), lessons, {"notebooks": once(rows)})


def lesson_name(own: str, names: Names) -> str:
    track = names.get("tracks", {}).get(track_of(own), track_of(own))
    return names.get("lessons", {}).get(own) or f"{track}/{slug_in(own)}"


def course_under(new: Documents, names: Names, lessons: Mapping[str, Document]) -> Document:
    """The course's document; each lesson is listed in the track of its address."""
    listed: dict[str, list[str]] = {}
    for name in lessons:
        listed.setdefault(track_of(name), []).append(slug_in(name))
    tracks = [
        {**row, "slug": names.get("tracks", {}).get(row["slug"], row["slug"])}
        for row in new.course["tracks"]
    ]
    rows = [{**row, "lessons": listed.get(row["slug"], [])} for row in once(tracks)]
    return {**new.course, "tracks": rows}


def once(rows: list[Document]) -> list[Document]:
    """The rows with an address that none before them has: an old address may meet a new one."""
    found: dict[str, Document] = {}
    for row in rows:
        slug, number = row["slug"], 1
        while slug in found:
            number += 1
            slug = f"{row['slug']}-{number}"
        found[slug] = {**row, "slug": slug}
    return list(found.values())


def names_of(own: Documents, course: Documents) -> Names:
    """The addresses in `course` by those of the README alone, where they differ; both in order."""
    concepts: dict[str, str] = {}
    for (name, data), there in zip(own.lessons.items(), course.lessons.values(), strict=False):
        pairs = slugs_by_slugs(data["concepts"], there["concepts"])
        concepts |= {f"{name}#{one}": other for one, other in pairs.items()}
    names = {
        "tracks": slugs_by_slugs(own.course["tracks"], course.course["tracks"]),
        "lessons": dict(zip(own.lessons, course.lessons, strict=False)),
        "concepts": concepts,
        "notebooks": slugs_by_slugs(own.notebooks["notebooks"], course.notebooks["notebooks"]),
    }
    return differing(names)


def slugs_by_slugs(own: list[Document], course: list[Document]) -> dict[str, str]:
    return {one["slug"]: other["slug"] for one, other in zip(own, course, strict=False)}


def differing(names: Names) -> Names:
    return {
        kind: changed
        for kind, pairs in names.items()
        if (changed := {own: name for own, name in pairs.items() if own.split("#")[-1] != name})
    }


def track_of(name: str) -> str:
    return name.split("/")[0]


def slug_in(name: str) -> str:
    return name.split("/")[1]
