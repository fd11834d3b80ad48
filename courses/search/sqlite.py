"""Search on SQLite: FTS5, whose own syntax gets only quoted words."""

from courses.search.query import Query, Term
from courses.search.statements import BOOST, START, STOP, Match, rows

MAX_COMPLETIONS = 1000
COMPLETIONS = """
    SELECT term FROM courses_search_vocabulary WHERE term >= %s AND term < %s
    ORDER BY doc DESC, term LIMIT %s
"""
# The more often a word stands in a text the less it adds, whatever its weight. So a word in the
# title (then context, text) has to be scored by itself, or a long text drowns it.
RANK = "2 * bm25(courses_search_index, 1, 0, 0) + bm25(courses_search_index, 1, 0.5, 0.5)"
# `quantizati` is completed to `quantization`, whose stem is also that of `quantize`: leave out
# what has neither the word itself nor one that begins with it.
NARROWED = {
    False: "",
    True: """AND entry.id IN (
        SELECT rowid FROM courses_search_index(%s) UNION SELECT rowid FROM courses_search_words(%s)
    )""",
}


def match(query: Query) -> Match:
    last = (f'"{query.prefix}"', f'"{query.prefix}"*') if query.prefix else ()
    wanted = expression(query, completions(query.prefix))
    return Match(
        source=(
            "courses_search_index(%s) AS found CROSS JOIN courses_searchentry AS entry "
            f"ON entry.id = found.rowid WHERE TRUE {NARROWED[bool(last)]}"
        ),
        params=(wanted, *last),
        rank=f"({RANK}) * {BOOST}",
        title=f"highlight(courses_search_index, 0, '{START}', '{STOP}')",
        text=f"highlight(courses_search_index, 2, '{START}', '{STOP}')",
        in_title="entry.id IN (SELECT rowid FROM courses_search_index(%s))",
        title_params=(f"{{title}} : ({wanted})",),
    )


def completions(prefix: str) -> list[str]:
    """The indexed words that begin with `prefix`.

    FTS5's own prefixes would be stemmed before they are looked up: `lay` would miss `layer`.
    """
    if not prefix:
        return []
    return [row[0] for row in rows(COMPLETIONS, (prefix, prefix + "\U0010ffff", MAX_COMPLETIONS))]


def expression(query: Query, last: list[str]) -> str:
    terms = [quoted(term) for term in query.whole]
    if query.prefix:
        alternatives = dict.fromkeys([query.prefix, *last])
        terms.append("(" + " OR ".join(f'"{word}"' for word in alternatives) + ")")
    wanted = " AND ".join(terms)
    return " NOT ".join([f"({wanted})", *map(quoted, query.unwanted)])


def quoted(term: Term) -> str:
    return '"' + " ".join(term.words) + '"'
