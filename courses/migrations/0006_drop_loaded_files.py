from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("courses", "0005_keep_course_files")]
    operations = [migrations.RemoveField(model_name="course", name="loaded_files")]
