"""glossary.yaml from the folder to the rows, to the history, and back."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from courses.content.glossary import problems_of_glossary
from courses.history.restoring import restore
from courses.history.telling import tell, with_before
from courses.models import Concept, Course, Revision, SearchEntry, Term
from tests.courses.content.test_exporting import export
from tests.courses.content.test_loading import change, folder, load, refusal

pytestmark = pytest.mark.django_db
__all__ = ["folder"]

FILE = "glossary.yaml"
# As `export_course` writes it.
TEXT = """\
terms:
- slug: kv-cache
  term: "KV cache"
  also: [key-value cache, KV caches]
  definition: |
    Keys and values of the tokens so far, *kept*.
  concept: one/first/idea
- slug: learning-rate
  term: "learning rate"
  definition: |
    How long a step is.
"""


@pytest.fixture
def course(folder: Path) -> Course:
    (folder / FILE).write_text(TEXT)
    load(folder)
    return Course.objects.get()


def test_terms_are_loaded_and_come_out_as_they_were(
    course: Course, folder: Path, tmp_path: Path
) -> None:
    cache, rate = Term.objects.all()
    assert (cache.slug, cache.also, str(cache.concept)) == (
        "kv-cache",
        ["key-value cache", "KV caches"],
        "Idea",
    )
    assert (rate.term, rate.also, rate.concept) == ("learning rate", [], None)
    assert SearchEntry.objects.filter(kind="term").count() == 2
    export(tmp_path / "out")
    assert (tmp_path / "out" / FILE).read_text() == TEXT
    Term.objects.filter(slug="learning-rate").update(term="Learning rate")
    export(tmp_path / "out")
    assert (tmp_path / "out" / FILE).read_text() == TEXT.replace('"lear', '"Lear')


def test_no_file_and_an_empty_one_say_the_same(folder: Path) -> None:
    load(folder)
    (folder / FILE).write_text("terms: []\n")
    load(folder)
    export(folder)
    assert (folder / FILE).read_text() == "terms: []\n"
    assert not Revision.objects.filter(name=FILE).exists()


def test_what_leaves_the_file_is_archived_and_comes_back(course: Course, folder: Path) -> None:
    cache = Term.objects.get(slug="kv-cache")
    (folder / FILE).unlink()
    load(folder)
    assert not Term.objects.current().exists()
    (folder / FILE).write_text(TEXT)
    load(folder)
    assert Term.objects.current().get(slug="kv-cache").pk == cache.pk
    assert Term.objects.count() == 2


def test_both_sides_changed(course: Course, folder: Path) -> None:
    Term.objects.filter(slug="kv-cache").update(definition="Kept.\n")
    change(folder, FILE, "How long a step is.", "How far a step goes.")
    with pytest.raises(CommandError) as caught:
        load(folder)
    assert "Term “KV cache”: definition:" in str(caught.value)
    assert "Term “learning rate”: definition: How [-long-]{+far+}" in str(caught.value)
    load(folder, take=[f"database:{FILE}"])
    assert Term.objects.get(slug="learning-rate").definition == "How long a step is.\n"
    (folder / FILE).write_text(TEXT.replace("How long", "How wide"))
    load(folder, take=["files"])
    assert Term.objects.get(slug="learning-rate").definition == "How wide a step is.\n"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "slug: learning-rate",
            "slug: kv-cache",
            "8: terms[2].slug: “kv-cache” stands here twice.",
        ),
        (
            '"learning rate"',
            '"KV Caches"',
            "9: terms[2].term: “KV Caches” is a name of “KV cache” already; keep it in one place.",
        ),
        (
            "KV caches",
            '"kv  cache"',
            "4: terms[1].also[2]: “kv  cache” is a name of “KV cache” already; keep it in one "
            "place.",
        ),
        ("one/first/idea", "one/first/none", "7: terms[1].concept: no concept “one/first/none”; it "
            "is track/lesson/concept."),
        ("KV caches", "[a]", "4: terms[1].also[2]: must be text, not “['a']”."),
        ('"KV cache"', '"  "', "3: terms[1].term: begins or ends with a blank."),
        ('"KV cache"', '"—"', "3: terms[1].term: has no letter and no digit."),
        ("*kept*.", "$\\\\bad{$", "5: terms[1].definition: "),
        (
            "definition: |\n    How long a step is.",
            "definition: ''",
            "10: terms[2].definition: is empty.",
        ),
        ("  term:", "  word:", "3: terms[1].word: is not a key here; known are slug, term, also,"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_line_and_key(folder: Path, old: str, new: str, line: str) -> None:
    (folder / FILE).write_text(TEXT.replace(old, new, 1))
    assert refusal(folder)[0].startswith(f"{FILE}:{line}")
    assert not Course.objects.exists()


@pytest.mark.parametrize("data", [None, [], {}, {"terms": None}, {"terms": [1, {"also": 1}]}])
def test_whatever_it_says_is_answered(data: Any) -> None:
    assert list(problems_of_glossary(data, {}))


def test_it_is_bounded() -> None:
    def row(at: int, **more: Any) -> dict[str, Any]:
        return {"slug": f"a-{at}", "term": f"term {at}", "definition": "Short.", **more}

    [many] = problems_of_glossary({"terms": [row(at) for at in range(2_001)]}, {})
    assert many.message == "has 2001 terms; 2000 is the most."
    named = row(1, also=[f"name {at}" for at in range(21)])
    [names] = problems_of_glossary({"terms": [named]}, {})
    assert names.message == "has 21 names; 20 is the most."


def test_a_concept_that_leaves_the_files_is_not_named(
    course: Course, folder: Path, tmp_path: Path
) -> None:
    """The term still points at it, and says so again when it is back."""
    Concept.objects.filter(lesson__slug="first", slug="idea").update(archived=True)
    export(tmp_path / "out", overwrite=True)
    assert "concept:" not in (tmp_path / "out" / FILE).read_text()
    load(tmp_path / "out")
    assert str(Term.objects.get(slug="kv-cache").concept) == "Idea"
    Concept.objects.update(archived=False)
    call_command("export_course", tmp_path / "out", course="small", verbosity=0)
    assert "concept: one/first/idea" in (tmp_path / "out" / FILE).read_text()


def test_history_tells_it_and_takes_it_back(course: Course, folder: Path) -> None:
    (folder / FILE).write_text(TEXT.replace("*kept*", "remembered").replace('"learning', '"Step'))
    load(folder)
    [newest, first] = with_before(Revision.objects.of_file(course, FILE))
    told = tell([newest], timezone.now())[0]
    assert told.sentence == (
        "The course’s files changed the glossary: definition of term “KV cache”, term of term "
        "“Step rate”"
    )
    [made] = restore(revision=first, by=None, note="", now=newest.made_at)
    assert (made.name, made.data) == (FILE, first.data)
    assert Term.objects.get(slug="kv-cache").definition.endswith("*kept*.\n")
