from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class Record(models.Model):
    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        abstract = True


class Course(Record):
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.title


class Lesson(Record):
    course = models.ForeignKey(Course, models.CASCADE)
    title = models.CharField(max_length=200)
    summary = models.TextField()

    def __str__(self) -> str:
        return self.title


class Progress(Record):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    lesson = models.ForeignKey(Lesson, models.CASCADE)

    def __str__(self) -> str:
        return f"{self.user} {self.lesson}"


class Note(Record):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    text = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.text


class Answer(Record):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["user", "position"], name="answer_unique")]

    def __str__(self) -> str:
        return self.text
