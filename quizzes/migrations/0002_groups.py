"""The groups `Editors` and `Teachers`, with just their permissions."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

CONTENT = {
    "courses": ["course", "track", "lesson", "concept", "reference", "notebook"],
    "quizzes": ["question", "quiz", "quizquestion"],
}
PROGRESS = {"courses": ["enrolment", "lessonprogress"], "quizzes": ["attempt", "response"]}


def named(models, *actions):
    """(app, codename) of each action on each model."""
    return {
        (app, f"{action}_{model}")
        for app, names in models.items()
        for model in names
        for action in actions
    }


GROUPS = {
    # Content is archived, not deleted; a question may be taken out of a quiz.
    "Editors": named(CONTENT, "add", "change", "view") | {("quizzes", "delete_quizquestion")},
    "Teachers": named(CONTENT, "view") | named(PROGRESS, "view"),
}


def make_permissions(apps, alias):
    """Permissions usually come after all migrations; the groups need theirs now."""
    for label in ("courses", "quizzes"):
        config = apps.get_app_config(label)
        before = getattr(config, "models_module", None)
        config.models_module = True  # a historical app has none, and would be passed over
        create_permissions(config, verbosity=0, using=alias, apps=apps)
        config.models_module = before


def make_groups(apps, schema_editor):
    alias = schema_editor.connection.alias
    make_permissions(apps, alias)
    group_model = apps.get_model("auth", "Group").objects.using(alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    known = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in permissions.select_related("content_type")
    }
    for name, wanted in GROUPS.items():
        group, _ = group_model.get_or_create(name=name)
        group.permissions.add(*(known[key] for key in sorted(wanted)))


def remove_groups(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("courses", "0001_initial"),
        ("quizzes", "0001_initial"),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]
