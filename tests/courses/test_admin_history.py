"""The course's history in the admin: each thing's, everybody's, one version, the way back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses.content.documents import documents_of, name_of
from courses.history.recording import Change, record
from courses.models import Concept, Edition, Lesson, LessonDraft, Revision
from tests import people
from tests.courses.test_admin import as_editor, errors, said
from tests.factories import ConceptFactory, LessonFactory, NotebookFactory, TrackFactory
from tests.quiz_factories import QuestionFactory, quiz_of

__all__ = ["as_editor"]
NOW = datetime(2026, 5, 3, 14, 5, tzinfo=UTC)
FEED = "/admin/courses/revision/"


@pytest.fixture
def lesson(db: None) -> Lesson:
    track = TrackFactory(slug="scientist", title="Scientist")
    made: Lesson = LessonFactory(track=track, slug="attention", title="Attention", summary="")
    ConceptFactory(lesson=made, slug="queries", name="Queries", body="Old *words*.\n")
    return made


def keep(lesson: Lesson, by: User | None = None, hours: int = 0, **more: str) -> Revision:
    """The lesson as it is now, as a revision."""
    change = Change(more.pop("source", "editor"), by, **more)
    when = NOW + timedelta(hours=hours)
    course = lesson.track.course
    [made] = record(course=course, names=[name_of(lesson)], change=change, now=when)
    return made


def write(lesson: Lesson, body: str) -> None:
    Concept.objects.filter(lesson=lesson).update(body=body)


def edited(lesson: Lesson, times: int, by: User | None = None) -> list[Revision]:
    """A history of the first version and so many changes after it; the changes."""
    keep(lesson)
    made = []
    for hours in range(times):
        write(lesson, f"{hours}\n")
        made.append(keep(lesson, by, hours=hours))
    return made


@pytest.fixture
def versions(lesson: Lesson, editor: User) -> list[Revision]:
    """Two of one lesson, the oldest first."""
    first = keep(lesson, source="outside")
    write(lesson, "New *words* here.\n")
    return [first, keep(lesson, editor, hours=1, mark="fix", note="It was wrong.")]


def page(revision: Revision, name: str = "change") -> str:
    return reverse(f"admin:courses_revision_{name}", args=[revision.pk])


# Each thing’s own history


def test_the_history_of_a_lesson_and_of_its_parts(
    as_editor: Client, lesson: Lesson, versions: list[Revision]
) -> None:
    question = QuestionFactory(concept=lesson.concepts.get())
    for thing in (lesson, lesson.concepts.get(), question):
        meta = thing._meta
        where = reverse(f"admin:{meta.app_label}_{meta.model_name}_history", args=[thing.pk])
        answer = as_editor.get(where)
        assert [told.revision for told in answer.context["told"]] == versions[::-1]
    html = answer.content.decode()
    assert "Edda Lind changed Attention: text of concept “Queries”" in html
    assert "(+2 −1 words)" in html
    assert "It was wrong." in html
    assert "Small fix" in html
    assert f'href="{page(versions[1])}"' in html


def test_the_history_of_the_lists(as_editor: Client, lesson: Lesson) -> None:
    course = lesson.track.course
    notebook = NotebookFactory(course=course)
    quiz = quiz_of(QuestionFactory(concept=lesson.concepts.get()), slug="placement")
    made = record(course=course, names=None, change=Change("editor"), now=NOW)
    by_name = {one.name: one for one in made}
    for thing, names in (
        (course, ["course.yaml"]),
        (lesson.track, ["course.yaml"]),
        (notebook, ["notebooks.yaml"]),
        (quiz, ["quizzes.yaml", "scientist/attention.yaml"]),
    ):
        meta = thing._meta
        where = reverse(f"admin:{meta.app_label}_{meta.model_name}_history", args=[thing.pk])
        told = as_editor.get(where).context["told"]
        assert [one.revision for one in told] == [by_name[name] for name in names]


def test_no_history_yet(as_editor: Client, lesson: Lesson) -> None:
    html = as_editor.get(f"/admin/courses/lesson/{lesson.pk}/history/").content.decode()
    assert "No version is kept yet." in html
    assert as_editor.get("/admin/courses/lesson/0/history/").status_code == 302


@pytest.mark.parametrize("number", [1, 30])
def test_a_long_history_has_pages(
    as_editor: Client,
    lesson: Lesson,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    edited(lesson, number)
    where = f"/admin/courses/lesson/{lesson.pk}/history/"
    as_editor.get(where)
    # session, person, their permissions (2), lesson, number, revisions, the ones before
    with django_assert_num_queries(8):
        answer = as_editor.get(where)
    assert len(answer.context["told"]) == min(number + 1, 30)
    if number > 29:
        assert len(as_editor.get(where, {"p": "2"}).context["told"]) == 1


# Everybody’s


def test_the_feed(as_editor: Client, editor: User, versions: list[Revision]) -> None:
    answer = as_editor.get(FEED)
    assert list(answer.context["cl"].result_list) == versions[::-1]
    html = answer.content.decode()
    assert "<h1>What changed in the course</h1>" in html
    for words in (
        "Edda Lind changed Attention: text of concept “Queries” (+2 −1 words)",
        "Attention: the first version that was kept",
    ):
        assert words in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "wrong"}, [1]),
        ({"q": "nothing"}, []),
        ({"source__exact": "outside"}, [0]),
        ({"mark__exact": "fix"}, [1]),
        ({"name": "scientist/attention.yaml"}, [1, 0]),
        ({"name": "course.yaml"}, []),
        ({"made_at__gte": "2026-05-03 15:00:00+00:00"}, [1]),
    ],
)
def test_the_feed_is_narrowed(
    as_editor: Client, versions: list[Revision], query: dict[str, str], found: list[int]
) -> None:
    listed = as_editor.get(FEED, query).context["cl"].result_list
    assert list(listed) == [versions[number] for number in found]


def test_the_feed_of_one_person(
    as_editor: Client, editor: User, learner: User, versions: list[Revision]
) -> None:
    answer = as_editor.get(FEED, {"made_by__id__exact": editor.pk})
    assert list(answer.context["cl"].result_list) == versions[1:]
    assert "Yi-Ting" not in answer.content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_the_feed_costs_the_same_for_many(
    as_editor: Client,
    editor: User,
    lesson: Lesson,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    edited(lesson, number, editor)
    as_editor.get(FEED)
    # session, person, permissions (2); filters of people, courses and files; dates (2); number,
    # rows, the ones before
    with django_assert_num_queries(12):
        answer = as_editor.get(FEED)
    assert len(answer.context["cl"].result_list) == min(number + 1, 30)


# One version


def test_what_a_change_changed(as_editor: Client, versions: list[Revision]) -> None:
    answer = as_editor.get(page(versions[1]))
    [part] = answer.context["parts"]
    assert part.label == "Concept “Queries”: text"
    html = answer.content.decode()
    assert '<ins data-said="added">' in html
    assert "<em>words</em>" in html
    assert page(versions[1], "restore") not in html
    source = as_editor.get(page(versions[1]), {"as": "source"}).content.decode()
    assert '<del data-said="removed">Old</del><ins data-said="added">New</ins> *words*' in source


def test_against_another_one_and_now(
    as_editor: Client, lesson: Lesson, versions: list[Revision]
) -> None:
    write(lesson, "Past us.\n")
    first, second = versions

    def sides(revision: Revision, against: str) -> list[tuple[str, str]]:
        context = as_editor.get(page(revision), {"against": against}).context
        return [(part.before, part.after) for part in context["parts"]]

    old, new, past = "Old *words*.\n", "New *words* here.\n", "Past us.\n"
    assert sides(first, str(second.pk)) == sides(second, str(first.pk)) == [(old, new)]
    assert sides(first, "now") == [(old, past)]
    assert sides(second, "now") == [(new, past)]
    assert len(sides(first, "")) == 4


def test_a_version_of_something_else_is_no_other_side(
    as_editor: Client, lesson: Lesson, versions: list[Revision]
) -> None:
    stranger = keep(LessonFactory(track=lesson.track))
    for against in (str(stranger.pk), "999999", "x", "²", "9" * 40):
        answer = as_editor.get(page(versions[1]), {"against": against})
        assert answer.status_code == 404
    assert as_editor.get(f"{FEED}999999/change/").status_code == 404
    assert as_editor.get(f"{FEED}x/change/").status_code == 404


def test_hostile_text_is_only_text(as_editor: Client, lesson: Lesson, versions: Any) -> None:
    write(lesson, "<script>alert(1)</script> [x](javascript:alert(1))\n")
    made = keep(lesson, hours=2, note="<img src=x onerror=alert(1)>")
    for view in ("page", "source"):
        html = as_editor.get(page(made), {"as": view}).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert 'href="javascript' not in html


def test_the_whole_document_is_a_file(as_editor: Client, versions: list[Revision]) -> None:
    answer = as_editor.get(page(versions[0], "yaml"))
    assert answer["Content-Disposition"] == 'attachment; filename="attention.yaml"'
    loaded = yaml.safe_load(answer.content)
    assert loaded["concepts"][0]["body"] == "Old *words*.\n"


def test_a_version_never_changes(as_editor: Client, versions: list[Revision]) -> None:
    assert as_editor.get(f"{FEED}add/").status_code == 403
    assert as_editor.post(f"{FEED}{versions[0].pk}/delete/", {"post": "yes"}).status_code == 403
    as_editor.post(page(versions[0]), {"note": "Other"})
    assert Revision.objects.get(pk=versions[0].pk).note == ""


# The way back


def test_restoring_asks_first(
    as_editor: Client, editor: User, lesson: Lesson, versions: list[Revision]
) -> None:
    first = versions[0]
    assert page(first, "restore") in as_editor.get(page(first)).content.decode()
    answer = as_editor.get(page(first, "restore"))
    assert [part.after for part in answer.context["parts"]] == ["Old *words*.\n"]
    assert "A draft waits" not in answer.content.decode()
    assert Concept.objects.get().body == "New *words* here.\n"
    data = {"questions": "on", "note": "Was better.", "mark": "fix"}
    answer = as_editor.post(page(first, "restore"), data)
    newest = Revision.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (302, page(newest))
    assert (newest.source, newest.made_by, newest.note, newest.mark) == (
        "restored",
        editor,
        "Was better.",
        "fix",
    )
    assert Concept.objects.get().body == "Old *words*.\n"
    as_editor.post(page(versions[1], "restore"), {"questions": "on"})
    assert documents_of(lesson.track.course)[name_of(lesson)] == versions[1].data
    assert Revision.objects.latest("pk").note == "Restored the version of 3 May 2026, 15:05"


def test_a_draft_that_waits_is_said_before(
    as_editor: Client, editor: User, lesson: Lesson, versions: list[Revision]
) -> None:
    LessonDraft.objects.create(
        lesson=lesson, data={}, base=versions[1], updated_at=NOW, updated_by=editor
    )
    html = as_editor.get(page(versions[0], "restore")).content.decode()
    assert "A draft waits." in html
    as_editor.post(page(versions[0], "restore"), {"questions": "on"})
    assert LessonDraft.objects.get().data == {}


def test_looking_again_with_other_wishes(
    as_editor: Client, lesson: Lesson, versions: list[Revision]
) -> None:
    QuestionFactory(concept=lesson.concepts.get(), explanation="Why.\n")
    where = page(versions[0], "restore")
    labels = [part.label for part in as_editor.get(where).context["parts"]]
    assert len(labels) == 2
    answer = as_editor.post(where, {"look": "1"})
    assert [part.label for part in answer.context["parts"]] == ["Concept “Queries”: text"]
    assert Concept.objects.get().body == "New *words* here.\n"


def test_what_cannot_be_restored_says_why(as_editor: Client, lesson: Lesson) -> None:
    course = lesson.track.course
    NotebookFactory(course=course).lessons.add(lesson)
    made = record(course=course, names=["notebooks.yaml"], change=Change("editor"), now=NOW)[0]
    Lesson.objects.update(status="archived")
    answer = as_editor.get(page(made, "restore"))
    assert "no lesson “scientist/attention”." in answer.content.decode()
    answer = as_editor.post(page(made, "restore"), {"note": ""})
    assert answer.status_code == 200
    assert said(answer) == ["It cannot be restored as it is. Nothing was changed."]


def test_nobody_else(
    client: Client, teacher: User, learner: User, lesson: Lesson, versions: list[Revision]
) -> None:
    addresses = [FEED, *(page(versions[0], name) for name in ("change", "restore", "yaml"))]
    for person, status in ((teacher, 403), (learner, 302)):
        client.force_login(person)
        assert [client.get(where).status_code for where in addresses] == [status] * 4
        assert client.post(page(versions[0], "restore"), {}).status_code == status
    client.force_login(teacher)
    html = client.get(f"/admin/courses/lesson/{lesson.pk}/history/").content.decode()
    assert "Edda Lind changed Attention" in html
    assert page(versions[1]) not in html


def test_who_only_looks_restores_nothing(client: Client, versions: list[Revision]) -> None:
    looker = people.person("lou@example.org", "Lou", staff=True)
    looker.user_permissions.set(Permission.objects.filter(codename="view_revision"))
    client.force_login(looker)
    first = versions[0]
    shown = client.get(page(first))
    assert (shown.status_code, page(first, "restore") in shown.content.decode()) == (200, False)
    assert client.get(page(first, "restore")).status_code == 403
    assert client.post(page(first, "restore"), {}).status_code == 403
    assert Revision.objects.count() == 2


def test_who_restores_may_change_all_that_it_changes(
    client: Client, lesson: Lesson, versions: list[Revision]
) -> None:
    question = QuestionFactory(concept=lesson.concepts.get(), explanation="Why.\n")
    writer = people.person("wil@example.org", "Wil", staff=True)
    first, names = page(versions[0], "restore"), ["change_lesson", "change_concept"]
    for codename in ["view_revision", *names]:
        writer.user_permissions.add(Permission.objects.get(codename=codename))
    client.force_login(writer)
    assert client.get(first).status_code == 403
    writer.user_permissions.add(Permission.objects.get(codename="change_reference"))
    assert 'name="questions"' not in client.get(first).content.decode()
    assert client.post(first, {"questions": "on"}).status_code == 302
    question.refresh_from_db()
    assert (Concept.objects.get().body, question.status) == ("Old *words*.\n", "published")
    quizzes = Revision.objects.create(
        course=lesson.track.course, name="quizzes.yaml", data={"quizzes": []}, made_at=NOW
    )
    assert client.get(page(quizzes, "restore")).status_code == 403


# Editions


def test_a_state_gets_a_name(as_editor: Client, editor: User, lesson: Lesson) -> None:
    course = lesson.track.course
    add = reverse("admin:courses_edition_add")
    shown = as_editor.get(reverse("admin:courses_course_change", args=[course.pk]))
    assert f'href="{add}?course={course.pk}"' in shown.content.decode()
    form = as_editor.get(add, {"course": course.pk}).context["adminform"].form
    assert form.initial["course"] == str(course.pk)
    assert as_editor.get(add).context["adminform"].form.initial == {"course": course.pk}
    data = {"course": course.pk, "name": " 2026 ", "note": "Spring."}
    answer = as_editor.post(add, data)
    assert answer.status_code == 302, errors(answer)
    edition = Edition.objects.get()
    assert (edition.name, edition.note, edition.made_by) == ("2026", "Spring.", editor)
    named = {one.name: one.data for one in edition.revisions.all()}
    assert named == documents_of(course)
    write(lesson, "Later.\n")
    keep(lesson)
    assert edition.revisions.get(lesson=lesson).data["concepts"][0]["body"] == "Old *words*.\n"
    again = as_editor.post(add, data)
    assert errors(again) == {"name": ["The course has an edition of this name. Choose another."]}


def test_an_edition_is_renamed_and_stays(as_editor: Client, lesson: Lesson) -> None:
    course = lesson.track.course
    edition = Edition.objects.create(course=course, name="206", made_at=NOW)
    where = reverse("admin:courses_edition_change", args=[edition.pk])
    assert as_editor.post(where, {"name": "2026", "note": ""}).status_code == 302
    edition.refresh_from_db()
    assert (edition.name, edition.made_at) == ("2026", NOW)
    delete = reverse("admin:courses_edition_delete", args=[edition.pk])
    assert as_editor.post(delete, {"post": "yes"}).status_code == 403
    listed = as_editor.get(reverse("admin:courses_edition_changelist")).content.decode()
    compare = f"{course.get_absolute_url()}changes/compare/"
    assert f'href="{compare}?from={edition.pk}&amp;to=today"' in listed


# The first page


def test_what_an_editor_finds_first(
    as_editor: Client, editor: User, lesson: Lesson, versions: list[Revision]
) -> None:
    review = LessonFactory(track=lesson.track, title="Pruning", status="review")
    LessonFactory(track=lesson.track, title="Gone", status="archived")
    LessonDraft.objects.create(
        lesson=lesson, data={}, base=versions[1], updated_at=NOW, updated_by=editor
    )
    answer = as_editor.get(reverse("admin:index"))
    found = answer.context["overview"]
    assert [(one.lesson, one.kind, one.mine) for one in found.waiting] == [
        (review, "review", False),
        (lesson, "mine", True),
    ]
    assert [told.revision for told in found.changes] == versions[::-1]
    assert found.links == 0
    html = answer.content.decode()
    assert "Edda Lind changed Attention" in html
    assert "None known: no address that was checked fails or has moved." in html


def test_nothing_waits(as_editor: Client, lesson: Lesson) -> None:
    html = as_editor.get(reverse("admin:index")).content.decode()
    assert "Nothing waits: readers have every lesson as it is." in html
    assert "No change yet." in html


def test_a_teacher_has_no_panels(client: Client, teacher: User, versions: Any) -> None:
    client.force_login(teacher)
    html = client.get(reverse("admin:index")).content.decode()
    assert "Recent changes" not in html
    assert "Edda Lind" not in html


@pytest.mark.parametrize("number", [1, 12])
def test_the_first_page_costs_the_same_for_many(
    as_editor: Client,
    editor: User,
    lesson: Lesson,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for base in edited(lesson, number, editor):
        other = LessonFactory(track=lesson.track)
        LessonDraft.objects.create(lesson=other, data={}, base=base, updated_at=NOW)
    as_editor.get(reverse("admin:index"))
    # session, person, permissions (2); log; lessons; changes, the ones before; addresses (2), links
    with django_assert_num_queries(10):
        as_editor.get(reverse("admin:index"))
