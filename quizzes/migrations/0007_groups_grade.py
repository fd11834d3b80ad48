"""Editors draw questions and grade again; teachers grade again, and by hand."""

from importlib import import_module

from django.db import migrations

make_permissions = import_module("quizzes.migrations.0002_groups").make_permissions
LOG = {"view_regrade", "view_scorechange"}
GROUPS = {
    "Editors": {"add_draw", "change_draw", "delete_draw", "view_draw", "add_regrade"} | LOG,
    "Teachers": {"view_draw", "add_regrade", "change_response"} | LOG,
}


def of_group(apps, alias, name):
    return apps.get_model("auth", "Permission").objects.using(alias).filter(
        content_type__app_label="quizzes", codename__in=GROUPS[name]
    )


def give(apps, schema_editor):
    alias = schema_editor.connection.alias
    make_permissions(apps, alias)
    for group in apps.get_model("auth", "Group").objects.using(alias).filter(name__in=GROUPS):
        group.permissions.add(*of_group(apps, alias, group.name))


def take(apps, schema_editor):
    alias = schema_editor.connection.alias
    for group in apps.get_model("auth", "Group").objects.using(alias).filter(name__in=GROUPS):
        group.permissions.remove(*of_group(apps, alias, group.name))


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0006_review")]

    operations = [migrations.RunPython(give, take)]
