from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from courses.images.encoding import MOST_BYTES, encoded
from courses.images.picture import PictureError
from courses.models import Course, Image


class ImageForm(forms.ModelForm):
    """A picture for the library; what is sent is checked by what it holds, not by its name."""

    file = forms.FileField(
        label=_("Picture"),
        max_length=200,
        help_text=_(
            "PNG, JPEG, WebP or GIF, up to %d MB, or a plain SVG. Only its pixels are kept."
        )
        % (MOST_BYTES // 10**6),
        widget=forms.FileInput(
            attrs={"accept": "image/png,image/jpeg,image/webp,image/gif,image/svg+xml"}
        ),
    )
    course = forms.ModelChoiceField(Course.objects.all(), label=_("Course"))

    class Meta:
        model = Image
        fields = ["course", "file", "alt"]
        widgets = {"alt": forms.TextInput(attrs={"class": "vTextField"})}
        error_messages = {
            "alt": {"required": _("Say what the picture shows, for who cannot see it.")}
        }

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            message = _("The picture has over %d MB. Make it smaller.")
            raise forms.ValidationError(message % (MOST_BYTES // 10**6))
        try:
            encoded(file.read())
        except PictureError as error:
            raise forms.ValidationError(str(error)) from error
        file.seek(0)
        return file

    def validate_unique(self) -> None:
        """The same picture again is the picture that is there."""

    def added(self, **by: Any) -> Any:
        """The values that `add_image` takes, but for the clock's and the person's."""
        file = self.cleaned_data["file"]
        return {
            "course": self.cleaned_data["course"],
            "data": file.read(),
            "alt": self.cleaned_data["alt"],
            "name": file.name or "",
        }
