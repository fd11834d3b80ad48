"""A form over what others may change while it is open: it says what stood on its page, so that
only what was changed there is saved, and nothing of another's is replaced unseen."""

from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class MeanwhileForm(forms.ModelForm):
    """`watch()` it where there is something to change; `as_it_was` goes into its page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.overruled: list[str] = []

    def watch(self) -> None:
        for field in self.fields.values():
            field.show_hidden_initial = True

    @property
    def as_it_was(self) -> SafeString:
        """What stood in the fields; of those that others have changed since, what they said."""
        return format_html_join("", "{}", ((self.was(one),) for one in self))

    def was(self, one: forms.BoundField) -> SafeString:
        if one.name not in self.overruled:
            return one.as_hidden(only_initial=True)
        said = one.field.prepare_value(one.initial)
        return one.field.hidden_widget().render(one.html_initial_name, said)

    def refuse_overruling(self) -> None:
        """Of what was changed on the page, an error for each field that somebody else has changed
        since it was opened. Sent once more, it counts."""
        for name in self.changed_data:
            if name in self.fields and self.is_overruled(self[name]):
                self.overruled.append(name)
                self.add_error(
                    name,
                    _(
                        "Somebody else has changed this since you opened the page. What you wrote "
                        "stands here; save again to put it in the place of theirs."
                    ),
                )

    def is_overruled(self, one: forms.BoundField) -> bool:
        if one.html_initial_name not in self.data:
            return False
        hidden: Any = one.field.hidden_widget()
        page = hidden.value_from_datadict(self.data, self.files, one.html_initial_name)
        now = hidden.format_value(one.field.prepare_value(one.initial))
        return as_sent(now) != as_sent(page) and one.field.has_changed(
            one.field.to_python(now), one.data
        )


def as_sent(value: Any) -> Any:
    """Lines end in a form as they do in no other place, and nothing is an empty text."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return value or ""
