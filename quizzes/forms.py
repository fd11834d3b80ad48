from django import forms


class SaveForm(forms.Form):
    """What comes with an answer. A sequence that makes no sense counts as none at all."""

    sequence = forms.IntegerField(required=False, min_value=1)

    @property
    def given_sequence(self) -> int | None:
        self.is_valid()
        found: int | None = self.cleaned_data.get("sequence")
        return found
