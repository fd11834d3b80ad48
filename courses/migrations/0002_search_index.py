"""The full-text index of search entries, in the database's own way.

SQLite: two FTS5 tables over `courses_searchentry`, fed by triggers. A later migration that makes
SQLite remake that table drops the triggers with it, and has to call `create_sqlite` again.
PostgreSQL: a generated `tsvector` column. Its words stand in it stemmed, for whole words, and as
written, for words that are still being typed.
"""

import unicodedata

from django.db import migrations

SQLITE = [
    """
    CREATE VIRTUAL TABLE courses_search_index USING fts5(
        title, context, text, content='courses_searchentry', content_rowid='id',
        tokenize='porter unicode61 remove_diacritics 2'
    )
    """,
    # The words as written: only their list is read, by courses.search.sqlite.
    """
    CREATE VIRTUAL TABLE courses_search_words USING fts5(
        title, context, text, content='courses_searchentry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', detail='none'
    )
    """,
    "CREATE VIRTUAL TABLE courses_search_vocabulary USING fts5vocab(courses_search_words, 'row')",
    "INSERT INTO courses_search_index(courses_search_index) VALUES('rebuild')",
    "INSERT INTO courses_search_words(courses_search_words) VALUES('rebuild')",
]
PUT = """
    INSERT INTO {table}(rowid, title, context, text)
    VALUES (new.id, new.title, new.context, new.text);
"""
TAKE = """
    INSERT INTO {table}({table}, rowid, title, context, text)
    VALUES ('delete', old.id, old.title, old.context, old.text);
"""
TRIGGERS = {"insert": [PUT], "delete": [TAKE], "update": [TAKE, PUT]}
TABLES = ["courses_search_index", "courses_search_words"]

# A text as words between blanks, letter for letter, so that a place in it is the same place in
# the original. PostgreSQL's parser would keep `llama.cpp` and `fine-tuning` as one word.
PLAIN = r"""
CREATE FUNCTION courses_search_plain(source text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(
        translate(source, '{accented}', '{bare}'),
        '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u2bff\u3000-\u303f]',
        ' ', 'g'
    )
$$
"""
# PostgreSQL's `english` but for the stemmer, which is SQLite's: both databases find the same, and
# the newer one takes no plural from a word without vowels (`LLMs`, `RNNs`) or ending in one (`GPUs`).
CONFIGURATION = [
    """
    CREATE TEXT SEARCH DICTIONARY courses_porter (
        TEMPLATE = pg_catalog.snowball, Language = porter, StopWords = english
    )
    """,
    "CREATE TEXT SEARCH CONFIGURATION courses_search (COPY = pg_catalog.english)",
    """
    ALTER TEXT SEARCH CONFIGURATION courses_search
    ALTER MAPPING FOR asciiword, word, numword WITH courses_porter
    """,
]
# The word before each part is one that is not indexed: it keeps phrases from crossing over.
DOCUMENT = """
ALTER TABLE courses_searchentry ADD COLUMN document tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('courses_search', courses_search_plain(title)), 'A')
    || setweight(to_tsvector('courses_search', 'the ' || courses_search_plain(context)), 'B')
    || setweight(to_tsvector('courses_search', 'the ' || courses_search_plain(text)), 'C')
    || setweight(to_tsvector('pg_catalog.simple', courses_search_plain(title)), 'A')
    || setweight(to_tsvector('pg_catalog.simple', courses_search_plain(context)), 'B')
    || setweight(to_tsvector('pg_catalog.simple', courses_search_plain(text)), 'C')
) STORED
"""


def accents():
    pairs = {chr(code): unicodedata.normalize("NFD", chr(code))[0] for code in range(0xC0, 0x180)}
    pairs = {letter: base for letter, base in pairs.items() if letter != base}
    return {"accented": "".join(pairs), "bare": "".join(pairs.values())}


def create_sqlite(schema_editor):
    for statement in SQLITE:
        schema_editor.execute(statement, params=None)
    for event, steps in TRIGGERS.items():
        body = "".join(step.format(table=table) for table in TABLES for step in steps)
        schema_editor.execute(
            f"CREATE TRIGGER courses_search_{event} AFTER {event.upper()} ON courses_searchentry "
            f"BEGIN {body} END",
            params=None,
        )


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        create_sqlite(schema_editor)
    else:
        for statement in [PLAIN.format(**accents()), *CONFIGURATION, DOCUMENT]:
            schema_editor.execute(statement, params=None)
        schema_editor.execute(
            "CREATE INDEX courses_search_document ON courses_searchentry USING gin (document)",
            params=None,
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for event in TRIGGERS:
            schema_editor.execute(f"DROP TRIGGER courses_search_{event}", params=None)
        for table in ["courses_search_vocabulary", *TABLES]:
            schema_editor.execute(f"DROP TABLE {table}", params=None)
    else:
        schema_editor.execute("ALTER TABLE courses_searchentry DROP COLUMN document", params=None)
        schema_editor.execute("DROP TEXT SEARCH CONFIGURATION courses_search", params=None)
        schema_editor.execute("DROP TEXT SEARCH DICTIONARY courses_porter", params=None)
        schema_editor.execute("DROP FUNCTION courses_search_plain(text)", params=None)


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
