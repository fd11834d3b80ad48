"""What is wrong with a form of the admin, for the summary above it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.utils.safestring import SafeString

from courses.editor.sheet import Fault

register = template.Library()


@register.simple_tag
def faults_of(adminform: Any, formsets: Iterable[Any] = ()) -> list[Fault]:
    """Every error of the form and of its tables, in the order of the page."""
    found = list(of_form(adminform.form))
    for one in formsets:
        found += [Fault(str(error), "", "") for error in one.formset.non_form_errors()]
        found += [fault for form in one.formset.forms for fault in of_form(form)]
    return found


def of_form(form: Any) -> Iterator[Fault]:
    for name, errors in form.errors.items():
        for message in errors:
            if name not in form.fields or isinstance(message, SafeString):
                yield Fault(message, "", "")  # safe: it has its links
            else:
                label = str(form[name].label)
                yield Fault(str(message), label, form[name].id_for_label or form[name].auto_id)
