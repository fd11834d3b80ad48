"""The form of an editor who was signed out: kept in the session, shown again after signing in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict

KEY = "lesson-form"
SALT = "courses.editor.stash"
# Only a form that this site gave to an editor is kept, for as long, and up to so many characters:
# whoever is signed out could send anything.
SECONDS = 7 * 24 * 60 * 60
LETTERS = 400_000

View = Callable[..., HttpResponse]


def sign(request: HttpRequest, lesson_id: int) -> str:
    return signing.dumps([request.user.pk, lesson_id], salt=SALT)


def keeps_forms(view: View) -> View:
    """For a view that turns away who is not signed in: what they sent waits."""

    @wraps(view)
    def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            keep(request)
        return view(request, *args, **kwargs)

    return keeping


def keep(request: HttpRequest) -> None:
    sent = request.POST.copy()
    sent.pop("csrfmiddlewaretoken", None)
    try:
        person, lesson = signing.loads(sent.get("for", ""), salt=SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError):
        return
    encoded = sent.urlencode()
    if len(encoded) <= LETTERS:
        request.session[KEY] = {"person": person, "lesson": lesson, "sent": encoded}


def kept_for(request: HttpRequest, lesson_id: int) -> QueryDict | None:
    """What `request`'s person sent for this lesson while they were signed out."""
    kept = request.session.get(KEY)
    if not kept or (kept["person"], kept["lesson"]) != (request.user.pk, lesson_id):
        return None
    return QueryDict(kept["sent"])


def forget(request: HttpRequest, lesson_id: int) -> None:
    if request.session.get(KEY, {}).get("lesson") == lesson_id:
        del request.session[KEY]
