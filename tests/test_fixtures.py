"""The course's files against the outline they follow: facts word for word, links URL for URL."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from courses.content.files import parsed
from courses.content.writing import to_yaml
from quizzes.kinds import KINDS

ROOT = Path(__file__).resolve().parent.parent
OUTLINE = json.loads((ROOT / "tests/data/outline-2025.json").read_text("utf-8"))
FOLDER = ROOT / "fixtures"
COURSE = yaml.safe_load((FOLDER / "course.yaml").read_text("utf-8"))
NOTEBOOKS = yaml.safe_load((FOLDER / "notebooks.yaml").read_text("utf-8"))["notebooks"]
LESSONS = {
    (track["slug"], slug): yaml.safe_load(
        (FOLDER / track["slug"] / f"{slug}.yaml").read_text("utf-8")
    )
    for track in COURSE["tracks"]
    for slug in track["lessons"]
}
FACTS = {
    (track["slug"], lesson["slug"]): lesson
    for track in OUTLINE["tracks"]
    for lesson in track["lessons"]
}
# The outline's parser took this name from the middle of a Markdown link.
MENDED = {"[Direct Preference Optimization](https": "Direct Preference Optimization"}

every_lesson = pytest.mark.parametrize("key", LESSONS, ids="/".join)


def words(markdown: str) -> int:
    """How many words a reader reads: no code, no formulas, no addresses."""
    text = re.sub(r"```.*?```|\$\$.*?\$\$|\$[^$]*\$|\]\([^)]*\)", " ", markdown, flags=re.DOTALL)
    return len(re.findall(r"[A-Za-z0-9][\w'’-]*", text))


def links(items: list[dict[str, Any]]) -> set[str]:
    return {item["url"] for item in items}


def test_the_counts() -> None:
    assert len(COURSE["tracks"]) == 3
    assert len(LESSONS) == 20
    assert sum(len(lesson["concepts"]) for lesson in LESSONS.values()) == 76
    assert sum(len(lesson["references"]) for lesson in LESSONS.values()) == 104
    assert sum(len(lesson["questions"]) for lesson in LESSONS.values()) == 265
    assert len(NOTEBOOKS) == 23


def test_tracks_and_the_order_of_their_lessons() -> None:
    ours = [(t["slug"], t["title"], t["optional"], t["lessons"]) for t in COURSE["tracks"]]
    assert ours == [
        (t["slug"], t["title"], t["optional"], [lesson["slug"] for lesson in t["lessons"]])
        for t in OUTLINE["tracks"]
    ]
    assert [t["optional"] for t in COURSE["tracks"]] == [True, False, False]


@every_lesson
def test_titles_concepts_and_references_are_the_outlines(key: tuple[str, str]) -> None:
    ours, facts = LESSONS[key], FACTS[key]
    assert ours["title"] == facts["title"]
    assert [concept["name"] for concept in ours["concepts"]] == [
        MENDED.get(concept["name"], concept["name"]) for concept in facts["concepts"]
    ]
    assert [
        (r["title"], r["url"], r.get("author"), r.get("author_url")) for r in ours["references"]
    ] == [(r["title"], r["url"], r["author"], r.get("author_url")) for r in facts["references"]]


@every_lesson
def test_links_that_the_outline_mentions_stand_where_it_mentions_them(key: tuple[str, str]) -> None:
    ours, facts = LESSONS[key], FACTS[key]
    places = [(ours["introduction"], facts["mentions"])]
    places += [
        (ours["concepts"][n]["body"], concept["mentions"])
        for n, concept in enumerate(facts["concepts"])
    ]
    places += [
        (ours["references"][n]["note"], reference.get("see_also", []))
        for n, reference in enumerate(facts["references"])
    ]
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


@every_lesson
def test_every_concept_is_taught_in_words(key: tuple[str, str]) -> None:
    lesson = LESSONS[key]
    short = {c["slug"]: words(c["body"]) for c in lesson["concepts"] if words(c["body"]) < 150}
    assert short == {}
    assert words(lesson["introduction"]) >= 60
    assert words(lesson["summary"]) >= 8
    assert [r["title"] for r in lesson["references"] if not 6 <= words(r["note"]) <= 60] == []


@every_lesson
def test_every_lesson_asks_about_each_of_its_concepts(key: tuple[str, str]) -> None:
    lesson = LESSONS[key]
    assert len(lesson["questions"]) >= 12
    assert {q["concept"] for q in lesson["questions"]} == {c["slug"] for c in lesson["concepts"]}
    kinds = {q["kind"] for q in lesson["questions"]}
    assert kinds >= {"single", "multiple"}
    assert len(kinds) >= 5


@every_lesson
def test_every_concept_has_a_fact_to_remember(key: tuple[str, str]) -> None:
    for concept in LESSONS[key]["concepts"]:
        assert 4 <= words(concept["fact"]["prompt"]) <= 40, concept["slug"]
        assert 1 <= words(concept["fact"]["answer"]) <= 80, concept["slug"]


@every_lesson
def test_every_option_explains_itself(key: tuple[str, str]) -> None:
    for question in LESSONS[key]["questions"]:
        assert question["explanation"].strip()
        options = question["payload"].get("options", ())
        assert all(option["feedback"].strip() for option in options)


@every_lesson
def test_every_key_is_the_key(key: tuple[str, str]) -> None:
    for question in LESSONS[key]["questions"]:
        kind, payload = KINDS[question["kind"]], question["payload"]
        outcome = kind.grade(payload, kind.right_answer(payload))
        assert outcome.pending if kind.name == "free" else outcome.score == 1, question["slug"]


@every_lesson
def test_every_mistake_gets_its_own_feedback(key: tuple[str, str]) -> None:
    fields = {"numeric": "value", "text": "text"}
    for question in LESSONS[key]["questions"]:
        field = fields.get(question["kind"], "")
        for mistake in question["payload"].get("mistakes", ()):
            outcome = KINDS[question["kind"]].grade(question["payload"], {field: mistake[field]})
            assert outcome.score == 0, question["slug"]
            assert [part.feedback for part in outcome.parts] == [mistake["feedback"]]


def test_all_kinds_are_asked() -> None:
    asked = Counter(q["kind"] for lesson in LESSONS.values() for q in lesson["questions"])
    assert set(asked) == set(KINDS)
    assert min(asked.values()) >= 8


def test_the_key_does_not_give_itself_away() -> None:
    """Where one answer is right, its place and its length tell nothing."""
    asked = [q for lesson in LESSONS.values() for q in lesson["questions"] if q["kind"] == "single"]
    places: Counter[int] = Counter()
    longest = 0
    for question in asked:
        options = question["payload"]["options"]
        right = next(n for n, option in enumerate(options) if option["right"])
        places[right] += 1
        longest += len(options[right]["text"]) == max(len(option["text"]) for option in options)
    assert max(places.values()) < len(asked) * 0.4
    assert longest < len(asked) * 0.35


@pytest.mark.parametrize(
    "name", [file.relative_to(FOLDER).as_posix() for file in sorted(FOLDER.rglob("*.yaml"))]
)
def test_files_are_as_the_export_writes_them(name: str) -> None:
    """So that a word changed in the admin is a line changed in the file."""
    raw = (FOLDER / name).read_bytes()
    assert to_yaml(name, parsed(name, raw).data).encode() == raw
