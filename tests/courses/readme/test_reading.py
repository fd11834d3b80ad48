"""READMEs to outlines, and the account of every line."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.markdown import render
from courses.readme.inline import plain
from courses.readme.outline import Notebook, Outline
from courses.readme.reading import Reading, read
from tests.courses.readme.samples import SETS, WEATHER


def outline(text: str) -> Outline:
    return read(text.encode()).outline


def said(text: str, reading: Reading | None = None) -> dict[str, tuple[str, str, str]]:
    """Verdict, what and how of the line that contains each text."""
    reading = reading or read(WEATHER.encode())
    at = next(n for n, line in enumerate(reading.decoded.lines) if text in line)
    one = reading.entries[at]
    return {text: (one.verdict, one.what, one.how)}


@pytest.fixture(scope="module")
def weather() -> Outline:
    return outline(WEATHER)


def test_course_and_parts(weather: Outline) -> None:
    assert weather.title == "Weather Course"
    assert weather.summary == (
        "The weather course has two parts: Basics is optional and looks at air and water. "
        "The Forecaster computes tomorrow from today."
    )
    assert [(one.title, one.optional, one.summary) for one in weather.parts] == [
        ("Basics", True, "This part explains what air does."),
        ("The Forecaster", False, ""),
    ]
    assert [one.title for one in weather.lessons] == ["Air pressure", "Water (H2O)", "Models"]


def test_introductions_without_html_and_pictures(weather: Outline) -> None:
    pressure, water, models = weather.lessons
    assert pressure.introduction == (
        "Air has a **weight**. See the chart and [a barometer](https://example.org/b.png).\n"
    )
    assert water.introduction == "- A book in a library\n"
    assert models.introduction == (
        "| Model | Grid |\n|-------|------|\n| Coarse | 50 km |\n\nText behind the table.\n\n"
        '```python\nprint("## 2. Not a heading")\n```\n'
    )


def test_concepts_in_all_their_shapes(weather: Outline) -> None:
    concepts = [(one.name, one.body) for lesson in weather.lessons for one in lesson.concepts]
    assert concepts == [
        (
            "Barometer",
            "A tube of mercury, read by [Torricelli](https://example.org/torricelli).\n"
            "It stands still.\n\n- Nested one\n- Nested two\n",
        ),
        ("Isobar", "[Isobar](https://example.org/isobar): A line of equal pressure.\n"),
        ("Front", "[Front](https://example.org/front) moves with the wind.\n"),
        ("Dew", "Water on grass.\n"),
        ("Fog", "A cloud that lies down.\n"),
    ]


def test_references_in_all_their_shapes(weather: Outline) -> None:
    found = [
        (one.title, one.url.removeprefix("https://"), one.author, one.author_url, one.note)
        for lesson in weather.lessons
        for one in lesson.references
    ]
    see = "Shows it. See also [more](https://example.org/more)."
    assert found == [
        ("Ida Berg - Why air is heavy", "www.youtube.com/watch?v=1", "", "", see),
        ("Pressure at sea", "arxiv.org/abs/1234.5678", "", "", ""),
        ("A guide to fog", "example.org/fog", "Jo Fog et al.", "", "Thick."),
        ("Clouds", "example.org/clouds", "@cloud", "https://example.org/@cloud", "Many pictures."),
        ("Rain", "example.org/rain", "Ann Rain", "", ""),
        ("Snow", "example.org/snow", "", "", ""),
        ("Hail", "example.org/hail", "", "", ""),
        ("Sleet", "example.org/sleet", "", "", ""),
    ]
    kinds = [one.kind for lesson in weather.lessons for one in lesson.references]
    assert kinds == ["video", "paper", *["article"] * 6]


def test_notebooks_of_tables(weather: Outline) -> None:
    drive = "https://colab.research.google.com/drive"
    article = "https://example.org/isobars"
    assert [
        (one.category, one.title, one.description, one.colab, one.article, one.homepage)
        for one in weather.notebooks
    ] == [
        (
            "Tools",
            "Cloud Counter",
            "Counts clouds | fog",
            f"{drive}/1abc",
            "",
            "https://example.org/clouds",
        ),
        ("Maps", "Draw isobars", "Lines of equal pressure.", f"{drive}/2def", article, ""),
        ("Maps", "Wind rose", "Without a notebook.", "", "", ""),
    ]


@pytest.mark.parametrize(
    ("text", "verdict", "what", "how"),
    [
        ("Follow me", "dropped", "", "before the first part, and no introduction of the course"),
        ("banner.png", "changed", "title", "the words of a picture"),
        ("### Tools", "kept", "category “Tools” of notebooks", ""),
        ("Cloud Counter", "kept", "notebook “Cloud Counter”", ""),
        ("img/basics", "dropped", "", "a picture of the README’s own repository is left out"),
        ("### 1. Air", "changed", "lesson “Air pressure”", "without its number, picture and marks"),
        (
            "Air has a",
            "changed",
            "introduction",
            "HTML became Markdown; a link within the README’s own repository became text; "
            "a picture elsewhere became a link to it",
        ),
        ("**Barometer**", "kept", "concept “Barometer”", ""),
        ("It stands still", "kept", "text of “Barometer”", ""),
        ("[**Isobar**]", "changed", "concept “Isobar”", "the link of its name stands in its text"),
        ("Resources:", "kept", "where the references begin", ""),
        ("A guide to fog", "kept", "reference “A guide to fog” (article, as guessed)", ""),
        (
            "Hail",
            "kept",
            "reference “Snow”, “Hail”, “Sleet” (article, article, article, as guessed)",
            "",
        ),
        (
            "A book in",
            "changed",
            "introduction",
            "no address to open: it is in the introduction, and no reference",
        ),
        ("Thanks to", "dropped", "", "about the README, and not of the course"),
        ("</details>", "dropped", "", "HTML tags are left out"),
    ],
)
def test_each_line_is_accounted_for(text: str, verdict: str, what: str, how: str) -> None:
    assert said(text)[text] == (verdict, what, how)


@pytest.mark.parametrize("name", SETS)
def test_account_has_each_line_once(name: str) -> None:
    text = SETS[name]
    reading = read(text.encode())
    numbers = [entry.number for entry in reading.entries]
    assert numbers == list(range(1, len(text.splitlines()) + 1))
    assert all(entry.what for entry in reading.entries if entry.verdict in {"kept", "changed"})
    assert all(entry.how for entry in reading.entries if entry.verdict in {"changed", "dropped"})


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("without parts", [("", [("One", ["A"]), ("Two", [])])]),
        ("unnumbered", [("Part", [("Lesson", ["A"])])]),
        ("a part that is a lesson", [("One", [("L", [])]), ("Two", [("Two", ["A"])])]),
        ("underlined", [("", [("Lesson", ["A"])])]),
        ("nothing", []),
        ("open fence", [("P", [("L", [])])]),
        ("open comment", [("P", [("L", [])])]),
        ("open drawing", [("P", [("L", []), ("M", [])])]),
    ],
)
def test_other_shapes(name: str, found: list[tuple[str, list[tuple[str, list[str]]]]]) -> None:
    assert [
        (part.title, [(one.title, [c.name for c in one.concepts]) for one in part.lessons])
        for part in outline(SETS[name]).parts
    ] == found


def test_notes_of_github_become_callouts() -> None:
    found = outline("## P\n\n### 1. L\n\n> [!WARNING]\n> Do not.\n\nText\n\n> A quote.\n")
    introduction = found.lessons[0].introduction
    assert introduction == ":::caution\nDo not.\n:::\n\nText\n\n> A quote.\n"
    assert '<aside aria-label="Caution" class="callout"' in render(introduction).html


def test_a_notebook_within_a_lesson_belongs_to_it() -> None:
    row = "| [Try it](https://colab.research.google.com/x) | Words |"
    found = outline(f"## P\n\n### 1. L\n\n- **A**: b\n\n| N | D |\n|--|--|\n{row}\n")
    assert found.notebooks == (
        Notebook("L", "Try it", 9, "Words", "https://colab.research.google.com/x", lesson=(0, 0)),
    )


def test_a_notebook_above_the_lessons_of_a_part_is_of_the_part() -> None:
    row = "| [Try it](https://colab.research.google.com/x) | Words |"
    table = f"| N | D |\n|--|--|\n{row}\n"
    found = outline(f"## P\n\n### 1. L\n\nText\n\n## Q\n\n{table}\n### 2. M\n\nText\n")
    assert [(one.category, one.lesson) for one in found.notebooks] == [("Q", None)]


HOSTILE = {
    "script in a heading": "## <script>alert(1)</script>\n\n### 1. <img src=x onerror=alert(1)>\n",
    "javascript": "## P\n\n### 1. L\n\n📚 References:\n* [x](javascript:alert(1)) by y: z\n",
    "brackets": "## P\n\n### 1. L\n\n" + "[" * 10_000 + "\n",
    "pairs": "## P\n\n### 1. L\n\n- **A**: " + "](" * 5_000 + "\n",
    "ticks": "## P\n\n### 1. L\n\n" + "".join("`" * n + " " for n in range(1, 130)) + "\n",
    "tags": "## P\n\n### 1. L\n\n" + "<a href=" * 2_000 + "\n",
    "table": "## P\n\n### 1. L\n\n" + "|" * 9_000 + "\n|-|\n" + "|x" * 9_000 + "\n",
    "formula": "## P\n\n### 1. L\n\n- **A**: costs $5 and \\frac{ and $6\n",
    "long line": "## P\n\n### 1. L\n\n" + "word " * 30_000 + "\n",
    "deep": "## P\n\n### 1. L\n\n" + "".join(" " * n + "- x\n" for n in range(0, 80, 2)),
    "quotes": "## P\n\n### 1. L\n\n" + ">" * 3_000 + " x\n",
    "comments": "## P\n\n### 1. L\n\n" + "<!--" * 4_000 + "\n",
    "names": "## P\n\n### 1. " + "L" * 5_000 + "\n\n- **" + "C" * 5_000 + "**: x\n",
    "definitions": "## P\n\n### 1. L\n\n[a][b]\n\n[b]: javascript:alert(1)\n",
    "directions": "## P\u202e\n\n### 1. L\x00\n\n- **\u2066A**: \u202ex\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_become_what_our_renderer_shows(name: str) -> None:
    reading = read(HOSTILE[name].encode())
    assert len(reading.outline.lessons) == 1 or name == "script in a heading"
    for lesson in reading.outline.lessons:
        texts = [lesson.introduction, *(one.body for one in lesson.concepts)]
        for text in texts:
            html = render(text, strict=True).html
            assert not re.search(r"<(script|img)|href=\"javascript|\son\w+=", html)
        assert all(one.url.startswith("http") for one in lesson.references)
        assert len(lesson.title) <= 200
        assert all(len(one.name) <= 200 for one in lesson.concepts)


LINES = st.sampled_from(
    [
        *("", "", "text alpha", "- item beta", "  - nested gamma", "  more delta", "---", "***"),
        *("## Part", "## 🧩 Part two", "### 1. Lesson", "### 2. Other", "#### Deep", "# Top"),
        *("- **Name**: epsilon", "* **[Linked](https://e.org/x)** zeta", "1. **Third** - eta"),
        *("📚 References:", "* [T](https://e.org/t) by A: theta", "* [U](https://e.org/u), iota"),
        *("```", "~~~", "<!-- c", "-->", "<details>", "<summary>More kappa</summary>", "> quote"),
        *("> [!TIP]", "| a | b |", "|---|---|", "| [n](https://colab.research.google.com/n) | d |"),
        *("<script>", "</script>", "[b]: https://e.org/b", "lambda [b][b]", "===", "## License"),
        *("![p](https://e.org/p.png)", "<b>mu</b> <img src='x'>", "$5 and $6 nu", "# Notebooks"),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=40), st.sampled_from(["\n", "\r\n"]))
def test_nothing_is_dropped_in_silence(lines: list[str], end: str) -> None:
    """Each line has one account, and the words of what is said to be text are in the texts."""
    text = end.join(["x", *lines])
    reading = read(text.encode())
    assert [entry.number for entry in reading.entries] == list(
        range(1, len(reading.decoded.lines) + 1)
    )
    found = reading.outline
    texts = [
        found.title,
        found.summary,
        *(word for part in found.parts for word in (part.title, part.summary)),
    ]
    for lesson in found.lessons:
        texts += [lesson.title, lesson.introduction]
        texts += [part for one in lesson.concepts for part in (one.name, one.body)]
        texts += [part for one in lesson.references for part in (one.title, one.author, one.note)]
    texts += [
        part for one in found.notebooks for part in (one.title, one.description, one.category)
    ]
    whole = " ".join(texts)
    for entry, line in zip(reading.entries, reading.decoded.lines, strict=True):
        if entry.verdict in {"kept", "changed"} and entry.what != "where the references begin":
            for word in re.findall(r"[a-z]{3,}", plain(line)):
                assert word in whole or "[" in line, (entry, line)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.text(max_size=300))
def test_anything_can_be_read(raw: bytes, text: str) -> None:
    for one in (b"# x\n" + raw, b"# x\n" + text.encode("utf-8", "replace")):
        reading = read(one)
        assert len(reading.entries) == len(reading.decoded.lines)
