"""The preview beside a text: the page that stands in a frame, and what is put into it."""

from dataclasses import asdict
from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django import forms
from django.core.exceptions import PermissionDenied
from django.core.validators import validate_slug
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from courses.editor.rendering import SHAPES, Text, preview

MOST_CHARACTERS = 100_000
MOST_SECTIONS = 1000

# The frame is without scripts in every browser, whatever a text holds.
IN_FRAME: dict[str, Any] = {"frame-ancestors": [SELF], "script-src": [NONE]}


class ShapeForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # As attributes, the one is a word of Python, the other of Django's.
        choices = [(shape, shape) for shape in SHAPES]
        self.fields["as"] = forms.ChoiceField(choices=choices)
        self.fields["prefix"] = forms.CharField(
            required=False, max_length=80, validators=[validate_slug]
        )


class TextForm(ShapeForm):
    source = forms.CharField(
        required=False,
        strip=False,
        max_length=MOST_CHARACTERS,
        error_messages={
            "max_length": _(
                "The text has %(show_value)s characters, too many to show. Divide the lesson."
            )
        },
    )
    name = forms.CharField(required=False, max_length=200)
    place = forms.IntegerField(required=False, min_value=1, max_value=MOST_SECTIONS)
    all = forms.IntegerField(required=False, min_value=1, max_value=MOST_SECTIONS)

    @property
    def text(self) -> Text:
        said = self.cleaned_data
        return Text(
            source=said["source"].replace("\r\n", "\n").replace("\r", "\n"),
            shape=said["as"],
            prefix=said["prefix"],
            name=said["name"],
            place=said["place"] or 1,
            all=said["all"] or 1,
        )


def check_may_edit(request: HttpRequest) -> None:
    if not request.user.has_perm("courses.change_lesson"):
        raise PermissionDenied


@require_POST
def rendered(request: HttpRequest) -> HttpResponse:
    """A text as HTML, with its words and what is wrong with it. Nothing is kept."""
    check_may_edit(request)
    form = TextForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    return JsonResponse(asdict(preview(form.text)))


@require_GET
@never_cache
@xframe_options_sameorigin
@csp_replace(IN_FRAME)
def frame(request: HttpRequest) -> HttpResponse:
    """An empty page with the reader's stylesheets; the editor's script fills it."""
    check_may_edit(request)
    form = ShapeForm(request.GET)
    if not form.is_valid():
        return HttpResponse(form.errors.as_text(), status=400, content_type="text/plain")
    return render(request, "admin/courses/frame.html", {"shape": form.cleaned_data["as"]})
