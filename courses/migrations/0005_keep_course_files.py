"""What a course was loaded from moves to rows that can keep the bytes, too."""

from typing import Any

from django.db import migrations


def keep(apps: Any, editor: Any) -> None:
    files = apps.get_model("courses", "CourseFile")
    for course in apps.get_model("courses", "Course").objects.all():
        files.objects.bulk_create(
            files(course=course, name=name, digest=digest)
            for name, digest in course.loaded_files.items()
        )


def give_back(apps: Any, editor: Any) -> None:
    files = apps.get_model("courses", "CourseFile")
    for course in apps.get_model("courses", "Course").objects.all():
        known = files.objects.filter(course=course)
        course.loaded_files = dict(known.values_list("name", "digest"))
        course.save(update_fields=["loaded_files"])
        known.delete()


class Migration(migrations.Migration):
    dependencies = [("courses", "0007_readmes")]
    operations = [migrations.RunPython(keep, give_back)]
