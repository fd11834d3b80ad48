"""What somebody fills in who grades a hand-in: points or a rubric, and words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.gradebook.numbers import plain
from cohorts.grading.grading import Mark, most_points
from cohorts.models import Criterion, Grade, GradeItem, Level
from cohorts.work.rubric_typing import DESCRIPTION, MOST_ROWS, digest_of
from cohorts.work.rubrics import typed
from courses.markdown import validate_markdown


@dataclass(frozen=True, slots=True)
class Choice:
    """One cell of the rubric; `points` as a script adds them up, with a point before decimals."""

    level: Level
    points: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    criterion: Criterion
    level: forms.BoundField
    comment: forms.BoundField
    choices: tuple[Choice, ...]

    @property
    def described(self) -> bool:
        """Whether its levels have more to say than their names, and need room for it."""
        return any(choice.level.description for choice in self.choices)


class GradeForm(forms.Form):
    """`criteria` come with their levels; without any, points are typed.

    `seen_revision` is that of the grade on the page, `seen_rubric` the digest of the rubric.
    """

    points = forms.DecimalField(
        label=gettext_lazy("Points"), min_value=0, max_digits=7, decimal_places=2
    )
    feedback = forms.CharField(
        label=gettext_lazy("Feedback"),
        required=False,
        max_length=10_000,
        validators=[validate_markdown],
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("The learner reads it with the grade. Markdown works."),
    )
    seen_revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    seen_rubric = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, item: GradeItem, criteria: Sequence[Criterion] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.criteria = item, criteria
        self.rubric_now, self.rubric_changed = digest_of(typed(criteria)), False
        self.fields["seen_rubric"].initial = self.rubric_now
        if criteria:
            del self.fields["points"]
        for criterion in criteria:
            self.fields[f"level-{criterion.pk}"] = level_field(criterion)
            self.fields[f"comment-{criterion.pk}"] = comment_field(criterion)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        score = self.sum_of_levels() if self.criteria else data.get("points")
        if score is not None and score > most_points(self.item):
            said = {"score": plain(score), "most": plain(most_points(self.item))}
            message = _("%(score)s points are too many: give at most %(most)s.") % said
            self.add_error(None if self.criteria else "points", message)
        if data.get("seen_rubric", "") != self.rubric_now:
            self.tell_of_rubric()
        return data

    def tell_of_rubric(self) -> None:
        """Choices stand where their levels still do; words on what is gone are said back."""
        self.rubric_changed = True
        text = _("The rubric has been changed meanwhile. Look at your choices, and save again.")
        self.add_error(None, text)
        written = [
            said.strip()[:DESCRIPTION]
            for name, said in self.data.items()
            if name.startswith("comment-") and name not in self.fields and said.strip()
        ]
        for words in written[:MOST_ROWS]:
            self.add_error(None, _("What you wrote on a criterion that is gone: %s") % words)

    def sum_of_levels(self) -> Decimal:
        return sum((mark.level.points for mark in self.marks()), Decimal(0))

    def marks(self) -> tuple[Mark, ...]:
        """Of what could be read so far."""
        return tuple(self.marks_found())

    def marks_found(self) -> Iterator[Mark]:
        for criterion in self.criteria:
            levels = {str(level.pk): level for level in criterion.levels.all()}
            level = levels.get(self.cleaned_data.get(f"level-{criterion.pk}", ""))
            if level is not None:
                comment = self.cleaned_data.get(f"comment-{criterion.pk}", "")
                yield Mark(criterion, level, comment)

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self.row_of(criterion) for criterion in self.criteria)

    def row_of(self, criterion: Criterion) -> Row:
        level = self[f"level-{criterion.pk}"]
        chosen = str(level.value() or "")
        choices = tuple(
            Choice(one, str(one.points), str(one.pk) == chosen) for one in criterion.levels.all()
        )
        return Row(criterion, level, self[f"comment-{criterion.pk}"], choices)


def level_field(criterion: Criterion) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=criterion.title,
        choices=[(str(level.pk), level.title) for level in criterion.levels.all()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a level.")},
    )


def comment_field(criterion: Criterion) -> forms.CharField:
    return forms.CharField(
        label=_("Comment on “%s”") % criterion.title, required=False, max_length=500
    )


def initial_of(grade: Grade | None) -> dict[str, Any]:
    """What the form says of what was graded before, and of nothing."""
    if grade is None:
        return {"seen_revision": 0}
    said: dict[str, Any] = {"feedback": grade.feedback, "seen_revision": grade.revision}
    if grade.score is not None:
        said["points"] = plain(grade.score)
    for mark in grade.marks.all():
        said[f"level-{mark.criterion_id}"] = str(mark.level_id or "")
        said[f"comment-{mark.criterion_id}"] = mark.comment
    return said
