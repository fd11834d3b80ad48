import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import courses.markdown

MARKDOWN = {"blank": True, "default": "", "validators": [courses.markdown.validate_markdown]}


class Migration(migrations.Migration):
    dependencies = [("courses", "0008_links_failing_since")]

    operations = [
        migrations.AddField(
            model_name="lesson",
            name="outcomes",
            field=models.JSONField(blank=True, default=list, verbose_name="outcomes"),
        ),
        migrations.AddField(
            model_name="lesson",
            name="exercise_task",
            field=models.TextField(verbose_name="exercise: task", **MARKDOWN),
        ),
        migrations.AddField(
            model_name="lesson",
            name="exercise_answer",
            field=models.TextField(verbose_name="exercise: model answer", **MARKDOWN),
        ),
        migrations.AddConstraint(
            model_name="lesson",
            constraint=models.CheckConstraint(
                condition=~Q(exercise_task="") | Q(exercise_answer=""),
                name="lesson_exercise_has_task",
            ),
        ),
        migrations.AddField(
            model_name="reference",
            name="level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("introductory", "Introductory"),
                    ("intermediate", "Intermediate"),
                    ("advanced", "Advanced"),
                ],
                default="",
                max_length=12,
                verbose_name="level",
            ),
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=1, verbose_name="position"),
                ),
                (
                    "concept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="needs",
                        to="courses.concept",
                        verbose_name="concept",
                    ),
                ),
                (
                    "needed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="needed_by",
                        to="courses.concept",
                        verbose_name="read first",
                    ),
                ),
            ],
            options={
                "verbose_name": "needed concept",
                "verbose_name_plural": "needed concepts",
                "ordering": ["concept", "position", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("concept", "needed"), name="need_unique"),
                    models.CheckConstraint(
                        condition=~Q(concept=F("needed")), name="need_of_another"
                    ),
                ],
            },
        ),
    ]
