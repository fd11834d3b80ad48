from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courses", "0004_editing_and_history")]

    operations = [
        migrations.AddField(
            model_name="link",
            name="failing_since",
            field=models.DateField(blank=True, null=True, verbose_name="failing since"),
        )
    ]
