from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.models.attempts import Response
from quizzes.models.questions import Question, QuestionVersion


class Regrade(models.Model):
    """One time that finished answers to a question were graded again, by a newer key."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="regrades")
    version = models.ForeignKey(
        QuestionVersion, models.PROTECT, related_name="regrades", verbose_name=_("graded as")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="regrades"
    )
    made_at = models.DateTimeField(_("made"))
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("regrade")
        verbose_name_plural = _("regrades")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.question} ({self.made_at:%Y-%m-%d})"


class ScoreChange(models.Model):
    """The log of scores that changed after handing in: by a regrade, or by a person."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="changes")
    regrade = models.ForeignKey(
        Regrade, models.PROTECT, null=True, blank=True, related_name="changes"
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="score_changes"
    )
    changed_at = models.DateTimeField(_("changed"))
    # Of the response; None: it had not been graded.
    before = models.FloatField(_("before"), null=True)
    after = models.FloatField(_("after"))
    # Of its attempt.
    attempt_before = models.FloatField(_("attempt before"))
    attempt_after = models.FloatField(_("attempt after"))

    class Meta:
        verbose_name = _("change of a score")
        verbose_name_plural = _("changes of scores")
        ordering = ["-changed_at", "-id"]

    def __str__(self) -> str:
        return f"{self.response}: {self.before} → {self.after}"
