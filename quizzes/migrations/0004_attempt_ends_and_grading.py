import courses.markdown
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quizzes', '0003_quiz_settings'),
    ]

    operations = [
        migrations.AddField(
            model_name='answerrecord',
            name='late',
            field=models.BooleanField(default=False, verbose_name='late'),
        ),
        migrations.AddField(
            model_name='attempt',
            name='awaiting',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='answers to be graded'),
        ),
        migrations.AddField(
            model_name='attempt',
            name='closed_by',
            field=models.CharField(blank=True, choices=[('learner', 'Handed in'), ('time', 'Time was up')], default='', max_length=7, verbose_name='closed by'),
        ),
        migrations.AddField(
            model_name='attempt',
            name='deadline_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='time ends'),
        ),
        migrations.AddField(
            model_name='response',
            name='checked_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='checked'),
        ),
        migrations.AddField(
            model_name='response',
            name='comment',
            field=models.TextField(blank=True, default='', validators=[courses.markdown.validate_markdown], verbose_name='comment'),
        ),
        migrations.AddField(
            model_name='response',
            name='graded_by',
            field=models.CharField(blank=True, choices=[('machine', 'Graded at once'), ('self', 'Rated by the learner'), ('person', 'Graded by a person')], default='', max_length=7, verbose_name='graded by'),
        ),
        migrations.AddField(
            model_name='response',
            name='points',
            field=models.DecimalField(decimal_places=2, default=1, max_digits=5, verbose_name='points'),
        ),
        migrations.AddField(
            model_name='response',
            name='regraded_as',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quizzes.questionversion'),
        ),
        migrations.AddField(
            model_name='response',
            name='seconds',
            field=models.FloatField(blank=True, null=True, verbose_name='seconds'),
        ),
        migrations.AddIndex(
            model_name='attempt',
            index=models.Index(condition=models.Q(('deadline_at__isnull', False), ('submitted_at', None)), fields=['deadline_at'], name='attempt_running_out'),
        ),
        migrations.AddIndex(
            model_name='attempt',
            index=models.Index(condition=models.Q(('awaiting__gt', 0)), fields=['quiz'], name='attempt_awaiting'),
        ),
    ]
