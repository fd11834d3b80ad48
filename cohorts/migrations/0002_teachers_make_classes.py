"""The group Teachers may make classes; what else one may in a class is said by one's role there."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

WANTED = ["add_cohort"]


def teachers(apps, alias):
    return apps.get_model("auth", "Group").objects.using(alias).filter(name="Teachers")


def permissions(apps, alias):
    return apps.get_model("auth", "Permission").objects.using(alias).filter(
        content_type__app_label="cohorts", codename__in=WANTED
    )


def give(apps, schema_editor):
    alias = schema_editor.connection.alias
    config = apps.get_app_config("cohorts")
    before = getattr(config, "models_module", None)
    config.models_module = True  # a historical app has none, and would be passed over
    create_permissions(config, verbosity=0, using=alias, apps=apps)
    config.models_module = before
    for group in teachers(apps, alias):
        group.permissions.add(*permissions(apps, alias))


def take(apps, schema_editor):
    alias = schema_editor.connection.alias
    for group in teachers(apps, alias):
        group.permissions.remove(*permissions(apps, alias))


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0001_initial"), ("quizzes", "0008_withheld_results")]

    operations = [migrations.RunPython(give, take)]
