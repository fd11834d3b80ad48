"""The course's files against the outline they follow: facts word for word, links URL for URL."""

import json
from collections import Counter
from typing import Any

import pytest

from courses.content.files import parsed
from courses.content.writing import to_yaml
from tests.course.reading import COURSE, FOLDER, LESSONS, ROOT, every_lesson, read

OUTLINE = json.loads((ROOT / "tests/data/outline-2025.json").read_text("utf-8"))
NOTEBOOKS = read("notebooks.yaml")["notebooks"]
FACTS = {
    f"{track['slug']}/{lesson['slug']}": lesson
    for track in OUTLINE["tracks"]
    for lesson in track["lessons"]
}
# The outline's parser took this name from the middle of a Markdown link.
MENDED = {"[Direct Preference Optimization](https": "Direct Preference Optimization"}


def links(items: list[dict[str, Any]]) -> set[str]:
    return {item["url"] for item in items}


def test_the_counts() -> None:
    assert len(COURSE["tracks"]) == 3
    assert len(LESSONS) == 20
    assert sum(len(lesson["concepts"]) for lesson in LESSONS.values()) == 76
    assert sum(len(lesson["references"]) for lesson in LESSONS.values()) == 104
    assert len(NOTEBOOKS) == 23


def test_tracks_and_the_order_of_their_lessons() -> None:
    ours = [(t["slug"], t["title"], t["optional"], t["lessons"]) for t in COURSE["tracks"]]
    assert ours == [
        (t["slug"], t["title"], t["optional"], [lesson["slug"] for lesson in t["lessons"]])
        for t in OUTLINE["tracks"]
    ]
    assert [t["optional"] for t in COURSE["tracks"]] == [True, False, False]


@every_lesson
def test_titles_concepts_and_references_are_the_outlines(key: str) -> None:
    """References in an order of our own: the best to begin with comes first."""
    ours, facts = LESSONS[key], FACTS[key]
    assert ours["title"] == facts["title"]
    assert [concept["name"] for concept in ours["concepts"]] == [
        MENDED.get(concept["name"], concept["name"]) for concept in facts["concepts"]
    ]
    assert told(ours["references"]) == told(facts["references"])


def told(references: list[dict[str, Any]]) -> dict[str, tuple[Any, ...]]:
    """Title and author by address; each address stands once."""
    found = {r["url"]: (r["title"], r.get("author"), r.get("author_url")) for r in references}
    assert len(found) == len(references)
    return found


@every_lesson
def test_links_that_the_outline_mentions_stand_where_it_mentions_them(key: str) -> None:
    ours, facts = LESSONS[key], FACTS[key]
    notes = {reference["url"]: reference["note"] for reference in ours["references"]}
    places = [(ours["introduction"], facts["mentions"])]
    places += [
        (ours["concepts"][n]["body"], concept["mentions"])
        for n, concept in enumerate(facts["concepts"])
    ]
    places += [(notes[one["url"]], one.get("see_also", [])) for one in facts["references"]]
    missing = [
        url for text, mentions in places for url in links(mentions) if f"({url})" not in text
    ]
    assert missing == []


def test_notebooks_are_the_outlines() -> None:
    keys = ("colab", "article", "homepage")
    assert [(n["category"], n["title"], *(n.get(k) for k in keys)) for n in NOTEBOOKS] == [
        (n["category"], n["name"], *(n[k] for k in keys)) for n in OUTLINE["notebooks"]
    ]
    assert Counter(n["category"] for n in NOTEBOOKS) == {
        "Tools": 8,
        "Fine-tuning": 6,
        "Quantization": 4,
        "Other": 5,
    }
    assert [n["title"] for n in NOTEBOOKS if not n.get("lessons")] == []
    assert {lesson for n in NOTEBOOKS for lesson in n["lessons"]} <= set(LESSONS)


@pytest.mark.parametrize(
    "name", [file.relative_to(FOLDER).as_posix() for file in sorted(FOLDER.rglob("*.yaml"))]
)
def test_files_are_as_the_export_writes_them(name: str) -> None:
    """So that a word changed in the admin is a line changed in the file."""
    raw = (FOLDER / name).read_bytes()
    assert to_yaml(name, parsed(name, raw).data).encode() == raw
