from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0006_drop_loaded_files"),
        ("courses", "0009_outcomes_exercises_needs"),
    ]

    operations = [
        migrations.AlterField(
            model_name="image",
            name="format",
            field=models.CharField(
                choices=[("png", "PNG"), ("jpg", "JPEG"), ("webp", "WebP"), ("svg", "SVG")],
                max_length=4,
                verbose_name="format",
            ),
        )
    ]
