"""What people fill in who grade: once more, or by hand."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.markdown import validate_markdown


class RegradeForm(forms.Form):
    """`expected` is the digest of the preview that was on the page."""

    reason = forms.CharField(
        label=gettext_lazy("Why the answers are graded again"),
        max_length=300,
        help_text=gettext_lazy("Kept in the log, and in the export of those whose score changes."),
    )
    expected = forms.CharField(max_length=64, required=False)


class HandGradingForm(forms.Form):
    """A score in points or in percent; `seen` is a digest of the grade that was on the page."""

    POINTS, PERCENT = "points", "percent"

    score = forms.DecimalField(label=gettext_lazy("Score"), min_value=0, decimal_places=2)
    unit = forms.ChoiceField(
        label=gettext_lazy("in"),
        choices=[(POINTS, gettext_lazy("points")), (PERCENT, gettext_lazy("percent"))],
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        required=False,
        max_length=4_000,
        validators=[validate_markdown],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The learner reads it with the result. Markdown works."),
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, points: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = points

    def clean(self) -> dict[str, Any]:
        """Adds the `share` of the points, from 0 to 1."""
        data = super().clean() or self.cleaned_data
        score: Decimal | None = data.get("score")
        most = Decimal(100) if data.get("unit") == self.PERCENT else self.points
        if score is not None and score > most:
            message = _("Give at most %(most)s.") % {"most": number_format(most.normalize())}
            self.add_error("score", message)
        elif score is not None:
            data["share"] = float(score / most)
        return data
