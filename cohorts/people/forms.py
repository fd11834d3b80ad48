"""What the pages of people ask."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, Group, Membership, Role
from cohorts.people.groups import MOST
from cohorts.people.listing import GONE, Wish
from cohorts.people.rows import is_unfit, tidy
from cohorts.permissions import may_give

# Bytes of an upload, and characters of a pasted list.
BYTES = 5_000_000
PASTED = 500_000
# Of a number that a database takes for a key.
DIGITS = 19
NO_GROUP = _("No group")


def plain_text(text: str) -> None:
    """Lines may break; nothing else that cannot be shown."""
    if is_unfit(text.replace("\r", "").replace("\n", "").replace("\t", "")):
        raise ValidationError(_("Take out characters that cannot be shown, and write it again."))


def one_line(text: str) -> None:
    if is_unfit(text):
        raise ValidationError(_("Take out characters that cannot be shown, and write it again."))


def roles_to_give(by: Membership) -> list[tuple[str, Any]]:
    """From the least to the most."""
    return [(role.value, role.label) for role in reversed(Role) if may_give(by, role)]


class FilterForm(forms.Form):
    """What makes no sense is passed over: it comes from an address."""

    q = forms.CharField(label=_("Name or address"), max_length=100, required=False)
    role = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("Everybody")), *Role.choices, (GONE, _("No longer in the class"))],
    )
    group = forms.ModelChoiceField(
        Group.objects.none(), label=_("Group"), required=False, empty_label=_("All groups")
    )

    def __init__(self, *args: Any, groups: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(group.pk): group for group in groups}
        choices = [("", _("All groups")), *((group.pk, group.name) for group in groups)]
        self.fields["group"] = forms.ChoiceField(label=_("Group"), required=False, choices=choices)

    @property
    def wish(self) -> Wish:
        self.is_valid()
        said = self.cleaned_data
        return Wish(
            words=said.get("q", ""),
            role=said.get("role", ""),
            group=self.groups.get(said.get("group", "")),
        )


class Keys(forms.TypedMultipleChoiceField):
    """Keys of whatever; who is meant is looked up among those who may be."""

    def to_python(self, value: Any) -> list[str]:
        said = super().to_python(value)
        return [one for one in said if one.isascii() and one.isdigit() and len(one) < DIGITS]

    def valid_value(self, value: str) -> bool:
        return True


class MoveForm(forms.Form):
    """Learners of a list, and the group for them. An empty group means none."""

    member = Keys(coerce=int, required=False)
    to_group = forms.ModelChoiceField(Group.objects.none(), required=False)

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_group"].queryset = cohort.groups.all()  # type: ignore[attr-defined]


class MemberForm(forms.ModelForm[Membership]):
    class Meta:
        model = Membership
        fields = ("role", "group", "listed_as", "number", "extra_time")

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles_to_give(by)  # type: ignore[attr-defined]
        group = self.fields["group"]
        group.queryset = by.cohort.groups.all()  # type: ignore[attr-defined]
        group.empty_label = NO_GROUP  # type: ignore[attr-defined]
        for name in ("listed_as", "number"):
            self.fields[name].validators.append(one_line)

    def clean_listed_as(self) -> str:
        return tidy(self.cleaned_data["listed_as"])

    def clean_number(self) -> str:
        return tidy(self.cleaned_data["number"])


class GroupForm(forms.Form):
    name = forms.CharField(label=_("Name of the group"), max_length=60, validators=[one_line])

    def __init__(self, *args: Any, cohort: Cohort, group: Group | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.cohort, self.group = cohort, group

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        others = self.cohort.groups.exclude(pk=self.group.pk if self.group else 0)
        if not name:
            raise ValidationError(_("Give the group a name."))
        if others.filter(name__iexact=name).exists():
            raise ValidationError(_("There is a group of this name already. Choose another."))
        if self.group is None and others.count() >= MOST:
            raise ValidationError(_("A class has at most %(most)d groups."), params={"most": MOST})
        return name


class InviteForm(forms.Form):
    addresses = forms.CharField(
        label=_("E-mail addresses"),
        max_length=PASTED,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocapitalize": "off"}),
        help_text=_(
            "As many as you like: one a line, or with commas or blanks between them. "
            "“Ann Lee <ann@example.org>” gives the name, too."
        ),
    )
    role = forms.ChoiceField(label=_("Role"))
    group = forms.ModelChoiceField(
        Group.objects.none(), label=_("Group"), required=False, empty_label=NO_GROUP
    )
    words = forms.CharField(
        label=_("A few words of your own"),
        required=False,
        max_length=1000,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They stand in the invitation. You may leave them out."),
    )

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles_to_give(by)  # type: ignore[attr-defined]
        self.fields["group"].queryset = by.cohort.groups.all()  # type: ignore[attr-defined]


class UploadForm(forms.Form):
    file = forms.FileField(label=_("File"), max_length=200, allow_empty_file=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > BYTES:
            raise ValidationError(_("The file is larger than 5 MB. Send it in parts."), code="size")
        return file


class RosterForm(UploadForm):
    file = forms.FileField(
        label=_("A CSV file"),
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
        help_text=_("From a spreadsheet or your school’s system, at most 5 MB."),
    )
    pasted = forms.CharField(
        label=_("Or the table, pasted"),
        required=False,
        max_length=PASTED,
        # Not stripped: a table may begin with an empty cell.
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "wrap": "off"}),
        help_text=_("Copied from a spreadsheet, with the names of the columns above."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not said.get("file") and not said.get("pasted", "").strip():
            raise ValidationError(_("Choose a file, or paste the table."))
        return said


class OneRosterForm(UploadForm):
    file = forms.FileField(
        label=_("A OneRoster ZIP file"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        help_text=_("Version 1.2, CSV, with everything in it (bulk), at most 5 MB."),
    )
