from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courses", "0012_drafts_say_their_problem")]

    operations = [
        migrations.AddField(
            model_name="coursefile",
            name="overruled",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        )
    ]
