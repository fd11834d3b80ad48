"""What people fill in who keep the gradebook."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.gradebook.changing import most_points
from cohorts.gradebook.numbers import plain
from cohorts.models import Category, Cohort, GradeItem
from cohorts.talk.fields import LineField
from courses.models import Status
from quizzes.models import Quiz

REASON = gettext_lazy("Reason, shown to the learner")
NUMBER = {"inputmode": "decimal", "autocomplete": "off"}


def points_field(item: GradeItem, **kwargs: Any) -> forms.DecimalField:
    most = most_points(item)
    return forms.DecimalField(
        min_value=0,
        max_value=most,
        decimal_places=2,
        max_digits=7,
        widget=forms.TextInput(attrs=NUMBER),
        error_messages={
            "min_value": _("Give no points, or more."),
            "max_value": _("Give at most %s points.") % plain(most),
        },
        **kwargs,
    )


class SeenForm(forms.Form):
    """`seen` is the grade's revision that was on the page."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class PointsForm(SeenForm):
    def __init__(self, *args: Any, item: GradeItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = _("Points, of %s") % plain(item.points)
        self.fields["points"] = points_field(item, label=label, required=False)


class ChangeForm(SeenForm):
    def __init__(self, *args: Any, item: GradeItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = _("New points, of %s") % plain(item.points)
        self.fields["points"] = points_field(item, label=label)
        self.fields["reason"] = LineField(label=REASON, max_length=300)


class ExcuseForm(SeenForm):
    reason = LineField(label=REASON, max_length=300)


class ColumnForm(forms.Form):
    """Points for each of `members`, which have a grade in `grades` or none yet."""

    def __init__(
        self, *args: Any, item: GradeItem, members: Iterable[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [pk for pk, _name in members]
        for pk, name in members:
            self.fields[f"points-{pk}"] = points_field(
                item, label=name, required=False, show_hidden_initial=True
            )
            self.fields[f"seen-{pk}"] = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class CategoryForm(forms.ModelForm[Category]):
    name = LineField(label=gettext_lazy("Name"), max_length=80)

    class Meta:
        model = Category
        fields = ["name", "weight", "counts", "drop_lowest"]
        widgets = {"weight": forms.TextInput(attrs=NUMBER)}

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohort = cohort

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = self.cohort.categories.exclude(pk=self.instance.pk)
        if others.filter(name=name).exists():
            raise forms.ValidationError(_("There is a category of this name. Choose another one."))
        return name


class ItemForm(forms.ModelForm[GradeItem]):
    """Of an item that is there; `QuizItemForm` and `HandItemForm` add one."""

    title = LineField(label=gettext_lazy("Title"), max_length=150)

    class Meta:
        model = GradeItem
        fields = ["title", "points", "category", "position"]
        widgets = {"points": forms.TextInput(attrs=NUMBER)}

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["category"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101  (for the type)
        choice.queryset = cohort.categories.all()
        choice.empty_label = None
        if self.instance.quiz_id or self.instance.assignment_id:
            self.fields["title"].required = False
            self.fields["title"].help_text = _("Empty: the title of what is graded.")

    def clean_points(self) -> Decimal:
        points: Decimal = self.cleaned_data["points"]
        if points <= 0:
            raise forms.ValidationError(_("Give more than 0 points."))
        return points


class NewItemForm(ItemForm):
    """A quiz of the course, or a column of one's own with a title."""

    quiz = forms.ModelChoiceField(
        Quiz.objects.none(),
        label=gettext_lazy("Quiz"),
        required=False,
        empty_label=gettext_lazy("None: points are entered by hand"),
    )

    class Meta(ItemForm.Meta):
        fields = ["points", "category"]

    field_order = ["quiz", "title", "points", "category"]

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, cohort=cohort, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Empty for a quiz: its own title.")
        self.fields["category"].required = cohort.categories.exists()
        choice = self.fields["quiz"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101  (for the type)
        choice.queryset = quizzes_left(cohort)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("quiz") and not data.get("title") and not self.errors:
            self.add_error("title", _("Choose a quiz, or give the column a title."))
        return data


def quizzes_left(cohort: Cohort) -> Any:
    """Those of the course that are no column yet."""
    found = Quiz.objects.filter(course=cohort.course_id, status=Status.PUBLISHED)
    return found.exclude(mode=Quiz.Mode.PLACEMENT).exclude(grade_items__cohort=cohort)
