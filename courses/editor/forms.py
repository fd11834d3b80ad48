"""The forms of a lesson's page: the lesson, its concepts, its references."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.forms.utils import ErrorDict
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from courses.admin.fields import ProseField
from courses.content.schema import MOST_CONCEPTS, MOST_REFERENCES
from courses.content.shapes import SLUG
from courses.editor.fields import AddressesField, OutcomesField, address, line, markdown
from courses.models import Reference
from courses.models.content import MOST_MINUTES

LAST = 32_767
TAKEN = _("“%(name)s” has this already. Choose another one, or edit that.")


class LessonTextForm(forms.Form):
    field_order = ("title", "summary", "outcomes")

    title = line(_("Title"))
    summary = ProseField(
        label=_("Summary"),
        required=False,
        widget=forms.Textarea({"rows": 3, "spellcheck": "true"}),
        help_text=_("One or two sentences, in lists of lessons and under the title."),
    )
    introduction = markdown(_("Introduction"), "introduction")
    minutes = forms.IntegerField(
        label=_("Minutes"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)],
        help_text=_("To read the lesson and take its quiz."),
        widget=forms.NumberInput({"class": "vIntegerField"}),
    )
    quiz_required = forms.BooleanField(
        label=_("The quiz is part of the lesson"),
        required=False,
        help_text=_("The lesson counts as done once its quiz is passed, too."),
    )
    outcomes = OutcomesField(
        label=_("Outcomes"),
        required=False,
        widget=forms.Textarea({"rows": 5, "spellcheck": "true"}),
        help_text=_(
            "After this lesson you can …: one a line, up to 8, each beginning with a verb."
        ),
    )
    exercise_task = markdown(
        _("Exercise: task"),
        "fact",
        help_text=_("For 10 to 20 minutes with paper or Python. Empty: no exercise."),
    )
    exercise_answer = markdown(
        _("Exercise: model answer"),
        "fact",
        help_text=_("Folded up under the task until the reader opens it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("task", "answer"):
            attrs = {"rows": 10, "data-markdown": f"exercise-{name}"}
            self.fields[f"exercise_{name}"].widget.attrs |= attrs

    @property
    def opening(self) -> list[forms.BoundField]:
        """What stands above the concepts; the exercise is below them."""
        return [field for field in self if not field.name.startswith("exercise")]

    @property
    def exercise(self) -> list[forms.BoundField]:
        return [self["exercise_task"], self["exercise_answer"]]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("exercise_answer") and data.get("exercise_task") == "":
            self.add_error("exercise_task", _("There is an answer: write its task, too."))
        return data

    def values(self) -> dict[str, Any]:
        """The lesson's part of a document."""
        data = dict(self.cleaned_data)
        task, answer = data.pop("exercise_task"), data.pop("exercise_answer")
        exercise = {"task": task, **({"answer": answer} if answer else {})}
        return {**data, "exercise": exercise if task else None}


class RowForm(forms.Form):
    """A row of a list; one in which nothing is said is none."""

    says: ClassVar[tuple[str, ...]]
    key: ClassVar[str]

    position = forms.IntegerField(
        label=_("Position"),
        required=False,
        min_value=0,
        max_value=LAST,
        widget=forms.NumberInput({"class": "vIntegerField", "data-position": ""}),
    )
    archived = forms.BooleanField(label=_("Remove"), required=False)
    # The key of a row that readers may know, as it was when the form was made.
    was = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"empty_permitted": True})

    def has_changed(self) -> bool:
        return any(self.sent(name).strip() for name in (*self.says, "was"))

    def full_clean(self) -> None:
        """What is removed need not be right."""
        if self.is_bound and self.is_removed:
            self._errors = ErrorDict()
            self.cleaned_data = {"archived": True}
        else:
            super().full_clean()

    @property
    def is_removed(self) -> bool:
        return bool(self.sent("archived"))

    @property
    def called(self) -> str:
        """What to call the row while it is edited."""
        return self.sent(self.says[0])

    def sent(self, name: str) -> str:
        values = self.data if self.is_bound else self.initial
        return str(values.get(self.add_prefix(name) if self.is_bound else name) or "")


