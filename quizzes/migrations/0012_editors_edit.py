"""The permissions of Editors on what editing brought: drafts, history, images, links, imports."""

from importlib import import_module

from django.db import migrations

make_permissions = import_module("quizzes.migrations.0002_groups").make_permissions
GIVEN = {
    "courses": {
        "add_lessondraft",
        "change_lessondraft",
        "delete_lessondraft",
        "view_lessondraft",
        "add_lessonpreview",
        "delete_lessonpreview",
        "view_lessonpreview",
        "view_revision",
        "add_edition",
        "change_edition",
        "view_edition",
        "add_image",
        "change_image",
        "delete_image",
        "view_image",
        "change_link",
        "view_link",
        "add_readmeimport",
        "change_readmeimport",
        "delete_readmeimport",
        "view_readmeimport",
    },
    "quizzes": {
        "add_questionpreview",
        "delete_questionpreview",
        "view_questionpreview",
    },
}


def permissions(apps, alias):
    found = apps.get_model("auth", "Permission").objects.using(alias)
    return [
        permission
        for label, names in GIVEN.items()
        for permission in found.filter(content_type__app_label=label, codename__in=names)
    ]


def editors(apps, alias):
    return apps.get_model("auth", "Group").objects.using(alias).filter(name="Editors")


def give(apps, schema_editor):
    alias = schema_editor.connection.alias
    make_permissions(apps, alias)
    for group in editors(apps, alias):
        group.permissions.add(*permissions(apps, alias))


def take_back(apps, schema_editor):
    alias = schema_editor.connection.alias
    for group in editors(apps, alias):
        group.permissions.remove(*permissions(apps, alias))


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0004_editing_and_history"),
        ("quizzes", "0011_previews_and_files"),
    ]

    operations = [migrations.RunPython(give, take_back)]
