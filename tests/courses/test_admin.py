from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from courses import versions
from courses.models import (
    Concept,
    ConceptTick,
    Lesson,
    LessonProgress,
    Notebook,
    Status,
    Track,
)
from tests.factories import (
    ConceptFactory,
    CourseFactory,
    LessonFactory,
    NotebookFactory,
    ReferenceFactory,
    TrackFactory,
)

LESSONS = "/admin/courses/lesson/"


@pytest.fixture
def as_editor(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def as_superuser(client: Client, superuser: User) -> Client:
    client.force_login(superuser)
    return client


@pytest.fixture
def lesson(db: None) -> Lesson:
    """A published lesson with one concept and one reference, as the course's files hold it."""
    lesson = LessonFactory(title="Quantization", slug="quantization", introduction="Read.\n")
    ConceptFactory(lesson=lesson, name="Rounding", slug="rounding", body="Old.\n", position=1)
    ReferenceFactory(lesson=lesson, title="A paper", position=1)
    return lesson


def change(thing: Any) -> str:
    meta = thing._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[thing.pk])


def sent(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send back from the form at `url`, with its line ends."""
    context = client.get(url).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data: dict[str, Any] = {}
    for form in forms:
        for field in form:
            value = field.value()
            widget = field.field.widget
            if hasattr(widget, "widgets"):
                values = widget.decompress(value)
                for part, one in zip(widget.widgets_names, values, strict=True):
                    data[field.html_name + part] = one or ""
            elif value is not None and value is not False:
                data[field.html_name] = (
                    value.replace("\n", "\r\n") if isinstance(value, str) else value
                )
    return data


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def errors(answer: Any) -> dict[str, list[str]]:
    context = answer.context
    found = dict(context["adminform"].form.errors)
    for inline in context["inline_admin_formsets"]:
        for form in inline.formset.forms:
            found |= {f"{form.prefix}-{name}": error for name, error in form.errors.items()}
    return {name: [str(line) for line in lines] for name, lines in found.items()}


def actions(client: Client, name: str, *things: Any) -> Any:
    meta = things[0]._meta
    where = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    return client.post(where, {"action": name, "_selected_action": [thing.pk for thing in things]})


def test_a_reference_saved_by_itself_is_a_version_of_its_lesson(
    as_editor: Client, lesson: Lesson
) -> None:
    part = ReferenceFactory(lesson=lesson)
    as_editor.post(change(part), sent(as_editor, change(part)))
    assert Lesson.objects.get().version == 1
    as_editor.post(change(part), sent(as_editor, change(part)) | {"position": "7"})
    assert Lesson.objects.get().version == 2


@pytest.mark.parametrize("address", ["ftp://example.org/a", "javascript:alert(1)"])
def test_an_address_is_one_that_readers_can_open(
    as_editor: Client, lesson: Lesson, address: str
) -> None:
    part = ReferenceFactory(lesson=lesson)
    data = sent(as_editor, change(part)) | {"url": address}
    assert errors(as_editor.post(change(part), data)) == {
        "url": ["Enter an address with http:// or https://."]
    }


def test_publish_and_back(as_editor: Client, lesson: Lesson) -> None:
    empty = LessonFactory(track=lesson.track, title="Empty", introduction="", status=Status.DRAFT)
    answer = actions(as_editor, "back_to_draft", lesson, empty)
    assert said(answer)[-1] == "1 lesson is a draft again."
    answer = actions(as_editor, "publish", lesson, empty)
    assert said(answer)[-2:] == [
        "2 lessons are published.",
        "“Empty” is published, but: The introduction is empty. There is no concept yet.",
    ]
    assert said(actions(as_editor, "publish", lesson))[-1] == "Nothing to do: it was so already."
    assert LogEntry.objects.filter(object_id=str(lesson.pk)).count() == 2
    assert set(Lesson.objects.values_list("version", flat=True)) == {1}


def test_publishing_shows_at_once(as_editor: Client, lesson: Lesson) -> None:
    Lesson.objects.update(status=Status.DRAFT)
    page = lesson.get_absolute_url()
    assert Client().get(page).status_code == 404
    actions(as_editor, "publish", lesson)
    assert Client().get(page).status_code == 200


def test_what_an_action_costs_does_not_grow(
    as_editor: Client, lesson: Lesson, django_assert_max_num_queries: Any
) -> None:
    many = [LessonFactory(track=lesson.track, status=Status.DRAFT) for _ in range(30)]
    with django_assert_max_num_queries(70):
        actions(as_editor, "publish", *many)


def test_a_teacher_has_no_actions(client: Client, teacher: User, lesson: Lesson) -> None:
    client.force_login(teacher)
    actions(client, "back_to_draft", lesson)
    assert Lesson.objects.get().status == Status.PUBLISHED


@pytest.mark.parametrize("things", ["Lesson", "Concept", "Reference", "Track", "Course"])
def test_editors_archive_and_never_delete(as_editor: Client, lesson: Lesson, things: str) -> None:
    of = {
        "Lesson": lesson,
        "Concept": lesson.concepts.get(),
        "Reference": lesson.references.get(),
        "Track": lesson.track,
        "Course": lesson.track.course,
    }
    thing = of[things]
    where = reverse(f"admin:courses_{things.lower()}_delete", args=[thing.pk])
    assert as_editor.post(where, {"post": "yes"}).status_code == 403
    assert type(thing).objects.filter(pk=thing.pk).exists()


def test_what_a_learner_ticked_cannot_be_deleted(
    as_superuser: Client, lesson: Lesson, learner: User
) -> None:
    now = timezone.now()
    concept = lesson.concepts.get()
    ConceptTick.objects.create(user=learner, concept=concept, ticked_at=now)
    LessonProgress.objects.create(user=learner, lesson=lesson, started_at=now, last_read_at=now)
    where = reverse("admin:courses_lesson_delete", args=[lesson.pk])
    answer = as_superuser.post(where, {"post": "yes"})
    assert answer.status_code == 200
    assert answer.context["protected"] == [
        "1 × concept tick of learners. Archive it instead of deleting it.",
        "1 × lesson progress of learners. Archive it instead of deleting it.",
    ]
    assert answer.context["perms_lacking"] == set()
    assert Lesson.objects.filter(pk=lesson.pk).exists()


def test_a_superuser_deletes_what_nobody_used(as_superuser: Client, lesson: Lesson) -> None:
    where = reverse("admin:courses_lesson_delete", args=[lesson.pk])
    assert as_superuser.post(where, {"post": "yes"}).status_code == 302
    assert not Lesson.objects.exists()
    assert not Concept.objects.exists()


def test_lists_are_searched_filtered_and_in_order(as_editor: Client, lesson: Lesson) -> None:
    second = TrackFactory(course=lesson.track.course, position=lesson.track.position + 1)
    late = LessonFactory(track=second, position=1, status=Status.DRAFT)
    early = LessonFactory(track=lesson.track, position=lesson.position + 1)

    def listed(**query: Any) -> list[Lesson]:
        return list(as_editor.get(LESSONS, query).context["cl"].result_list)

    assert listed() == [lesson, early, late]
    assert listed(q="rounding") == [lesson]
    assert listed(state="draft") == [late]
    assert listed(track__id__exact=second.pk) == [late]


def test_view_on_site_goes_to_the_page(as_editor: Client, lesson: Lesson) -> None:
    def link() -> str | None:
        found: str | None = as_editor.get(change(lesson)).context["absolute_url"]
        return found

    assert link() == lesson.get_absolute_url()
    Lesson.objects.update(status=Status.ARCHIVED)
    assert link() is None


def test_an_icon_that_lucide_lacks_is_named(as_editor: Client) -> None:
    track = TrackFactory(icon="")
    data = sent(as_editor, change(track))
    assert errors(as_editor.post(change(track), data | {"icon": "mountain-high"})) == {
        "icon": ["Lucide has no icon “mountain-high”. Look for its name on lucide.dev/icons."]
    }
    assert as_editor.post(change(track), data | {"icon": "mountain"}).status_code == 302
    assert Track.objects.get().icon == "mountain"


def test_a_course_keeps_its_address(as_editor: Client) -> None:
    course = CourseFactory()
    data = sent(as_editor, change(course)) | {"title": "Other", "slug": "other"}
    assert as_editor.post(change(course), data).status_code == 302
    course.refresh_from_db()
    assert (course.title, course.slug) == ("Other", "llm-course")
    data = {"title": "Twin", "slug": "llm-course", "edition": "", "summary": ""}
    assert errors(as_editor.post("/admin/courses/course/add/", data)) == {
        "slug": ["“Other” has this already. Choose another one, or edit that."]
    }


def test_a_notebook_stays_in_its_course(as_editor: Client, lesson: Lesson) -> None:
    notebook = NotebookFactory(course=lesson.track.course)
    foreign = LessonFactory(track=TrackFactory(course=CourseFactory(slug="other")), title="Foreign")
    data = sent(as_editor, change(notebook))
    assert errors(as_editor.post(change(notebook), data | {"lessons": [foreign.pk]})) == {
        "lessons": ["“Foreign” belongs to another course."]
    }
    assert as_editor.post(change(notebook), data | {"lessons": [lesson.pk]}).status_code == 302
    assert Notebook.objects.get().lessons.get() == lesson


def test_moving_a_notebook_renews_the_pages(lesson: Lesson) -> None:
    notebook = NotebookFactory(course=lesson.track.course)
    slug = lesson.track.course.slug
    later = timezone.now() + timedelta(days=1)
    seen = {versions.stamp(slug, later)}
    for step in (
        lambda: notebook.lessons.add(lesson),
        lambda: notebook.lessons.remove(lesson),
        lambda: lesson.notebooks.add(notebook),
        lambda: lesson.notebooks.clear(),
    ):
        step()
        seen.add(versions.stamp(slug, later))
    assert len(seen) == 5
