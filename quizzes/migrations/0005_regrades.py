import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('quizzes', '0004_attempt_ends_and_grading'),
    ]

    operations = [
        migrations.CreateModel(
            name='Regrade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
            ],
            options={
                'verbose_name': 'regrade',
                'verbose_name_plural': 'regrades',
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='ScoreChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(verbose_name='changed')),
                ('before', models.FloatField(null=True, verbose_name='before')),
                ('after', models.FloatField(verbose_name='after')),
                ('attempt_before', models.FloatField(verbose_name='attempt before')),
                ('attempt_after', models.FloatField(verbose_name='attempt after')),
            ],
            options={
                'verbose_name': 'change of a score',
                'verbose_name_plural': 'changes of scores',
                'ordering': ['-changed_at', '-id'],
            },
        ),
        migrations.AddField(
            model_name='regrade',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='regrades', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='regrade',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='regrades', to='quizzes.question'),
        ),
        migrations.AddField(
            model_name='regrade',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='regrades', to='quizzes.questionversion', verbose_name='graded as'),
        ),
        migrations.AddField(
            model_name='scorechange',
            name='changed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='score_changes', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='scorechange',
            name='regrade',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='quizzes.regrade'),
        ),
        migrations.AddField(
            model_name='scorechange',
            name='response',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='quizzes.response'),
        ),
    ]
