import json
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.erasure import erase
from accounts.models import User
from courses.history import privacy
from courses.models import (
    Edition,
    Image,
    Lesson,
    LessonDraft,
    LessonPreview,
    ReadmeImport,
    Revision,
)
from tests.factories import LessonFactory, TrackFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 8, 40, tzinfo=UTC)
LATER = NOW + timedelta(days=14)
SECTIONS = [
    privacy.revisions,
    privacy.editions,
    privacy.drafts,
    privacy.previews,
    privacy.images,
    privacy.readme_imports,
]


def edits_of(user: User) -> Lesson:
    """One of everything that editing keeps, by `user`."""
    lesson: Lesson = LessonFactory(title="Attention", track=TrackFactory(title="Scientist"))
    course = lesson.track.course
    revision = Revision.objects.create(
        course=course,
        lesson=lesson,
        name="scientist/attention.yaml",
        data={"title": "Attention"},
        source="editor",
        mark="fix",
        note="A typo.",
        made_at=NOW,
        made_by=user,
    )
    edition = Edition.objects.create(
        course=course, name=f"2026 {lesson.pk}", note="Autumn.", made_at=NOW, made_by=user
    )
    edition.revisions.add(revision)
    LessonDraft.objects.create(
        lesson=lesson, data={"title": "More"}, base=revision, updated_at=NOW, updated_by=user
    )
    LessonPreview.objects.create(lesson=lesson, made_at=NOW, expires_at=LATER, made_by=user)
    Image.objects.create(
        course=course,
        name=f"heads-{lesson.pk}",
        format="png",
        alt="Eight heads",
        width=8,
        height=8,
        size=900,
        digest=f"{lesson.pk}",
        uploaded_at=NOW,
        uploaded_by=user,
    )
    ReadmeImport.objects.create(
        filename="README.md", content=b"# Course", course="llm-course", made_at=NOW, made_by=user
    )
    return lesson


def test_rows_of_one_editor(editor: User, stranger: User) -> None:
    edits_of(stranger)
    lesson = edits_of(editor)
    assert [list(section(editor)) for section in SECTIONS] == [
        [
            {
                "course": "LLM Course",
                "file": "scientist/attention.yaml",
                "made": NOW,
                "from": "The admin",
                "kind_of_change": "Small fix",
                "note": "A typo.",
            }
        ],
        [
            {
                "course": "LLM Course",
                "name": f"2026 {lesson.pk}",
                "made": NOW,
                "note": "Autumn.",
                "files": 1,
            }
        ],
        [
            {
                "track": "Scientist",
                "lesson": "Attention",
                "state": "Draft",
                "saved": NOW,
                "published_at": None,
                "kind_of_change": "",
                "note": "",
                "content": {"title": "More"},
            }
        ],
        [{"lesson": "Attention", "made": NOW, "expires": LATER}],
        [
            {
                "course": "LLM Course",
                "name": f"heads-{lesson.pk}.png",
                "alternative_text": "Eight heads",
                "uploaded": NOW,
                "bytes": 900,
            }
        ],
        [
            {
                "file": "README.md",
                "course": "llm-course",
                "made": NOW,
                "state": "Being read",
                "problem": "",
            }
        ],
    ]


def test_no_link_that_opens_to_everyone_is_in_the_export(editor: User) -> None:
    edits_of(editor)
    assert LessonPreview.objects.get().token not in json.dumps(
        list(privacy.previews(editor)), default=str
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_one_query_a_section(
    editor: User, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        edits_of(editor)
    with django_assert_num_queries(len(SECTIONS)):
        assert [len(list(section(editor))) for section in SECTIONS] == [rows] * len(SECTIONS)


def test_an_erased_editor_leaves_the_course_as_it_is(editor: User) -> None:
    edits_of(editor)
    erase(user=editor)
    assert Revision.objects.get().made_by is None
    assert Edition.objects.get().made_by is None
    assert LessonDraft.objects.get().updated_by is None
    assert Image.objects.get().uploaded_by is None
    assert not LessonPreview.objects.exists()
    assert not ReadmeImport.objects.exists()
