"""A README with hostile words in every place that it has."""

from random import Random

from tests.hostile import generated, markdown

URL = "https://colab.research.google.com/drive/"


def readme(seed: int = 5) -> str:
    """The vectors in turn as title, part, lesson, concept, text, reference, note and cell."""
    parts = [*markdown(), *generated(Random(seed), 20)]
    lines = [" ".join(part.split()) for part in parts]
    # A comment that nothing closes would take the rest of the file along.
    lines = [line for line in lines if line and line.count("<!--") <= line.count("-->")]
    found = [f"# {lines[0]}", "", lines[1], "", "## Notebooks", "", f"### {lines[2]}", ""]
    found += ["| N | D | Open |", "|---|---|---|"]
    found += [f"| {one} | {one} | [o]({URL}{at}) |" for at, one in enumerate(lines[::4])]
    found += ["", "## Evil", "", lines[3], "", f"### 1. {lines[4]}", ""]
    found += [f"- **{one[:40]}**: {one}" for one in lines[::2]]
    found += ["", *lines[1::4], "", "### 2. Later", "", *(f"- **A**: {one}" for one in lines[1::2])]
    found += ["", "📚 References:"]
    found += [f"* [{one}](https://example.org/{one}) by {one}" for one in lines[::4]]
    found += [f"* [t](https://example.org/{at}) by {one}: {one}" for at, one in enumerate(lines)]
    return "\n".join(found) + "\n"
