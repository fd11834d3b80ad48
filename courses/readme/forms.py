from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from courses.readme.decoding import MAX_BYTES, ReadmeError, decode

ENDINGS = (".md", ".markdown", ".txt")


class ReadmeForm(forms.Form):
    """A README as a file or as text, and the course that it is to become or to be brought to."""

    file = forms.FileField(
        label=_("README file"),
        required=False,
        max_length=200,
        help_text=_("A file that ends in .md or .txt, 2 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".md,.markdown,.txt,text/markdown,text/plain"}),
    )
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        strip=False,
        max_length=MAX_BYTES,
        help_text=_("Paste it here if you have no file."),
        widget=forms.Textarea(attrs={"class": "vLargeTextField", "rows": 8}),
    )
    course = forms.ModelChoiceField(
        Course.objects.order_by("title"),
        label=_("Course"),
        required=False,
        empty_label=_("A new course"),
        help_text=_("One that was imported before is brought to the new version."),
    )
    title = forms.CharField(
        label=_("Title of a new course"),
        required=False,
        max_length=200,
        help_text=_("Empty: as the README says."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            return None
        if PurePath(file.name or "").suffix.lower() not in ENDINGS:
            raise forms.ValidationError(_("Choose a file that ends in .md or .txt."))
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("The file has over 2 MB. Choose a smaller one."))
        return file

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        file, text = data.get("file"), data.get("text") or ""
        if bool(file) == bool(text.strip()):
            message = _("Choose a file or paste its text, one of both.")
            self.add_error("file", message)
            return data
        data["content"] = file.read() if file else text.encode()
        data["filename"] = PurePath(file.name).name if file else "README.md"
        try:
            decode(data["content"])
        except ReadmeError as error:
            self.add_error("file" if file else "text", str(error))
        return data
