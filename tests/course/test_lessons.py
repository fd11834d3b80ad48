"""Lessons: what each must say, how long it may be, how it reads, and where its links lead."""

import re
from graphlib import TopologicalSorter
from itertools import pairwise

import pytest

from courses.markdown import render
from tests.course.reading import LESSONS, LINK, PICTURE, every_lesson, prose, texts_of, words

SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n\n")
COURSE_LINK = re.compile(r"/courses/llm-course/(?:([a-z-]+)/(?:([a-z-]+)/)?)?(?:#([\w-]+))?")
CONCEPTS = [
    f"{key}/{concept['slug']}" for key, lesson in LESSONS.items() for concept in lesson["concepts"]
]
NEEDS = {
    f"{key}/{concept['slug']}": [
        need if "/" in need else f"{key}/{need}" for need in concept.get("needs", ())
    ]
    for key, lesson in LESSONS.items()
    for concept in lesson["concepts"]
}


@every_lesson
def test_it_opens_with_what_the_reader_will_be_able_to_do(key: str) -> None:
    outcomes = LESSONS[key]["outcomes"]
    assert 3 <= len(outcomes) <= 5
    assert [one for one in outcomes if not 4 <= words(one) <= 28] == []
    assert 60 <= words(LESSONS[key]["introduction"]) <= 220
    assert words(LESSONS[key]["summary"]) >= 8


@every_lesson
def test_each_concept_has_room_to_teach_and_names_the_usual_mistake(key: str) -> None:
    bodies = {concept["slug"]: concept["body"] for concept in LESSONS[key]["concepts"]}
    lengths = {slug: words(body) for slug, body in bodies.items()}
    assert {slug: n for slug, n in lengths.items() if not 300 <= n <= 700} == {}
    assert [slug for slug, body in bodies.items() if ":::caution" not in body] == []


@every_lesson
def test_it_closes_with_key_facts_and_an_exercise(key: str) -> None:
    lesson = LESSONS[key]
    for concept in lesson["concepts"]:
        assert 4 <= words(concept["fact"]["prompt"]) <= 40, concept["slug"]
        assert 1 <= words(concept["fact"]["answer"]) <= 80, concept["slug"]
        assert 4 <= words(concept["claim"]) <= 20, concept["slug"]
    assert 30 <= words(lesson["exercise"]["task"]) <= 260
    assert words(lesson["exercise"]["answer"]) >= 30


@every_lesson
def test_references_say_what_the_reader_gets_and_how_deep_they_go(key: str) -> None:
    references = LESSONS[key]["references"]
    assert [r["title"] for r in references if not 8 <= words(r["note"]) <= 60] == []
    assert {r["level"] for r in references} <= {"introductory", "intermediate", "advanced"}


@every_lesson
def test_it_reads_easily(key: str) -> None:
    """Flesch's reading ease, with a syllable for each group of vowels; sentences to keep in mind.

    R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32, 1948.
    """
    for name, text in texts_of(key):
        if ":" in name:
            continue
        sentences = [re.findall(r"[A-Za-z][\w'’-]*", one) for one in SENTENCE.split(prose(text))]
        sentences = [one for one in sentences if one]
        said = [word for sentence in sentences for word in sentence]
        ease = (
            206.835
            - 1.015 * len(said) / len(sentences)
            - 84.6 * sum(map(syllables, said)) / len(said)
        )
        assert 55 <= ease <= 95, f"{name}: {ease:.0f}"
        assert max(map(len, sentences)) <= 45, f"{name}: {max(sentences, key=len)}"


def syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith("le")
    return max(1, groups - (silent and groups > 1))


def test_what_must_be_read_before_comes_before() -> None:
    """So there is no circle either, which the order of the graph says once more."""
    place = {name: at for at, name in enumerate(CONCEPTS)}
    assert len(place) == 76
    late = [(name, need) for name in CONCEPTS for need in NEEDS[name] if place[need] >= place[name]]
    assert late == []
    assert set(TopologicalSorter(NEEDS).static_order()) == set(CONCEPTS)
    assert sum(map(bool, NEEDS.values())) >= 50


@pytest.fixture(scope="module")
def anchors() -> set[str]:
    """Every place in a lesson that an address can name, as `track/lesson#anchor`."""
    found = set()
    for key, lesson in LESSONS.items():
        found |= {f"{key}#{concept['slug']}" for concept in lesson["concepts"]}
        for concept in lesson["concepts"]:
            headings = render(concept["body"], prefix=concept["slug"]).headings
            found |= {f"{key}#{heading.id}" for heading in headings}
    return found


@every_lesson
def test_links_within_the_site_lead_somewhere(key: str, anchors: set[str]) -> None:
    for name, text in texts_of(key):
        assert "](#" not in text, name
        for address in LINK.findall(PICTURE.sub("", text)):
            found = COURSE_LINK.fullmatch(address)
            assert found, f"{name}: {address}"
            track, lesson, anchor = found.groups()
            if lesson:
                assert f"{track}/{lesson}" in LESSONS, f"{name}: {address}"
            if anchor and track != "glossary":
                assert f"{track}/{lesson}#{anchor}" in anchors, f"{name}: {address}"


@every_lesson
def test_headings_are_not_skipped(key: str) -> None:
    for name, text in texts_of(key):
        levels = [len(marks) for marks in re.findall(r"^(#{2,6}) ", prose_lines(text), re.M)]
        steps = pairwise([2, *levels])
        assert not [step for step in steps if step[1] > step[0] + 1], name


def prose_lines(text: str) -> str:
    """`text` without code, in which a comment looks like a heading."""
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)
