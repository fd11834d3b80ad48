from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, Deadline, Membership
from cohorts.schedule.fields import ClassTimeField, LineField
from cohorts.schedule.setting import moment

MOST = 300


def reason_field() -> LineField:
    return LineField(
        label=_("Reason"),
        max_length=MOST,
        help_text=_("The learner reads it, and it is kept in the log of the class."),
    )


class ReasonForm(forms.Form):
    reason = reason_field()


class ExtensionForm(ReasonForm):
    """Of one deadline, which is due."""

    due_at = ClassTimeField(label=_("New due date"))
    field_order = ["due_at", "reason"]

    def __init__(self, data: Any, *, cohort: Cohort, class_due: datetime, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.cohort, self.class_due = cohort, class_due

    def clean_due_at(self) -> datetime:
        found: datetime = self.cleaned_data["due_at"]
        if found <= self.class_due:
            raise ValidationError(
                _("For the class it is due on %(due)s. Choose a later time."),
                params={"due": moment(self.class_due, self.cohort)},
            )
        return found


class GiveForm(ReasonForm):
    """`titles` of the deadlines that can be extended, by their numbers."""

    deadline = forms.TypedChoiceField(label=_("What for"), coerce=int)
    members = forms.ModelMultipleChoiceField(
        label=_("For whom"),
        queryset=Membership.objects.none(),
        error_messages={"required": _("Choose at least one learner.")},
    )
    due_at = ClassTimeField(label=_("New due date"))
    field_order = ["deadline", "members", "due_at", "reason"]

    def __init__(
        self, data: Any, *, cohort: Cohort, titles: Mapping[int, str], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.cohort = cohort
        chosen, among = self.fields["deadline"], self.fields["members"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101  (for the type)
        assert isinstance(among, forms.ModelMultipleChoiceField)  # noqa: S101
        chosen.choices = [("", _("Choose one")), *titles.items()]
        learners = Membership.objects.learners().filter(cohort=cohort)
        among.queryset = learners.select_related("user")

    def clean(self) -> None:
        pk, due_at = self.cleaned_data.get("deadline"), self.cleaned_data.get("due_at")
        if not pk:
            return
        found = Deadline.objects.select_related("cohort", "lesson", "quiz", "assignment")
        self.cleaned_data["deadline"] = deadline = found.get(pk=pk)
        if due_at and deadline.due_at and due_at <= deadline.due_at:
            said = _("For the class it is due on %(due)s. Choose a later time.")
            self.add_error("due_at", str(said) % {"due": moment(deadline.due_at, self.cohort)})
