"""The permissions on the glossary: editors keep it, teachers look."""

from importlib import import_module

from django.db import migrations

make_permissions = import_module("quizzes.migrations.0002_groups").make_permissions
GIVEN = {"Editors": ("add_term", "change_term", "view_term"), "Teachers": ("view_term",)}


def groups(apps, alias):
    """Each group with its permissions."""
    found = apps.get_model("auth", "Group").objects.using(alias).filter(name__in=GIVEN)
    known = apps.get_model("auth", "Permission").objects.using(alias)
    for group in found:
        names = GIVEN[group.name]
        yield group, known.filter(content_type__app_label="courses", codename__in=names)


def give(apps, schema_editor):
    alias = schema_editor.connection.alias
    make_permissions(apps, alias)
    for group, permissions in groups(apps, alias):
        group.permissions.add(*permissions)


def take_back(apps, schema_editor):
    for group, permissions in groups(apps, schema_editor.connection.alias):
        group.permissions.remove(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0011_glossary"),
        ("quizzes", "0013_scheduled_questions"),
    ]

    operations = [migrations.RunPython(give, take_back)]
