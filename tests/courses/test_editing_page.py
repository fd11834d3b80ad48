"""`docs/editing.md` says what the code does."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group

from courses.admin.lesson_states import StateFilter
from courses.editor import previews
from courses.editor.deed_forms import FARTHEST
from courses.images.encoding import MOST_BYTES as MOST_OF_A_PICTURE
from courses.images.encoding import WIDEST
from courses.links.judging import DEAD_AFTER, DEAD_DAYS
from courses.models import Revision
from courses.models.drafts import PREVIEW_DAYS
from courses.readme.decoding import MAX_BYTES
from courses.tables.reading import MOST_BYTES, MOST_ROWS
from quizzes.editor.previews import MOST as MOST_OF_A_QUESTION
from quizzes.models import Question

BASE = Path(settings.BASE_DIR)
PAGE = (BASE / "docs" / "editing.md").read_text(encoding="utf-8")
# However its lines are broken.
LINE = " ".join(PAGE.split())
FOLDERS = ("courses", "quizzes", "templates")
# What the page says itself, in bold.
OURS = {"readers get what is published", "nothing typed is lost"}


def rows_of(head: str) -> Iterator[list[str]]:
    """The cells of the table below the line that begins with `head`."""
    for line in PAGE.split(f"\n{head}")[1].split("\n\n")[0].splitlines()[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


@lru_cache(maxsize=1)
def interface() -> str:
    files = (one for folder in FOLDERS for one in (BASE / folder).rglob("*.*"))
    texts = [one.read_text(encoding="utf-8") for one in files if one.suffix in {".py", ".html"}]
    return " ".join(texts).lower()


def test_the_states_are_those_of_the_code() -> None:
    lookups = StateFilter.lookups(None, None, None)  # type: ignore[arg-type]
    states = {str(words) for code, words in lookups if code != "waiting"}
    assert {row[0] for row in rows_of("| state of a lesson")} == states
    said = ", ".join(row[0] for row in rows_of("| state of a question"))
    assert set(said.split(", ")) == {str(label) for label in Question.State.labels}


def test_the_keys_are_those_of_the_toolbar() -> None:
    toolbar = (BASE / "templates/admin/courses/_editor.html").read_text(encoding="utf-8")
    keys = set(re.findall(r'data-key="(\w)"', toolbar))
    said = " ".join(row[0] for row in rows_of("| key"))
    assert set(re.findall(r"Ctrl\+([A-Z])", said)) == {key.upper() for key in keys} | {"S", "Z"}


def test_the_numbers_are_those_of_the_code() -> None:
    *first, last = map(str, previews.DAYS)
    megabytes = MOST_OF_A_PICTURE // 10**6
    assert f"for {', '.join(first)} or {last} days" in LINE
    assert f"as many as {previews.MOST};" in LINE
    assert f"up to {MOST_OF_A_QUESTION}, for {PREVIEW_DAYS} days" in LINE
    assert f"up to {megabytes} MB; of a GIF the first picture" in LINE
    assert f"at most {WIDEST:,} wide" in LINE
    assert f"A file of up to {MAX_BYTES // 10**6} MB" in LINE
    assert f"up to {MOST_BYTES // 10**6} MB and {MOST_ROWS:,} rows" in LINE
    assert (FARTHEST.days // 365, DEAD_DAYS, DEAD_AFTER.days) == (5, 3, 3)


def test_what_is_named_is_there() -> None:
    """Buttons, links and headings, which the page sets in italics or bold."""
    named = set(re.findall(r"(?<!\*)\*{1,2}([A-Z][^*]+?)\*{1,2}(?!\*)", LINE))
    sought = {name.lower().strip(".,:;") for name in named if name.count(" ") < 6} - OURS
    assert len(sought) > 40
    assert sorted(name for name in sought if name not in interface()) == []


@pytest.mark.django_db
def test_editors_may_delete_what_the_page_says() -> None:
    may = Group.objects.get(name="Editors").permissions.filter(codename__startswith="delete_")
    assert set(may.values_list("content_type__model", flat=True)) == {
        "image", "draw", "quizquestion", "lessonpreview", "questionpreview", "lessondraft",
        "readmeimport",
    }  # fmt: skip
    assert (
        "unused pictures, draws, places of questions in quizzes, preview links, drafts and imports"
    ) in LINE


def test_where_a_change_came_from() -> None:
    assert [str(label) for label in Revision.Source.labels] == [
        "The admin", "The course’s files", "A README", "A table", "The check of links",
        "An earlier version", "Before history was kept, or past it",
    ]  # fmt: skip
    assert "the admin, files, a README, a table, the links" in LINE
