"""What an editor should look at in a question, said plainly. Pure.

The thresholds are rules of thumb: they say where to look, not what to think.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.analysis.answer_counts import Choice

HARD, EASY = 0.3, 0.95
FLAT = 0.1


def hints_of(
    facility: float | None, discrimination: float | None, choices: Sequence[Choice]
) -> tuple[str, ...]:
    """A sentence for each sign that a question does not do what it should."""
    return (
        *of_facility(facility),
        *of_discrimination(discrimination),
        *of_choices(choices),
    )


def of_facility(share: float | None) -> Iterator[str]:
    if share is not None and share < HARD:
        yield _("Hard: check that the key is right and the question clear.")
    elif share is not None and share > EASY:
        yield _("Easy: nearly everybody gets it right, so it tells little.")


def of_discrimination(value: float | None) -> Iterator[str]:
    if value is not None and value < 0:
        yield _("Who does well elsewhere does worse here: check the key first.")
    elif value is not None and value < FLAT:
        yield _("It hardly tells who does well elsewhere from who does not.")


def of_choices(choices: Sequence[Choice]) -> Iterator[str]:
    if idle := sum(choice.number == 0 for choice in choices):
        text = ngettext(
            "Nobody chose one of the answers.", "Nobody chose %(number)d of the answers.", idle
        )
        yield text % {"number": idle}
    right = [choice.number for choice in choices if choice.right]
    wrong = [choice.number for choice in choices if not choice.right]
    if right and wrong and max(wrong) > min(right):
        yield _("A wrong answer was given more often than a right one.")
