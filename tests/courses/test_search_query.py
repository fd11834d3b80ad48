import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.search.query import MAX_TERMS, Query, Term, parse


def terms(*phrases: str) -> tuple[Term, ...]:
    return tuple(Term(tuple(phrase.split())) for phrase in phrases)


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted", "prefix"),
    [
        ("Attention", ["attention"], [], "attention"),
        ("attention is all you need", ["attention", "need"], [], "need"),
        ('"learning rate"', ["learning rate"], [], ""),
        ('"learning rate" decay', ["learning rate", "decay"], [], "decay"),
        ('rate "of the', ["rate"], [], ""),
        ("fine-tuning", ["fine tuning"], [], ""),
        ("llama.cpp", ["llama cpp"], [], ""),
        ("model -flash", ["model"], ["flash"], ""),
        ('model -"flash attention"', ["model"], ["flash attention"], ""),
        ("model -the", ["model"], [], ""),
        ("the model's", ["model"], [], "model"),
        ('"state of the art"', ["state of the art"], [], ""),
        ("Résumé ＧＰＴ", ["resume", "gpt"], [], "gpt"),
        ("q", ["q"], [], ""),
        ("NEAR(lora, 2) AND qlora*", ["near lora", "2", "qlora"], [], "qlora"),
        ("title:lora ^x", ["title lora", "x"], [], ""),
        ("lo\0ra", ["lo", "ra"], [], "ra"),
    ],
)
def test_reads_what_was_typed(
    typed: str, wanted: list[str], unwanted: list[str], prefix: str
) -> None:
    query = parse(typed)
    assert (query.wanted, query.unwanted, query.prefix) == (
        terms(*wanted),
        terms(*unwanted),
        prefix,
    )


@pytest.mark.parametrize("typed", ["", "   ", "*^():\"'-", "\0", "the and of", "-lora", "😀"])
def test_nothing_to_look_for_is_false(typed: str) -> None:
    assert not parse(typed)


def test_length_and_terms_are_bounded() -> None:
    assert len(parse(" ".join(f"w{number}" for number in range(40))).wanted) == MAX_TERMS
    assert parse("x" * 100_000).wanted == terms("x" * 200)


@given(st.text())
def test_any_text_becomes_bare_words(typed: str) -> None:
    query = parse(typed)
    assert isinstance(query, Query)
    words = [word for term in query.wanted + query.unwanted for word in term.words]
    assert [word for word in words if not word.isalnum()] == []
