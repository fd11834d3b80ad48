"""What comes closest where nothing was found: titles that a slip of the fingers missed."""

from difflib import get_close_matches

from courses.search.query import STOP_WORDS, Query, words_of
from courses.search.statements import Scope, rows

MAX_TITLES = 1000
MAX_NEAR = 3
CUTOFF = 0.75
TITLES = """
    SELECT entry.kind, entry.title, entry.context, entry.url FROM courses_searchentry AS entry
    WHERE {condition} ORDER BY entry.id LIMIT %s
"""

Title = tuple[str, str, str, str]


def near(query: Query, scope: Scope) -> list[Title]:
    """At most `MAX_NEAR` entries in `scope` whose titles have a word like one that was looked for.

    Those that share most words with the query come first. Costs a comparison for each different
    word of the titles, of which `MAX_TITLES` are read.
    """
    found = rows(TITLES.format(condition=scope.condition), (*scope.params, MAX_TITLES))
    words_in = [(set(words_of(row[1])) - STOP_WORDS, row) for row in found]
    vocabulary = sorted(set().union(*(words for words, _ in words_in)))
    wanted = {word for term in query.wanted for word in term.words} - STOP_WORDS
    alike = {
        word: set(get_close_matches(word, vocabulary, n=3, cutoff=CUTOFF))
        for word in sorted(wanted)
    }
    scored = [
        (sum(1 for matches in alike.values() if matches & words), row) for words, row in words_in
    ]
    best = max((score for score, _ in scored), default=0)
    return [(*row,) for score, row in scored if score == best > 0][:MAX_NEAR]
