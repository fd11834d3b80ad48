"""The groups of quizzes/migrations/0002, 0007, 0009 and 0012, and of cohorts/migrations/0002."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection

from accounts.models import User

pytestmark = pytest.mark.django_db

CONTENT = {"course", "track", "lesson", "concept", "reference", "notebook"} | {
    "question",
    "quiz",
    "quizquestion",
}
PROGRESS = {"enrolment", "lessonprogress", "attempt", "response"}
LOG = {"view_regrade", "view_scorechange"}
DRAWS = {"add_draw", "change_draw", "delete_draw", "view_draw"}
TEACHERS = {f"view_{name}" for name in CONTENT | PROGRESS}
GRADING = {"view_draw", "add_regrade", "change_response"} | LOG
NARROWED = {f"view_{name}" for name in PROGRESS} | {
    "view_scorechange",
    "change_response",
    "add_regrade",
}
CLASSES = {"add_cohort"}
EDITING = set(import_module("quizzes.migrations.0012_editors_edit").GIVEN["courses"]) | {
    "add_questionpreview",
    "delete_questionpreview",
    "view_questionpreview",
}
GLOSSARY = import_module("quizzes.migrations.0014_editors_keep_the_glossary").GIVEN
ALL_OF_TEACHERS = (TEACHERS | GRADING | CLASSES | set(GLOSSARY["Teachers"])) - NARROWED


def codenames(name: str) -> set[str]:
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


def test_editors() -> None:
    wanted = {f"{action}_{name}" for action in ("add", "change", "view") for name in CONTENT}
    of_quizzes = {"delete_quizquestion", "add_regrade"} | DRAWS | LOG
    assert codenames("Editors") == wanted | of_quizzes | EDITING | set(GLOSSARY["Editors"])


def test_teachers() -> None:
    assert codenames("Teachers") == ALL_OF_TEACHERS


def test_people_get_them(editor: User, teacher: User, learner: User) -> None:
    assert editor.has_perm("courses.change_lesson")
    assert not editor.has_perm("courses.delete_lesson")
    assert not editor.has_perm("accounts.view_user")
    assert teacher.has_perm("quizzes.view_question")
    assert not teacher.has_perm("quizzes.view_attempt")
    assert not teacher.has_perm("courses.change_lesson")
    assert not learner.has_perm("courses.view_enrolment")


def test_back_and_forth() -> None:
    migration = import_module("quizzes.migrations.0002_groups")
    editor = SimpleNamespace(connection=connection)
    migration.remove_groups(apps, editor)
    assert not Group.objects.exists()
    migration.make_groups(apps, editor)
    migration.make_groups(apps, editor)
    assert apps.get_app_config("courses").models_module is not None
    assert codenames("Teachers") == TEACHERS
    grading = import_module("quizzes.migrations.0007_groups_grade")
    grading.give(apps, editor)
    assert codenames("Teachers") == TEACHERS | GRADING
    narrowing = import_module("quizzes.migrations.0009_narrow_teachers")
    narrowing.take(apps, editor)
    assert codenames("Teachers") == (TEACHERS | GRADING) - NARROWED
    editing = import_module("quizzes.migrations.0012_editors_edit")
    editing.give(apps, editor)
    assert codenames("Editors") >= EDITING
    editing.take_back(apps, editor)
    assert not codenames("Editors") & EDITING
    classes = import_module("cohorts.migrations.0002_teachers_make_classes")
    classes.give(apps, editor)
    assert codenames("Teachers") == (TEACHERS | GRADING | CLASSES) - NARROWED
    glossary = import_module("quizzes.migrations.0014_editors_keep_the_glossary")
    glossary.give(apps, editor)
    assert codenames("Teachers") == ALL_OF_TEACHERS
    glossary.take_back(apps, editor)
    classes.take(apps, editor)
    narrowing.give_back(apps, editor)
    assert codenames("Teachers") == TEACHERS | GRADING
    grading.take(apps, editor)
    assert codenames("Teachers") == TEACHERS


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_they_are_there_after_a_flush(time: str) -> None:
    """Of the suite itself: tests with threads empty the database behind them."""
    assert codenames("Teachers") == ALL_OF_TEACHERS
