"""Questions: enough of them, of all kinds, each with one key that does not give itself away."""

import re
from collections import Counter
from itertools import combinations

from quizzes.kinds import KINDS
from tests.course.reading import LESSONS, QUESTIONS, every_lesson, read

# Of runs of three words.
SHORT = 12
SINGLES = [question for name, question in QUESTIONS if question["kind"] == "single"]


def test_there_are_enough() -> None:
    assert len(QUESTIONS) >= 280
    kinds = Counter(question["kind"] for name, question in QUESTIONS)
    assert set(kinds) == set(KINDS)
    assert min(kinds.values()) >= 8
    difficulties = Counter(question.get("difficulty", 2) for name, question in QUESTIONS)
    assert min(difficulties[level] for level in (1, 2, 3)) >= len(QUESTIONS) / 6


@every_lesson
def test_every_lesson_asks_about_each_of_its_concepts(key: str) -> None:
    questions = LESSONS[key]["questions"]
    asked = Counter(question["concept"] for question in questions)
    assert len(questions) >= 12
    assert set(asked) == {concept["slug"] for concept in LESSONS[key]["concepts"]}
    assert min(asked.values()) >= 3
    assert len({question["kind"] for question in questions}) >= 5
    assert {question.get("difficulty", 2) for question in questions} == {1, 2, 3}


@every_lesson
def test_every_option_explains_itself(key: str) -> None:
    for question in LESSONS[key]["questions"]:
        assert question["explanation"].strip(), question["slug"]
        options = question["payload"].get("options", ())
        assert all(option["feedback"].strip() for option in options), question["slug"]
        texts = [str(option["text"]).strip().lower() for option in options]
        assert len(set(texts)) == len(texts), question["slug"]
        lazy = [text for text in texts if re.search(r"\b(all|none|both) of (the|these)\b", text)]
        assert lazy == [], question["slug"]


@every_lesson
def test_the_working_of_a_number_is_shown(key: str) -> None:
    for question in LESSONS[key]["questions"]:
        if question["kind"] == "numeric":
            assert re.search(r"\d.*[=≈].*\d|\d", question["explanation"]), question["slug"]


@every_lesson
def test_every_key_is_the_key(key: str) -> None:
    for question in LESSONS[key]["questions"]:
        kind, payload = KINDS[question["kind"]], question["payload"]
        outcome = kind.grade(payload, kind.right_answer(payload))
        assert outcome.pending if kind.name == "free" else outcome.score == 1, question["slug"]


@every_lesson
def test_every_mistake_gets_its_own_feedback(key: str) -> None:
    fields = {"numeric": "value", "text": "text"}
    for question in LESSONS[key]["questions"]:
        field = fields.get(question["kind"], "")
        for mistake in question["payload"].get("mistakes", ()):
            outcome = KINDS[question["kind"]].grade(question["payload"], {field: mistake[field]})
            assert outcome.score == 0, question["slug"]
            assert [part.feedback for part in outcome.parts] == [mistake["feedback"]]


def test_neither_place_nor_length_gives_the_key_away() -> None:
    """The right option is the longest no more often than chance would have it, nor the shortest."""
    places: Counter[int] = Counter()
    found: Counter[str] = Counter()
    by_chance = {"longest": 0.0, "shortest": 0.0}
    for question in SINGLES:
        lengths = [len(str(option["text"])) for option in question["payload"]["options"]]
        right = next(n for n, one in enumerate(question["payload"]["options"]) if one["right"])
        places[right] += 1
        for name, length in (("longest", max(lengths)), ("shortest", min(lengths))):
            found[name] += lengths[right] == length
            by_chance[name] += lengths.count(length) / len(lengths)
    assert max(places[n] for n in range(4)) < len(SINGLES) * 0.36
    assert min(places[n] for n in range(4)) > len(SINGLES) * 0.14
    assert found["longest"] <= by_chance["longest"]
    assert found["shortest"] <= by_chance["shortest"]


def test_no_question_is_asked_twice() -> None:
    """No two whose prompts share most of their runs of three words; of short ones, say *Match each
    with its purpose*, what is to be matched counts as well."""
    runs = {}
    for name, one in QUESTIONS:
        said = threes(one["prompt"])
        runs[name] = said if len(said) >= SHORT else threes(f"{one['prompt']} {one['payload']}")
    twice = [
        (one, other)
        for one, other in combinations(runs, 2)
        if len(runs[one] & runs[other]) > 0.5 * min(len(runs[one]), len(runs[other]))
    ]
    assert twice == []
    slugs = Counter((name.rpartition("/")[0], q["concept"], q["slug"]) for name, q in QUESTIONS)
    assert max(slugs.values()) == 1


def threes(text: str) -> set[tuple[str, ...]]:
    said = re.findall(r"\w+", text.lower())
    return set(zip(said, said[1:], said[2:], strict=False))


def test_the_placement_asks_each_lesson_of_the_fundamentals() -> None:
    """At least 16 questions, four or more a lesson, so that the result can name what to skip."""
    (placement,) = (one for one in read("quizzes.yaml")["quizzes"] if one["mode"] == "placement")
    asked: Counter[str] = Counter()
    for draw in placement.get("draws", ()):
        asked[draw["lesson"]] += draw.get("number", 1)
    for one in placement.get("questions") or ():
        asked[one["lesson"]] += 1
    assert set(asked) == {key for key in LESSONS if key.startswith("llm-fundamentals/")}
    assert min(asked.values()) >= 4