class ConceptForm(RowForm):
    says = ("name", "slug", "claim", "needs", "body", "fact_prompt", "fact_answer")
    key = "slug"

    name = line(_("Name"))
    slug = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=80,
        validators=[RegexValidator(rf"^{SLUG.pattern}\Z", _("Use small letters, digits and -."))],
        widget=forms.TextInput({"class": "vTextField"}),
    )
    claim = line(
        _("Claim"),
        required=False,
        help_text=_("What the learner says by ticking it: “I could explain … to a colleague”."),
    )
    needs = AddressesField(
        label=_("Read first"),
        required=False,
        max_length=2000,
        widget=forms.TextInput({"class": "vTextField", "list": "concept-addresses"}),
        help_text=_(
            "Concepts that this one builds on, up to 6, with commas between: the address of one "
            "of this lesson, or track/lesson/address."
        ),
    )
    body = markdown(_("Text"), "section")
    fact_prompt = markdown(
        _("Key fact: question"),
        "prompt",
        max_length=300,
        help_text=_("What a review card asks once the concept is ticked. Empty: no card."),
    )
    fact_answer = markdown(_("Key fact: answer"), "fact")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slug = self.sent("slug")
        for name in ("body", "fact_prompt", "fact_answer"):
            self.fields[name].widget.attrs["data-markdown"] = slug
        if self.is_fixed:
            self.fields["slug"].widget.attrs["readonly"] = True
            self.fields["slug"].help_text = _("Stays: ticks, questions and links hang on it.")
            self.fields["archived"].help_text = _("Archives it: ticks stay, and it can come back.")
        else:
            self.fields["slug"].help_text = _("Empty: made from the name.")
            self.fields["archived"].help_text = _("Readers never had it: it is gone for good.")

    @property
    def address(self) -> str:
        return self.sent("slug")

    @property
    def has_fact(self) -> bool:
        return bool(self.sent("fact_prompt"))

    @property
    def is_fixed(self) -> bool:
        return bool(self.sent("was"))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        data["slug"] = data.get("was") or data.get("slug") or slugify(data.get("name", ""))[:80]
        if data.get("name") and not data["slug"] and "slug" not in self.errors:
            self.add_error("slug", _("The name makes no address. Write one."))
        prompt, answer = data.get("fact_prompt"), data.get("fact_answer")
        if answer and prompt == "":
            self.add_error("fact_prompt", _("There is an answer: write its question, too."))
        if prompt and answer == "":
            self.add_error("fact_answer", _("There is a question: write its answer, too."))
        return data

    def values(self) -> dict[str, Any]:
        """The row's part of a document."""
        data = self.cleaned_data
        fact = {"prompt": data["fact_prompt"], "answer": data["fact_answer"]}
        texts = {name: data[name] for name in ("name", "claim", "needs", "body")}
        return {**texts, "fact": fact if data["fact_prompt"] else None}


class ReferenceForm(RowForm):
    says = ("title", "url", "author", "author_url", "note")
    key = "url"

    kind = forms.ChoiceField(
        label=_("Kind"), choices=Reference.Kind.choices, initial=Reference.Kind.ARTICLE
    )
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[("", _("Not said")), *Reference.Level.choices]
    )
    title = line(_("Title"))
    url = address(_("Web address"))
    author = line(_("Author"), required=False)
    author_url = address(_("Author’s web address"), required=False)
    note = markdown(
        _("Note"), "note", help_text=_("What the reader gets from it, in one or two sentences.")
    )

    def clean(self) -> dict[str, Any]:
        """A sound address stays as it was written: it is what ticks of the reference hang on."""
        data = self.cleaned_data
        for name in ("url", "author_url"):
            typed = self.sent(name).strip()
            if data.get(name) and typed.lower().startswith(("http://", "https://")):
                data[name] = typed
        return data

    def values(self) -> dict[str, Any]:
        """The row's part of a document."""
        return {
            name: self.cleaned_data[name] for name in ("kind", "level", "title", *self.says[2:])
        }


class RowsFormSet(forms.BaseFormSet):
    """Rows in their order: by position, then as sent; without a position, at the end."""

    @property
    def rows(self) -> list[Any]:
        """The forms of the rows that stay."""
        said = [form for form in self.forms if form.has_changed() and not form.is_removed]
        return sorted(said, key=position)

    def clean(self) -> None:
        seen: dict[str, Any] = {}
        for form in self.forms:
            key = getattr(form, "cleaned_data", {}).get(form.key)
            if key and not form.is_removed:
                if key in seen:
                    form.add_error(form.key, TAKEN % {"name": seen[key].called})
                seen.setdefault(key, form)


def position(form: RowForm) -> int:
    value = getattr(form, "cleaned_data", {}).get("position")
    return LAST + 1 if value is None else int(value)


ConceptFormSet = forms.formset_factory(
    ConceptForm,
    RowsFormSet,
    extra=0,
    max_num=MOST_CONCEPTS,
    absolute_max=MOST_CONCEPTS + 1,
    validate_max=True,
)
ReferenceFormSet = forms.formset_factory(
    ReferenceForm,
    RowsFormSet,
    extra=0,
    max_num=MOST_REFERENCES,
    absolute_max=MOST_REFERENCES + 1,
    validate_max=True,
)
