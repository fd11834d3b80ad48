import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0008_links_failing_since"),
    ]

    operations = [
        migrations.CreateModel(
            name="Readme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("filename", models.CharField(max_length=200)),
                ("content", models.BinaryField()),
                ("names", models.JSONField(blank=True, default=dict)),
                ("imported_at", models.DateTimeField()),
                (
                    "course",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readme",
                        to="courses.course",
                    ),
                ),
            ],
            options={
                "verbose_name": "README of a course",
                "verbose_name_plural": "READMEs of courses",
            },
        ),
    ]
