import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import courses.markdown


class Migration(migrations.Migration):
    dependencies = [("courses", "0010_drawings")]

    operations = [
        # Only the choices differ: SQLite leaves the table, and the triggers of its search, alone.
        migrations.AlterField(
            model_name="searchentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("lesson", "Lesson"),
                    ("concept", "Concept"),
                    ("reference", "Reference"),
                    ("notebook", "Notebook"),
                    ("term", "Term"),
                ],
                max_length=9,
            ),
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=80, verbose_name="address")),
                (
                    "term",
                    models.CharField(
                        help_text=(
                            "As it stands inside a sentence: “learning rate”, “LoRA”. With a "
                            "capital it is found in texts only as it is written here."
                        ),
                        max_length=120,
                        verbose_name="term",
                    ),
                ),
                (
                    "also",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text=(
                            "Other spellings and plurals, one a line. Lessons link them, too."
                        ),
                        verbose_name="other names",
                    ),
                ),
                (
                    "definition",
                    models.TextField(
                        validators=[courses.markdown.validate_markdown], verbose_name="definition"
                    ),
                ),
                ("archived", models.BooleanField(default=False, verbose_name="archived")),
                (
                    "concept",
                    models.ForeignKey(
                        blank=True,
                        help_text="Where the course explains it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="terms",
                        to="courses.concept",
                        verbose_name="concept",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="terms",
                        to="courses.course",
                        verbose_name="course",
                    ),
                ),
            ],
            options={
                "verbose_name": "term",
                "verbose_name_plural": "terms",
                "ordering": ["course", django.db.models.functions.text.Lower("term"), "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("course", "slug"), name="term_slug_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("term", ""), _negated=True), name="term_has_name"
                    ),
                ],
            },
        ),
    ]
