"""What the session's pages and buttons send."""

from typing import Any

from django import forms

from quizzes.models import ReviewLog

# The largest key that a database has.
MOST = 2**63 - 1


class LookForm(forms.Form):
    """Which card to show: one by its key, or one that was just seen. Nonsense is passed over."""

    card = forms.IntegerField(min_value=1, max_value=MOST, required=False)
    early = forms.BooleanField(required=False)

    @property
    def wanted(self) -> tuple[int | None, bool]:
        self.is_valid()
        return self.cleaned_data.get("card"), self.cleaned_data["early"]


class CheckForm(forms.Form):
    """`digest` is of the card as it was shown, `seen` its count of reviews then."""

    digest = forms.CharField(max_length=64)
    seen = forms.IntegerField(min_value=0)

    @property
    def shown(self) -> dict[str, Any]:
        return {
            "digest": self.cleaned_data["digest"],
            "seen_reviews": self.cleaned_data["seen"],
        }


class RateForm(CheckForm):
    rating = forms.TypedChoiceField(coerce=int, choices=ReviewLog.Rating.choices)
    seconds = forms.FloatField(required=False, min_value=0)

    @property
    def is_usable(self) -> bool:
        """Whether all is there that a rating needs; a browser's clock may say what it likes."""
        return self.is_valid() or set(self.errors) == {"seconds"}


class UndoForm(forms.Form):
    review = forms.IntegerField(min_value=1, max_value=MOST)
