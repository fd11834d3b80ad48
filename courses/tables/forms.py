from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.tables.reading import MOST_BYTES

ENDINGS = (".csv", ".xlsx")


class TableForm(forms.Form):
    file = forms.FileField(
        label=_("Table"),
        help_text=_("CSV in UTF-8, or XLSX, up to 5 MB and 10,000 rows."),
        widget=forms.FileInput({"accept": ",".join(ENDINGS)}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(ENDINGS):
            raise forms.ValidationError(_("Choose a file that ends in .csv or .xlsx."))
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is over 5 MB. Split it."))
        return file
