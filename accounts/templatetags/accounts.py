from django import forms, template
from django.conf import settings
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's own control in the product's look, described by its hint and its error."""
    ticked = isinstance(field.field.widget, forms.CheckboxInput)
    return field.as_widget(attrs={"class": "tick" if ticked else "input", "placeholder": False})


@register.filter
def is_ticked(field: BoundField) -> bool:
    """Whether the field is a single checkbox, whose label stands behind it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.simple_tag
def mail_is_in_the_outbox() -> bool:
    """In development no mail leaves the machine: it is shown on a page."""
    return settings.DEBUG
