"""The course's files as they were last loaded or exported."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.content import Course


class CourseFile(models.Model):
    """One file, byte for byte: what an edit, in the file or here, is measured against."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    # None where only the digest is known: the file was loaded before contents were kept.
    content = models.BinaryField(null=True)
    digest = models.CharField(max_length=64)
    # Of the last bytes over which the database was given the word: they have no news for it.
    overruled = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("file of a course")
        verbose_name_plural = _("files of courses")
        ordering = ["course", "name"]
        constraints = [
            models.UniqueConstraint(fields=["course", "name"], name="course_file_name_unique")
        ]

    def __str__(self) -> str:
        return self.name
