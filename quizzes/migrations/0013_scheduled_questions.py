from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0012_editors_edit")]

    operations = [
        migrations.AlterField(
            model_name="question",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("review", "In review"),
                    ("scheduled", "Scheduled"),
                    ("published", "Published"),
                    ("archived", "Archived"),
                ],
                default="draft",
                max_length=9,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="question",
            name="publish_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="publish at"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=~Q(status="scheduled") | Q(publish_at__isnull=False),
                name="question_scheduled_for_a_time",
                violation_error_message="Say when it is to be published.",
            ),
        ),
    ]
