from importlib import import_module
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import Concept, Course, Lesson, Reference, SearchEntry, Status
from courses.search import find, index
from courses.search.index import rebuild
from tests.factories import (
    ConceptFactory,
    LessonFactory,
    NotebookFactory,
    ReferenceFactory,
    TrackFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    track = TrackFactory(slug="scientist", title="The LLM Scientist")
    lesson = LessonFactory(
        track=track,
        slug="quantization",
        title="Quantization",
        summary="Bits.",
        introduction="A *way*.",
        outcomes=["Round *it*"],
        exercise_task="Halve.\n",
        exercise_answer="Hidden.\n",
    )
    ConceptFactory(lesson=lesson, slug="gguf", name="GGUF", body="Run `llama.cpp`.")
    ReferenceFactory(
        lesson=lesson, pk=7, title="A paper", author="Ada", note="Read **it**.", kind="paper"
    )
    NotebookFactory(
        course=track.course,
        slug="autoquant",
        title="AutoQuant",
        description="Copies.",
        category="Tools",
    )
    return track.course


def entries() -> list[tuple[str, ...]]:
    return list(
        SearchEntry.objects.order_by("url").values_list("kind", "title", "text", "context", "url")
    )


def test_everything_gets_its_entry(course: Course) -> None:
    rebuild(course)
    lesson = "/courses/llm-course/scientist/quantization/"
    assert entries() == [
        ("notebook", "AutoQuant", "Copies.", "Tools", "/courses/llm-course/notebooks/#autoquant"),
        ("lesson", "Quantization", "Bits. Round it A way. Halve.", "The LLM Scientist", lesson),
        ("concept", "GGUF", "Run llama.cpp.", "The LLM Scientist · Quantization", f"{lesson}#gguf"),
        (
            "reference",
            "A paper",
            "Ada · Read it.",
            "Paper · The LLM Scientist · Quantization",
            f"{lesson}#ref-7",
        ),
    ]


def test_drafts_have_entries_and_the_archive_has_none(course: Course) -> None:
    Lesson.objects.update(status=Status.DRAFT)
    rebuild(course)
    assert SearchEntry.objects.count() == 4
    Concept.objects.update(archived=True)
    rebuild(course)
    assert [entry.kind for entry in SearchEntry.objects.order_by("kind")] == [
        "lesson",
        "notebook",
        "reference",
    ]
    Lesson.objects.update(status=Status.ARCHIVED)
    rebuild(course)
    assert [entry.kind for entry in SearchEntry.objects.all()] == ["notebook"]


def test_an_unchanged_course_writes_nothing(course: Course) -> None:
    rebuild(course)
    with CaptureQueriesContext(connection) as queries:
        rebuild(course)
    verbs = {query["sql"].split()[0] for query in queries}
    assert verbs == {"SAVEPOINT", "RELEASE", "SELECT"}


def test_only_what_changed_is_written(course: Course) -> None:
    rebuild(course)
    before = {entry.url: entry.pk for entry in SearchEntry.objects.all()}
    Concept.objects.update(name="GGUF files")
    Reference.objects.all().delete()
    rebuild(course)
    after = {entry.url: (entry.pk, entry.title) for entry in SearchEntry.objects.all()}
    gguf = "/courses/llm-course/scientist/quantization/#gguf"
    assert after[gguf] == (before[gguf], "GGUF files")
    assert set(before) - set(after) == {"/courses/llm-course/scientist/quantization/#ref-7"}


@pytest.mark.parametrize("lessons", [1, 3])
def test_the_queries_of_a_rebuild_do_not_grow(lessons: int) -> None:
    course = TrackFactory().course
    for _ in range(lessons):
        concept = ConceptFactory(lesson__track__course=course)
        ReferenceFactory(lesson=concept.lesson)
        NotebookFactory(course=course)
    with CaptureQueriesContext(connection) as queries:
        rebuild(course)
    # Savepoint, lock, lessons, concepts, references, notebooks, terms, entries; savepoint for
    # the insertion, insertion, release twice.
    verbs = [query["sql"].split()[0] for query in queries]
    assert verbs.count("SELECT") == 7
    assert verbs.count("INSERT") == 1
    assert SearchEntry.objects.count() == 4 * lessons


def test_another_course_stays_as_it_is(course: Course) -> None:
    other = ConceptFactory(lesson__track__course__slug="other").lesson.track.course
    rebuild(other)
    rebuild(course)
    assert SearchEntry.objects.filter(course=other).count() == 2


def test_an_edit_renews_the_entries_once(
    course: Course, django_capture_on_commit_callbacks: object
) -> None:
    concept = Concept.objects.get()
    committed = django_capture_on_commit_callbacks(execute=True)  # type: ignore[operator]
    with CaptureQueriesContext(connection) as queries, committed:
        concept.name = "Renamed"
        concept.save(update_fields=["name"])
        concept.lesson.save(update_fields=["title"])
    assert "Renamed" in SearchEntry.objects.values_list("title", flat=True)
    read = [query for query in queries if 'FROM "courses_searchentry"' in query["sql"]]
    assert len(read) == 1


def test_a_deleted_course_leaves_nothing_to_renew(
    course: Course, django_capture_on_commit_callbacks: object
) -> None:
    rebuild(course)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        Lesson.objects.get().delete()
        course.delete()
    assert SearchEntry.objects.count() == 0


@pytest.fixture
def new_index(db: None) -> None:
    """The index taken away and made again, by the migration's own functions."""
    migration = import_module("courses.migrations.0002_search_index")
    with connection.cursor() as cursor:
        editor = SimpleNamespace(
            connection=connection, execute=lambda sql, params: cursor.execute(sql)
        )
        migration.drop(None, editor)
        migration.create(None, editor)


def test_the_index_can_be_taken_away_and_put_back(new_index: None, course: Course) -> None:
    rebuild(course)
    found = find("gguf", course=course, user=AnonymousUser(), now=timezone.now())
    assert [hit.title_html for hit in found.hits] == ["<mark>GGUF</mark>"]


@pytest.mark.django_db(transaction=True)
def test_a_rebuild_that_fails_spoils_no_save(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(course: Course) -> None:
        raise RuntimeError

    lesson = LessonFactory(title="Before")
    monkeypatch.setattr(index, "rebuild", fail)
    lesson.title = "After"
    lesson.save()
    assert Lesson.objects.get().title == "After"
    assert "rebuild_on_commit" in caplog.records[0].getMessage()
