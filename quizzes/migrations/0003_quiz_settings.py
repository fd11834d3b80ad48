import django.core.validators
import django.db.models.deletion
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
        ('courses', '0003_concept_facts'),
        ('quizzes', '0002_groups'),
    ]

    operations = [
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('difficulty', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Recall'), (2, 'Apply'), (3, 'Reason')], null=True, verbose_name='difficulty')),
                ('number', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(50)], verbose_name='how many')),
                ('points', models.DecimalField(decimal_places=2, default=1, max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0.01'))], verbose_name='points each')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
            ],
            options={
                'verbose_name': 'draw',
                'verbose_name_plural': 'draws',
                'ordering': ['quiz', 'position', 'id'],
            },
        ),
        migrations.AddField(
            model_name='quiz',
            name='attempts_allowed',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Empty: as many as one likes.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='number of attempts'),
        ),
        migrations.AddField(
            model_name='quiz',
            name='closes_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='closes'),
        ),
        migrations.AddField(
            model_name='quiz',
            name='counts',
            field=models.CharField(choices=[('best', 'The best attempt'), ('last', 'The last attempt'), ('first', 'The first attempt'), ('mean', 'The mean of all attempts')], default='best', max_length=5, verbose_name='which attempt counts'),
        ),
        migrations.AddField(
            model_name='quiz',
            name='feedback',
            field=models.CharField(choices=[('at-once', 'After each question'), ('submitted', 'After handing in'), ('closed', 'After the quiz has closed')], default='submitted', help_text='In a graded quiz. Practice gives it after each question.', max_length=9, verbose_name='feedback'),
        ),
        migrations.AddField(
            model_name='quiz',
            name='grace',
            field=models.PositiveSmallIntegerField(default=30, help_text='In seconds: answers that arrive so much after the end still count.', validators=[django.core.validators.MaxValueValidator(600)], verbose_name='grace'),
        ),
        migrations.AddField(
            model_name='quiz',
            name='opens_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='opens'),
        ),
        migrations.AddField(
            model_name='quiz',
            name='time_limit',
            field=models.PositiveSmallIntegerField(blank=True, help_text='In minutes, by the clock of the server. Empty: no limit.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='time limit'),
        ),
        migrations.AddField(
            model_name='quiz',
            name='track',
            field=models.ForeignKey(blank=True, help_text='For a quiz over a whole track, such as a placement.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='quizzes', to='courses.track', verbose_name='track'),
        ),
        migrations.AddField(
            model_name='quizquestion',
            name='points',
            field=models.DecimalField(decimal_places=2, default=1, max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0.01'))], verbose_name='points'),
        ),
        migrations.AlterField(
            model_name='question',
            name='kind',
            field=models.CharField(choices=[('single', 'One answer'), ('multiple', 'Several answers'), ('boolean', 'True or false'), ('numeric', 'A number'), ('text', 'A short text'), ('ordering', 'Put in order'), ('matching', 'Match'), ('blanks', 'Fill the gaps'), ('free', 'In your own words')], max_length=10, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='quiz',
            constraint=models.CheckConstraint(condition=models.Q(('opens_at', None), ('closes_at', None), ('closes_at__gt', models.F('opens_at')), _connector='OR'), name='quiz_closes_after_opening'),
        ),
        migrations.AddConstraint(
            model_name='quiz',
            constraint=models.CheckConstraint(condition=models.Q(('time_limit', None), ('time_limit__gte', 1), _connector='OR'), name='quiz_time_limit_1_up'),
        ),
        migrations.AddConstraint(
            model_name='quiz',
            constraint=models.CheckConstraint(condition=models.Q(('attempts_allowed', None), ('attempts_allowed__gte', 1), _connector='OR'), name='quiz_attempts_allowed_1_up'),
        ),
        migrations.AddField(
            model_name='draw',
            name='concept',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='courses.concept', verbose_name='concept'),
        ),
        migrations.AddField(
            model_name='draw',
            name='lesson',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='courses.lesson', verbose_name='lesson'),
        ),
        migrations.AddField(
            model_name='draw',
            name='quiz',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='draws', to='quizzes.quiz'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('concept__isnull', False), ('lesson', None)), models.Q(('concept', None), ('lesson__isnull', False)), _connector='OR'), name='draw_from_lesson_or_concept'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 50)), name='draw_number_1_to_50'),
        ),
    ]
