"""What learners type into a field, bounded and safe to keep."""

from django.utils.translation import gettext as _

from quizzes.kinds.base import AnswerError
from quizzes.kinds.payload import storable

MOST_TYPED = 500


def typed_text(raw: object, name: str, *, most: int = MOST_TYPED) -> str:
    """The text under `name` of an answer, without the space around it. Raises AnswerError."""
    given = raw.get(name) if isinstance(raw, dict) else None
    if not isinstance(given, str):
        raise AnswerError(_("The answer could not be read. Type it again."))
    if len(given) > most:
        raise AnswerError(
            _("The answer has %(length)d characters; %(most)d is the most. Shorten it.")
            % {"length": len(given), "most": most},
            typed={name: given} if storable(given) else None,
        )
    if not storable(given):
        raise AnswerError(_("The answer has a character that cannot be kept. Type it again."))
    return given.strip()
