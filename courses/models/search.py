from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.content import Course, Lesson


class SearchEntry(models.Model):
    """One findable thing of a course; rebuilt from the content, never edited.

    The database keeps the full-text index beside it: a generated `tsvector` column on
    PostgreSQL, an FTS5 table fed by triggers on SQLite.
    """

    class Kind(models.TextChoices):
        LESSON = "lesson", _("Lesson")
        CONCEPT = "concept", _("Concept")
        REFERENCE = "reference", _("Reference")
        NOTEBOOK = "notebook", _("Notebook")
        TERM = "term", _("Term")

    course = models.ForeignKey(Course, models.CASCADE, related_name="search_entries")
    lesson = models.ForeignKey(Lesson, models.CASCADE, null=True, related_name="search_entries")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    context = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title
