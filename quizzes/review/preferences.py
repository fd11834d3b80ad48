"""How one person wants to review, and what remembering more costs them."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Count, F, Sum
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from quizzes.models import ReviewCard, ReviewPreferences
from quizzes.review.recall import interval_share

PERCENTAGES = (80, 85, 90, 95, 97)


def preferences_of(user: User) -> ReviewPreferences:
    """What `user` has chosen, else the defaults, not stored. One query."""
    return ReviewPreferences.objects.filter(user=user).first() or ReviewPreferences(user=user)


class ReviewPreferencesForm(forms.ModelForm):
    """The retention in percent, as people say it; stored as a share."""

    retention = forms.IntegerField(
        label=_("How much you want to remember, in percent"),
        min_value=80,
        max_value=97,
        help_text=_(
            "Of 100 cards that come back, about as many as you want to know then. From 80 to 97; "
            "90 suits most people."
        ),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Give a whole number from 80 to 97."),
        ),
    )

    class Meta:
        model = ReviewPreferences
        fields = ["retention", "reviews_a_day", "new_a_day", "keys", "mail"]
        labels = {
            "reviews_a_day": _("Cards a day at most"),
            "new_a_day": _("New cards a day at most"),
            "keys": _("Use keys: 1 to 4 to rate, space to show the answer, U to undo"),
            "mail": _("Send me an e-mail when cards are due"),
        }
        help_texts = {
            "reviews_a_day": _("From 1 to 1,000. What is over waits until the next day."),
            "new_a_day": _(
                "From 0 to 200, within the number above; 0 stops new ones. What is due comes "
                "first: on days when that alone fills the number above, no new card is asked."
            ),
            "keys": _("They never act while you type in a field."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["retention"] = round(self.instance.retention * 100)
        self.fields["mail"].help_text = _("At most one a day, to %(email)s.") % {
            "email": self.instance.user.email
        }

    def clean_retention(self) -> float:
        return float(self.cleaned_data["retention"]) / 100


def save_preferences(*, user: User, chosen: dict[str, Any]) -> None:
    """`chosen` is what the form has cleaned."""
    ReviewPreferences.objects.update_or_create(user=user, defaults=chosen)


@dataclass(frozen=True, slots=True)
class Cost:
    """What wanting `percent` costs: reviews a day, and how many times those of 90 percent."""

    percent: int
    a_day: float
    times: float


@dataclass(frozen=True, slots=True)
class Costs:
    cards: int
    rows: tuple[Cost, ...]


def costs(at_ninety: float) -> tuple[Cost, ...]:
    """Pure: for each of PERCENTAGES, where `at_ninety` reviews a day would be needed for 90.

    A card with a stability of S days comes back after S × `interval_share` days, so it needs one
    review in that time. A rough guide: it leaves out that memory grows more slowly when a card
    comes back early, and that what is forgotten comes back at once.
    """
    times = {percent: 1 / interval_share(percent / 100) for percent in PERCENTAGES}
    return tuple(Cost(percent, at_ninety * times[percent], times[percent]) for percent in times)


def costs_of(user: User) -> Costs:
    """From the cards that `user` has reviewed. One query."""
    reviewed = ReviewCard.objects.of(user).active().seen()
    # A card comes back every day at most.
    found = reviewed.filter(stability__gte=1).aggregate(
        cards=Count("pk"), a_day=Sum(1 / F("stability"))
    )
    return Costs(found["cards"], costs(found["a_day"] or 0.0))
