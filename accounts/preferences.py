from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import time_zones
from accounts.models import Theme, User
from accounts.names import validate_name


class PreferencesForm(forms.ModelForm):
    """Name, time zone and colours of one person."""

    theme = forms.ChoiceField(
        label=_("Colours"), choices=Theme.choices, required=False, widget=forms.RadioSelect
    )

    class Meta:
        model = User
        fields = ["display_name", "time_zone", "theme"]
        labels = {"display_name": _("Your name"), "time_zone": _("Time zone")}
        help_texts = {"time_zone": _("Dates and times are shown in it.")}
        widgets = {"display_name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"].required = True
        self.fields["display_name"].validators.append(validate_name)
        self.fields["time_zone"].widget = forms.Select(
            # static/js/filter-select.js puts a search box with this label above it.
            attrs={"data-filter": _("Search for a city or region")},
            choices=time_zones.choices(self.instance.time_zone),
        )
