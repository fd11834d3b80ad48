"""A draft that came from somebody who was signed out: shown to its writer after signing in.

Nothing is saved by it: what stands in the form then is still to be sent.
"""

from collections.abc import Mapping

from django.http import HttpRequest

KEY = "work"
LETTERS = 60_000


def stash(request: HttpRequest, assignment: int, sent: Mapping[str, str]) -> None:
    """Keep the newest in the session; anybody can send one, so there is only one."""
    kept = {name: sent.get(name, "") for name in ("text", "link", "writer")}
    if sum(map(len, kept.values())) <= LETTERS:
        request.session[KEY] = {"assignment": assignment, **kept}


def take(request: HttpRequest, assignment: int, writer: int) -> dict[str, str] | None:
    """What was kept of this assignment for this membership, once."""
    kept = request.session.get(KEY)
    if not kept or kept["assignment"] != assignment or kept["writer"] != str(writer):
        return None
    del request.session[KEY]
    return {"text": kept["text"], "link": kept["link"]}
