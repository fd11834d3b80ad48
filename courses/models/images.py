"""The media library: pictures that lessons show."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.models.content import Course


class Image(models.Model):
    """A picture as readers get it: re-encoded here, nothing but pixels; or a drawing, examined."""

    class Format(models.TextChoices):
        PNG = "png", "PNG"
        JPEG = "jpg", "JPEG"
        WEBP = "webp", "WebP"
        SVG = "svg", "SVG"

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="images", verbose_name=_("course")
    )
    # With its format, the last part of its address: what it shows never changes under a name.
    name = models.SlugField(_("name"), max_length=80, unique=True)
    format = models.CharField(_("format"), max_length=4, choices=Format.choices)
    file = models.FileField(_("file"), upload_to="images/", max_length=200)
    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        help_text=_("What it shows, for who cannot see it."),
    )
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    size = models.PositiveIntegerField(_("size"), help_text=_("In bytes."))
    digest = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(_("uploaded"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="images",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering: ClassVar[list[str]] = ["-uploaded_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["course", "digest"], name="image_once_in_course"),
            models.CheckConstraint(condition=~models.Q(alt=""), name="image_has_alt"),
        ]

    def __str__(self) -> str:
        return f"{self.name}.{self.format}"

    def get_absolute_url(self) -> str:
        return reverse("image", args=[self.name, self.format])
