import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0003_concept_facts'),
        ('quizzes', '0005_regrades'),
    ]

    operations = [
        migrations.CreateModel(
            name='Algorithm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20, verbose_name='name')),
                ('package', models.CharField(max_length=40, verbose_name='package')),
                ('parameters', models.JSONField(verbose_name='parameters')),
                ('digest', models.CharField(max_length=64, unique=True)),
            ],
            options={
                'verbose_name': 'algorithm',
                'verbose_name_plural': 'algorithms',
            },
        ),
        migrations.CreateModel(
            name='ReviewCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('first_score', models.FloatField(default=1.0, verbose_name='first score')),
                ('state', models.PositiveSmallIntegerField(choices=[(0, 'New'), (1, 'Learning'), (2, 'Review'), (3, 'Relearning')], default=0, verbose_name='state')),
                ('step', models.PositiveSmallIntegerField(null=True, verbose_name='step')),
                ('stability', models.FloatField(null=True, verbose_name='stability')),
                ('difficulty', models.FloatField(null=True, verbose_name='difficulty')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('reviewed_at', models.DateTimeField(null=True, verbose_name='last reviewed')),
                ('reviews', models.PositiveIntegerField(default=0, verbose_name='reviews')),
                ('lapses', models.PositiveIntegerField(default=0, verbose_name='lapses')),
                ('suspended_at', models.DateTimeField(blank=True, null=True, verbose_name='put aside')),
            ],
            options={
                'verbose_name': 'review card',
                'verbose_name_plural': 'review cards',
                'ordering': ['due_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ReviewLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rating', models.PositiveSmallIntegerField(choices=[(1, 'Again'), (2, 'Hard'), (3, 'Good'), (4, 'Easy')], verbose_name='rating')),
                ('reviewed_at', models.DateTimeField(verbose_name='reviewed')),
                ('seconds', models.FloatField(null=True, verbose_name='seconds')),
                ('retention', models.FloatField(verbose_name='wanted retention')),
                ('answer', models.JSONField(null=True, verbose_name='answer')),
                ('score', models.FloatField(null=True, verbose_name='score')),
                ('before', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='before')),
                ('state', models.PositiveSmallIntegerField(choices=[(0, 'New'), (1, 'Learning'), (2, 'Review'), (3, 'Relearning')], verbose_name='state')),
                ('stability', models.FloatField(verbose_name='stability')),
                ('difficulty', models.FloatField(verbose_name='difficulty')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='undone')),
            ],
            options={
                'verbose_name': 'review',
                'verbose_name_plural': 'reviews',
                'ordering': ['-reviewed_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ReviewPreferences',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='review_preferences', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('retention', models.FloatField(default=0.9, validators=[django.core.validators.MinValueValidator(0.8), django.core.validators.MaxValueValidator(0.97)], verbose_name='how much you want to remember')),
                ('reviews_a_day', models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000)], verbose_name='cards a day at most')),
                ('new_a_day', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MaxValueValidator(200)], verbose_name='new cards a day at most')),
                ('keys', models.BooleanField(default=True, verbose_name='review with the keys 1 to 4, space and U')),
                ('mail', models.BooleanField(default=False, verbose_name='send an e-mail when reviews are due')),
                ('mailed_on', models.DateField(editable=False, null=True, verbose_name='last e-mail')),
            ],
            options={
                'verbose_name': 'review preferences',
                'verbose_name_plural': 'review preferences',
            },
        ),
        migrations.AddField(
            model_name='reviewcard',
            name='algorithm',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='quizzes.algorithm'),
        ),
        migrations.AddField(
            model_name='reviewcard',
            name='concept',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='courses.concept'),
        ),
        migrations.AddField(
            model_name='reviewcard',
            name='question',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='quizzes.question'),
        ),
        migrations.AddField(
            model_name='reviewcard',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_cards', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reviewlog',
            name='algorithm',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='logs', to='quizzes.algorithm'),
        ),
        migrations.AddField(
            model_name='reviewlog',
            name='card',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='logs', to='quizzes.reviewcard'),
        ),
        migrations.AddField(
            model_name='reviewlog',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_logs', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reviewlog',
            name='version',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quizzes.questionversion'),
        ),
        migrations.AddConstraint(
            model_name='reviewpreferences',
            constraint=models.CheckConstraint(condition=models.Q(('retention__gte', 0.8), ('retention__lte', 0.97)), name='retention_80_to_97'),
        ),
        migrations.AddIndex(
            model_name='reviewcard',
            index=models.Index(condition=models.Q(('suspended_at', None)), fields=['user', 'state', 'due_at'], name='card_due'),
        ),
        migrations.AddIndex(
            model_name='reviewcard',
            index=models.Index(condition=models.Q(('state', 0), ('suspended_at', None)), fields=['user', 'first_score', 'made_at'], name='card_new'),
        ),
        migrations.AddConstraint(
            model_name='reviewcard',
            constraint=models.UniqueConstraint(fields=('user', 'question'), name='card_of_question_unique'),
        ),
        migrations.AddConstraint(
            model_name='reviewcard',
            constraint=models.UniqueConstraint(fields=('user', 'concept'), name='card_of_concept_unique'),
        ),
        migrations.AddConstraint(
            model_name='reviewcard',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('concept__isnull', False), ('question', None)), models.Q(('concept', None), ('question__isnull', False)), _connector='OR'), name='card_of_question_or_concept'),
        ),
        migrations.AddConstraint(
            model_name='reviewcard',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reviewed_at', None), ('stability', None), ('state', 0)), models.Q(('reviewed_at__isnull', False), ('stability__gt', 0), ('state__gt', 0)), _connector='OR'), name='card_remembers_when_reviewed'),
        ),
        migrations.AddIndex(
            model_name='reviewlog',
            index=models.Index(fields=['user', '-reviewed_at'], name='review_of_user'),
        ),
        migrations.AddConstraint(
            model_name='reviewlog',
            constraint=models.CheckConstraint(condition=models.Q(('rating__gte', 1), ('rating__lte', 4)), name='review_rating'),
        ),
    ]
