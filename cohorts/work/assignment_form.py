"""What is asked about an assignment."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.files import TYPES
from cohorts.gradebook.numbers import plain
from cohorts.models import Assignment, Category, Cohort, GradeItem
from cohorts.schedule.fields import ClassTimeField, LineField, StartTimeField
from cohorts.schedule.setting import Times
from cohorts.talk.fields import KeyField
from cohorts.talk.plain_text import UNREADABLE, has_controls
from cohorts.work.assignments import FIELDS, Worth
from cohorts.work.meanwhile import MeanwhileForm
from courses.models import Lesson, Status

TEXT = forms.Textarea(attrs={"rows": 12, "class": "textarea"})


WORTH, TIMES = ("points", "category"), ("opens_at", "due_at")


class AssignmentForm(MeanwhileForm):
    """An assignment with its dates and what it counts; `kept` are the fields of the model.

    Of one that is there, `changed` are those that were changed on the page: the rest may have
    been changed by others meanwhile.
    """

    title = LineField(label=gettext_lazy("Title"), max_length=150)
    file_types = forms.MultipleChoiceField(
        label=gettext_lazy("Types of file"),
        choices=[(one, one) for one in TYPES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: all of them."),
    )
    points = forms.DecimalField(
        label=gettext_lazy("Points"),
        required=False,
        min_value=0.01,
        max_value=99_999,
        decimal_places=2,
        help_text=gettext_lazy("Empty: it does not count, and is not in the gradebook."),
    )
    category = forms.ModelChoiceField(
        label=gettext_lazy("Category"),
        queryset=Category.objects.none(),
        required=False,
        empty_label=gettext_lazy("The first one"),
        help_text=gettext_lazy("Of the gradebook. It says how items count together."),
    )
    opens_at = StartTimeField(
        label=gettext_lazy("Opens"),
        required=False,
        help_text=gettext_lazy("Learners do not see it before. Empty: at once."),
    )
    due_at = ClassTimeField(
        label=gettext_lazy("Due"),
        required=False,
        help_text=gettext_lazy("Empty: it has no end."),
    )

    key = KeyField()

    class Meta:
        model = Assignment
        fields = FIELDS
        widgets = {"instructions": TEXT}
        help_texts = {
            "lesson": gettext_lazy("Learners find a link to it beside the instructions."),
            "instructions": gettext_lazy("Markdown works, with code and formulas."),
            "published": gettext_lazy("Learners see it, once it opens."),
        }

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lessons = Lesson.objects.filter(track__course=cohort.course_id, track__archived=False)
        shown = lessons.exclude(status=Status.ARCHIVED).select_related("track")
        chosen = Lesson.objects.filter(pk=self.instance.lesson_id).select_related("track")
        field = self.fields["lesson"]
        field.queryset = (shown | chosen).order_by("track__position", "position")  # type: ignore[attr-defined]
        field.empty_label = _("None")  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: f"{one.track.title}: {one.title}"  # type: ignore[attr-defined]
        self.fields["category"].queryset = cohort.categories.all()  # type: ignore[attr-defined]
        if self.instance.pk:
            del self.fields["key"]
            self.watch()

    def clean_instructions(self) -> str:
        text: str = self.cleaned_data["instructions"]
        if has_controls(text):
            raise ValidationError(UNREADABLE)
        return text

    def clean_file_types(self) -> str:
        """All of them are said as none, so that types that the site learns later count, too."""
        chosen: list[str] = self.cleaned_data["file_types"]
        return "" if len(chosen) == len(TYPES) else " ".join(chosen)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not any(data.get(name) for name in ("takes_text", "takes_link", "takes_files")):
            self.add_error("takes_text", _("Tick what learners hand in: one of the three."))
        touched = any(name in self.changed_data for name in TIMES)
        if touched and {*TIMES} <= data.keys() and not self.times.in_order:
            self.add_error("due_at", _("It is due before it opens. Choose a later time."))
        if self.instance.pk:
            self.refuse_overruling()
        return data

    def changed(self, names: Iterable[str]) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in names if name in self.changed_data}

    @property
    def kept(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}

    @property
    def worth(self) -> Worth:
        return Worth(self.cleaned_data["points"], self.cleaned_data["category"])

    @property
    def times(self) -> Times:
        return Times(self.cleaned_data["opens_at"], self.cleaned_data["due_at"])


def initial_of(assignment: Assignment) -> dict[str, Any]:
    """Of what is not in its row."""
    item: GradeItem | None = getattr(assignment, "grade_item", None)
    deadline = getattr(assignment, "deadline", None)
    return {
        "file_types": assignment.file_types.split(),
        "points": plain(item.points) if item else None,
        "category": item.category_id if item else None,
        "opens_at": deadline.opens_at if deadline else None,
        "due_at": deadline.due_at if deadline else None,
    }
