"""Finding, on whichever database the suite runs: each query has one right set of hits."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from courses.models import Concept, Course, Lesson, SearchEntry, Status, Track
from courses.search import Results, find, suggestions
from courses.search.index import rebuild
from tests.factories import (
    ConceptFactory,
    LessonFactory,
    NotebookFactory,
    ReferenceFactory,
    TermFactory,
    TrackFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
# On SQLite one more: the words that begin with what is being typed.
WORDS = 1 if connection.vendor == "sqlite" else 0

CONCEPTS = {
    "Base techniques": "Rounding needs a ruler. Quantization maps weights to integers on GPUs.",
    "GGUF & llama.cpp": "Run `llama.cpp` on a laptop. Files such as `Q4_K_M` are quantized.",
    "Flash Attention": "The layer is computed in tiles of 2,048 × 2,048 numbers.",
    "Attention mechanisms": "Every token looks at the tokens before it. A KV cache keeps keys.",
    "Learning rate": "The learning rate decays. Fine-tuning on one GPU takes a smaller one.",
    "Rates of learning": "How the rate of change is learning's friend, and the physics of an LLM.",
    "Résumé": "A naïve CV by José, in state-of-the-art style.",
}


@pytest.fixture
def course() -> Course:
    track = TrackFactory(slug="scientist", title="Scientist")
    lesson = LessonFactory(
        track=track, slug="a", title="Formats", introduction="Quantization: bits."
    )
    for number, (name, body) in enumerate(CONCEPTS.items()):
        ConceptFactory(lesson=lesson, slug=f"c{number}", name=name, body=body, position=number)
    ReferenceFactory(lesson=lesson, title="QLoRA paper", author="Tim Dettmers", note="NF4 levels.")
    NotebookFactory(course=track.course, slug="autoquant", title="AutoQuant", description="Copies.")
    rebuild(track.course)
    return track.course


def search(query: str, user: Any = None, **options: Any) -> Results:
    options = {"course": None, "now": NOW, **options}
    return find(query, user=user or AnonymousUser(), **options)


def titles(results: Results) -> set[str]:
    return {SearchEntry.objects.get(url=hit.url).title for hit in results.hits}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("quantization", {"Formats", "Base techniques", "GGUF & llama.cpp"}),
        ("QUANTIZING", {"Formats", "Base techniques", "GGUF & llama.cpp"}),
        ("quantizati", {"Formats", "Base techniques"}),
        ("bits quantiza", {"Formats"}),
        ("quantiza bits", set()),
        ("lay", {"Flash Attention"}),
        ("phy", {"Rates of learning"}),
        ("attention token", {"Attention mechanisms"}),
        ("attention", {"Flash Attention", "Attention mechanisms"}),
        ("attention -flash", {"Attention mechanisms"}),
        ('attention -"every token"', {"Flash Attention"}),
        ("learning rate", {"Learning rate", "Rates of learning"}),
        ('"learning rate"', {"Learning rate"}),
        ("what is the learning rate", {"Learning rate", "Rates of learning"}),
        ("llama", {"GGUF & llama.cpp"}),
        ("llama.cpp", {"GGUF & llama.cpp"}),
        ("cpp", {"GGUF & llama.cpp"}),
        ("q4_k", {"GGUF & llama.cpp"}),
        ("fine-tuning", {"Learning rate"}),
        ("finetuning", set()),
        ("resume jose", {"Résumé"}),
        ("RÉSUMÉ naive", {"Résumé"}),
        ('"state of the art"', {"Résumé"}),
        ("2048", set()),
        ("2,048", {"Flash Attention"}),
        ("dettmers nf4", {"QLoRA paper"}),
        ("autoq", {"AutoQuant"}),
        ("article", {"QLoRA paper"}),
        # The end of a title and the beginning of what follows are no phrase.
        ('"attention scientist"', set()),
        ("the", set()),
        ("-quantization", set()),
        ("quantization AND rounding", {"Base techniques"}),
        ("quantization OR bits", {"Formats"}),
        ("title:quantization", set()),
        ("NF4 level", {"QLoRA paper"}),
        ("GPU", {"Base techniques", "Learning rate"}),
        ("GPUs", {"Base techniques", "Learning rate"}),
        ("LLMs", {"Rates of learning"}),
        ("zebra", set()),
    ],
)
def test_finds_the_same_on_both_databases(course: Course, query: str, found: set[str]) -> None:
    results = search(query)
    assert titles(results) == found
    assert results.total == results.all_kinds == len(found)


def test_what_is_called_so_comes_first_and_titles_before_texts(course: Course) -> None:
    assert [hit.title_html for hit in search("rates of learning").hits] == [
        "<mark>Rates</mark> of <mark>learning</mark>",
        "<mark>Learning rate</mark>",
    ]
    assert [hit.title_html for hit in search("Learning Rate").hits] == [
        "<mark>Learning rate</mark>",
        "<mark>Rates</mark> of <mark>learning</mark>",
    ]
    ConceptFactory(
        lesson=Lesson.objects.get(), name="Alibi", body="Instead of attention. " * 3, slug="z"
    )
    rebuild(course)
    assert search("attention").hits[-1].title_html == "Alibi"


def test_what_the_course_calls_so_then_its_glossary_then_the_others(course: Course) -> None:
    lesson = Lesson.objects.get()
    ReferenceFactory(lesson=lesson, title="Attention", author="Attention", note="Attention.")
    TermFactory(course=course, term="attention", definition="How attention is paid.")
    TermFactory(course=course, term="token", definition="Attention, attention: attention.")
    rebuild(course)
    for query in ("attention", "attenti", "attention -zebra"):
        kinds = [hit.kind for hit in search(query).hits]
        assert kinds[:3] == ["concept", "concept", "term"]
        assert sorted(kinds[3:]) == ["reference", "term"]


def test_a_lesson_comes_before_a_notebook_of_the_same_words(course: Course) -> None:
    NotebookFactory(course=course, title="Zebra", description="Stripes.", category="Scientist")
    LessonFactory(
        track__course=course, track__title="Scientist", title="Zebra", introduction="Stripes."
    )
    rebuild(course)
    assert [hit.kind for hit in search("stripes").hits] == ["lesson", "notebook"]


def test_a_hit_is_marked_and_says_where_it_stands(course: Course) -> None:
    (hit,) = search("llama.cpp laptop").hits
    assert hit.kind == "concept"
    assert hit.title_html == "GGUF &amp; <mark>llama.cpp</mark>"
    assert hit.snippet_html == (
        "Run <mark>llama.cpp</mark> on a <mark>laptop</mark>. Files such as Q4_K_M are quantized."
    )
    assert hit.context == "Scientist · Formats"
    assert hit.url == "/courses/llm-course/scientist/a/#c1"


def test_a_word_being_typed_is_marked(course: Course) -> None:
    (hit,) = search("lapt").hits
    assert "<mark>laptop</mark>" in hit.snippet_html


def test_kinds_are_counted_and_filtered(course: Course) -> None:
    everything = search("quantization")
    concepts = search("quantization", kind="concept")
    assert everything.counts == concepts.counts == {"lesson": 1, "concept": 2}
    assert (everything.total, concepts.total) == (3, 2)
    assert {hit.kind for hit in concepts.hits} == {"concept"}
    assert search("quantization", kind="notebook") == Results((), 0, everything.counts)


def test_pages_hold_every_hit_once(course: Course) -> None:
    whole = search("quantization").hits
    pages = [search("quantization", limit=1, offset=offset).hits for offset in range(4)]
    assert pages == [(whole[0],), (whole[1],), (whole[2],), ()]


def test_one_course_or_all(course: Course) -> None:
    other = ConceptFactory(lesson__track__course__slug="other", name="Quantization")
    rebuild(other.lesson.track.course)
    assert search("quantization").total == 4
    assert search("quantization", course=course).total == 3
    assert search("quantization", course=other.lesson.track.course).total == 1


HIDDEN: dict[str, dict[str, Any]] = {
    "draft": {"status": Status.DRAFT},
    "in review": {"status": Status.REVIEW},
    "scheduled": {"publish_at": NOW + timedelta(seconds=1)},
}


@pytest.mark.parametrize("state", HIDDEN)
def test_readers_do_not_find_what_is_not_published(
    course: Course, learner: User, teacher: User, state: str
) -> None:
    Lesson.objects.update(**HIDDEN[state])
    for reader in (AnonymousUser(), learner, teacher):
        assert search("quantization", reader) == Results()
        # Nor is it told by its title, or offered.
        assert search("atention", reader) == Results()
        assert suggestions(user=reader, now=NOW) == ()
    assert titles(search("autoquant")) == {"AutoQuant"}


@pytest.mark.parametrize("state", HIDDEN)
def test_editors_find_drafts(course: Course, superuser: User, state: str) -> None:
    Lesson.objects.update(**HIDDEN[state])
    assert search("quantization", superuser).total == 3


def test_a_scheduled_lesson_is_found_from_its_time_on(course: Course) -> None:
    Lesson.objects.update(publish_at=NOW)
    assert search("quantization").total == 3


def test_nobody_finds_the_archive(course: Course, superuser: User) -> None:
    Lesson.objects.update(status=Status.ARCHIVED)
    assert search("quantization", superuser) == Results()
    Lesson.objects.update(status=Status.PUBLISHED)
    Track.objects.update(archived=True)
    assert search("quantization", superuser) == Results()


def test_a_slip_of_the_fingers_gets_what_comes_close(course: Course) -> None:
    results = search("formatts")
    assert (results.total, results.counts) == (0, {})
    assert [(hit.kind, hit.title_html, hit.url) for hit in results.near] == [
        ("lesson", "Formats", "/courses/llm-course/scientist/a/")
    ]
    assert search("xylophone").near == ()


def test_the_index_follows_changes_and_deletions(course: Course) -> None:
    Concept.objects.filter(name="Flash Attention").update(name="Tiled zebra")
    rebuild(course)
    assert titles(search("zebra")) == {"Tiled zebra"}
    assert titles(search("attention")) == {"Attention mechanisms"}
    SearchEntry.objects.all().delete()
    assert search("zebra") == Results()


def test_text_cannot_bring_its_own_marks(course: Course) -> None:
    SearchEntry.objects.create(
        course=course,
        kind="concept",
        title="Zebra \ue000<b>x</b>\ue001",
        text="zebra \ue001</mark><script>alert(1)</script>\ue000 & zebra",
        url="/z/",
    )
    (hit,) = search("zebra").hits
    assert hit.title_html == "<mark>Zebra</mark> &lt;b&gt;x&lt;/b&gt;"
    assert hit.snippet_html == (
        "<mark>zebra</mark> &lt;/mark&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; "
        "<mark>zebra</mark>"
    )


@pytest.mark.parametrize(
    "query",
    [
        '"', "*", "^", "AND", "OR", "NOT", "NEAR", "NEAR(a b", "a AND", "a NOT b", "a:b", "{a b}:c",
        "(((((", "'; --", "a & !b | c <-> d", "%s %d %%", "\\", "a\0b", "\ud800", "-" * 200,
        '"' * 200, "a " * 5000, "x" * 100_000, "1e5", "0x1f", "٣", "の", "ﬁ", "İ", "ß", "e\u0301",
        "<script>", "http://example.org/?a=b", "someone@example.org", "/usr/bin", "-1.5e-3",
    ],
)  # fmt: skip
def test_nothing_typed_is_an_error(course: Course, query: str) -> None:
    assert search(query).total >= 0


@given(
    typed=st.one_of(
        st.text(max_size=300),
        st.text(alphabet="ab quantiz\"-*()^:&|!<>'\\.%_\0\ue000\ue001", max_size=60),
    )
)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_finds_only_well_formed_marks(course: Course, typed: str) -> None:
    results = search(typed)
    for hit in results.hits + results.near:
        for html in (hit.title_html, hit.snippet_html):
            assert "<" not in re.sub(r"<mark>[^<>]*</mark>", "", html)


@pytest.mark.parametrize("concepts", [1, 3])
def test_the_statements_of_a_search(django_assert_num_queries: Any, concepts: int) -> None:
    lesson = LessonFactory()
    for _ in range(concepts):
        ConceptFactory(lesson=lesson, name="Quantization", body="Of weights.")
    rebuild(lesson.track.course)
    with django_assert_num_queries(2 + WORDS):  # words, counts, page
        assert search("quantization").total == concepts
    with django_assert_num_queries(2):  # counts, page
        assert search('"quantization"').total == concepts
    with django_assert_num_queries(2 + WORDS):  # words, counts, titles
        assert len(search("quantisation").near) == concepts
    with django_assert_num_queries(0):
        assert search("the").total == 0
    with django_assert_num_queries(1):
        assert len(suggestions(user=AnonymousUser(), now=NOW)) == concepts


def test_suggestions_are_the_first_concepts(course: Course) -> None:
    assert suggestions(user=AnonymousUser(), now=NOW) == tuple(CONCEPTS)
