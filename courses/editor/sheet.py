"""A lesson's page of forms as one thing: from a document, from what was sent, and to a document."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from courses.content.documents import Document
from courses.content.problems import Problem
from courses.editor.deed_forms import ChangeForm
from courses.editor.forms import ConceptFormSet, LessonTextForm, ReferenceFormSet
from courses.editor.parts import LESSON, LISTS, Parts, Seen, assembled, kept, parts_of

NEW = {"minutes": 30, "quiz_required": True}
EMPTY: Mapping[str, Any] = {}
CUT = _(
    "Rows are missing: a part of the form did not arrive, or a row was emptied. Nothing was saved. "
    "Go back and send it again; tick “Remove” at what is to go."
)
TAKEN_ARCHIVED = _("“%(name)s”, which is archived, has this already. Bring it back, or change it.")


@dataclass(frozen=True, slots=True)
class Fault:
    """An error, and the field it is at, for the summary above the form."""

    message: str
    label: str
    field: str


class Sheet:
    """Bound to what was `sent`, or beginning with `values`."""

    def __init__(self, sent: QueryDict | None = None, values: Mapping[str, Any] = EMPTY) -> None:
        self.lesson = LessonTextForm(sent, initial=values.get("lesson"))
        self.change = ChangeForm(sent, initial=values.get("change"))
        self.concepts = ConceptFormSet(sent, prefix="concepts", initial=values.get("concepts"))
        self.references = ReferenceFormSet(
            sent, prefix="references", initial=values.get("references")
        )

    @classmethod
    def of(
        cls, document: Mapping[str, Any], known: Collection[str], change: Mapping[str, str] = EMPTY
    ) -> "Sheet":
        """`known` are the slugs of concepts that have a row: those do not change any more."""
        return cls(
            values={"lesson": lesson_row(document), "change": change, **rows_of(document, known)}
        )

    def unchecked(self, name: str, row: Mapping[str, Any]) -> "Sheet":
        """The same with one more row in the list `name`, and no word about errors yet."""
        values = {
            "lesson": values_of(self.lesson),
            "change": values_of(self.change),
            "concepts": [values_of(form) for form in self.concepts.forms],
            "references": [values_of(form) for form in self.references.forms],
        }
        values[name] = [*values[name], row]
        sheet = Sheet(values=values)
        new = getattr(sheet, name).forms[-1]
        new.fields[new.says[0]].widget.attrs["autofocus"] = True
        return sheet

    def rows(self, name: str) -> list[Any]:
        """The forms of the rows of one list that stay, in their order."""
        formset: Any = {"concepts": self.concepts, "references": self.references}[name]
        return list(formset.rows)

    @property
    def forms(self) -> list[Any]:
        rows = [*self.concepts.forms, *self.references.forms]
        return [self.lesson, *rows, self.change]

    def is_valid(self, gone: Mapping[str, str] = EMPTY) -> bool:
        """Of all forms, so that all errors show at once. `gone`: archived concepts by slug."""
        parts: list[Any] = [self.lesson, self.concepts, self.references, self.change]
        valid = [one.is_valid() for one in parts]
        for form in self.rows("concepts"):
            slug = getattr(form, "cleaned_data", {}).get("slug", "")
            if not form.is_fixed and slug in gone:
                form.add_error("slug", TAKEN_ARCHIVED % {"name": gone[slug]})
                valid.append(False)
        return all(valid)

    def is_whole(self, seen: Seen) -> bool:
        """Whether as many rows came as the form was given: who removes one sends it all the same.

        Says so otherwise: rows that were cut off on the way would be taken for removed.
        """
        for name in LISTS:
            formset: Any = getattr(self, name)
            came = sum(form.has_changed() or form.is_removed for form in formset.forms)
            if came < len(seen.orders.get(name, ())):
                self.lesson.add_error(None, CUT)
                return False
        return True

    def document(self, before: Mapping[str, Any]) -> Document:
        """What valid forms say; texts that differ from `before` by outer spaces alone stay."""
        said = self.lesson.values()
        values: dict[Any, Any] = {(name,): said[name] for name in LESSON}
        orders = {}
        for name in LISTS:
            rows = self.rows(name)
            orders[name] = tuple(form.cleaned_data[form.key] for form in rows)
            for form in rows:
                key = form.cleaned_data[form.key]
                values |= {(name, key, one): value for one, value in form.values().items()}
        return assembled(kept(Parts(values, orders), parts_of(before)))

    def put(self, problems: Collection[Problem]) -> None:
        """Each problem of the document that these forms made, at the field that it is about."""
        for problem in problems:
            form, field = self.place_of(problem.path)
            known = field if field in form.fields else None
            form.add_error(known, problem.message)

    def place_of(self, path: tuple[Any, ...]) -> tuple[Any, str]:
        name = str(path[0]) if path else ""
        rows = self.rows(name) if name in LISTS else []
        if len(path) > 1 and path[1] < len(rows):
            form = rows[path[1]]
            field, *more = (*map(str, path[2:4]), "")
            return form, f"fact_{more[0]}" if field == "fact" and more[0] else field
        if name == "exercise" and len(path) > 1:
            return self.lesson, f"exercise_{path[1]}"
        return self.lesson, name

    @property
    def faults(self) -> list[Fault]:
        """Every error of the forms, in the order of the page."""
        found = [fault for form in self.forms for fault in faults_of(form)]
        for rows in (self.concepts, self.references):
            found += [Fault(str(one), "", f"{rows.prefix}-part") for one in rows.non_form_errors()]
        return found


def faults_of(form: forms.Form) -> Iterator[Fault]:
    for name, errors in form.errors.items():
        for message in errors:
            if name in form.fields:
                yield Fault(str(message), label_of(form, name), str(form[name].id_for_label))
            else:
                yield Fault(
                    str(message), "", f"{form.prefix}-row" if form.prefix else "lesson-part"
                )


def label_of(form: Any, name: str) -> str:
    label = str(form.fields[name].label)
    if not form.prefix:
        return label
    return str(_("“%(row)s”, %(field)s")) % {"row": form.called, "field": label}


def values_of(form: forms.Form) -> dict[str, Any]:
    return {name: form[name].value() for name in form.fields}


def rows_of(document: Mapping[str, Any], known: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of the document's lists as what the forms begin with."""
    concepts = [concept_row(row, known) for row in document.get("concepts") or ()]
    references = list(document.get("references") or ())
    return {
        "concepts": [{**row, "position": place} for place, row in enumerate(concepts or [{}], 1)],
        "references": [{**row, "position": place} for place, row in enumerate(references, 1)],
    }


def lesson_row(document: Mapping[str, Any]) -> dict[str, Any]:
    exercise = document.get("exercise") or {}
    return {
        **NEW,
        **{name: document[name] for name in LESSON if name in document},
        "exercise_task": exercise.get("task", ""),
        "exercise_answer": exercise.get("answer", ""),
    }


def concept_row(row: Mapping[str, Any], known: Collection[str]) -> dict[str, Any]:
    fact = row.get("fact") or {}
    return {
        **row,
        "was": row["slug"] if row["slug"] in known else "",
        "fact_prompt": fact.get("prompt", ""),
        "fact_answer": fact.get("answer", ""),
    }
