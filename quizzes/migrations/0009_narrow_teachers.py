"""What one learner did is seen by who teaches their class, and says so by a role in it.

Teachers of the site could open all learners' attempts, answers and progress, and grade them. They
keep the content, with its key and the log of regrades, which names no learner.
"""

from importlib import import_module

from django.db import migrations

make_permissions = import_module("quizzes.migrations.0002_groups").make_permissions
TAKEN = {
    "courses": {"view_enrolment", "view_lessonprogress"},
    "quizzes": {
        "view_attempt",
        "view_response",
        "change_response",
        "view_scorechange",
        "add_regrade",
    },
}


def teachers(apps, alias):
    return apps.get_model("auth", "Group").objects.using(alias).filter(name="Teachers")


def permissions(apps, alias):
    found = apps.get_model("auth", "Permission").objects.using(alias)
    return [
        permission
        for label, names in TAKEN.items()
        for permission in found.filter(content_type__app_label=label, codename__in=names)
    ]


def take(apps, schema_editor):
    alias = schema_editor.connection.alias
    for group in teachers(apps, alias):
        group.permissions.remove(*permissions(apps, alias))


def give_back(apps, schema_editor):
    alias = schema_editor.connection.alias
    make_permissions(apps, alias)
    for group in teachers(apps, alias):
        group.permissions.add(*permissions(apps, alias))


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0008_withheld_results")]

    operations = [migrations.RunPython(take, give_back)]
