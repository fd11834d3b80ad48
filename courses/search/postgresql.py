"""Search on PostgreSQL: its full-text search, whose own syntax gets only bare words."""

from courses.search.query import Query, Term
from courses.search.statements import BOOST, START, STOP, Match

MARKED = (
    "ts_headline('courses_search', courses_search_plain({column}), query, "
    f"'HighlightAll=true, StartSel={START}, StopSel={STOP}')"
)
# Weights of D (unused), C (text), B (context), A (title); 1 divides by the length's logarithm.
RANK = f"ts_rank('{{0, 0.1, 0.4, 1}}', entry.document, query, 1) * {BOOST} DESC"


def match(query: Query) -> Match:
    stemmed = "to_tsquery('courses_search', %s::text)"
    as_written = "to_tsquery('pg_catalog.simple', %s::text)"
    asked, params = [stemmed], [expression(query)]
    if query.prefix:
        whole = [f"{stemmed} && "] if query.whole or query.unwanted else []
        asked = [*whole, f"({stemmed} || {as_written})"]
        params = [*([expression(query)] if whole else []), query.prefix, f"{query.prefix}:*"]
    return Match(
        source=(
            f"courses_searchentry AS entry CROSS JOIN (SELECT {''.join(asked)}) AS asked(query) "
            "WHERE entry.document @@ query"
        ),
        params=tuple(params),
        rank=RANK,
        title=MARKED.format(column="entry.title"),
        text=MARKED.format(column="entry.text"),
        in_title="ts_filter(entry.document, '{a}') @@ query",
    )


def expression(query: Query) -> str:
    """The terms but for the prefix."""
    terms = [phrase(term) for term in query.whole]
    return " & ".join([*terms, *(f"!({phrase(term)})" for term in query.unwanted)])


def phrase(term: Term) -> str:
    return "(" + " <-> ".join(term.words) + ")"
