from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courses", "0011_glossary")]

    operations = [
        migrations.AddField(
            model_name="lessondraft",
            name="problem",
            field=models.CharField(
                blank=True,
                choices=[
                    ("changed", "the text that readers have was changed since"),
                    ("refused", "the text breaks a rule of the course’s files"),
                    ("failed", "the site made a mistake, which its log tells"),
                ],
                default="",
                max_length=7,
                verbose_name="problem",
            ),
            preserve_default=False,
        )
    ]
