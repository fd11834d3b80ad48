"""Numbers as people type them and as authors write them; exact, and bounded before any work."""

import re
import unicodedata
from decimal import Context, Decimal, Inexact, localcontext

from django.utils.translation import gettext as _

from quizzes.kinds.base import AnswerError
from quizzes.kinds.payload import Path, PayloadError, text

MOST_LETTERS = 60
MOST_EXPONENT = 999

# Wide enough for sums, differences and products of any two numbers within the bounds; to round
# would be an error of ours.
EXACT = Context(prec=3 * (MOST_EXPONENT + 2 * MOST_LETTERS), traps=[Inexact])

WRITTEN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
RAISED = re.compile(r"(?<=10)([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
# Signs that people and their keyboards take for each other.
SIGNS = str.maketrans(
    {"−": "-", "–": "-", "‐": "-", "‑": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "’": "'"}
)
# Groups of three digits: 1 200 000, 1'200 and 1_200.
GROUPED = re.compile(r"(?<![0-9.,])([0-9]{1,3})((?:[ '_][0-9]{3})+)(?![0-9]|[ '_][0-9])")
POWER = re.compile(
    r"(?:(.+?) ?[*xX] ?|([+-]?) ?)10 ?(?:\^|\*\*) ?(?:([+-]?[0-9]{1,9})|\(([+-]?[0-9]{1,9})\))"
)
TYPED = re.compile(r"([+-]?) ?([0-9]*(?:[.,][0-9]*)?)(?: ?[eE] ?([+-]?)([0-9]{1,9}))?")
# 1,234 may be a little more than one, or more than a thousand.
UNCLEAR = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")


def written(value: object, path: Path) -> Decimal:
    """A number of a payload: text such as `6.5` or `-1.2e9`. Raises PayloadError."""
    given = text(value, path)
    if len(given) > MOST_LETTERS or not WRITTEN.fullmatch(given):
        message = _("Write a number such as 6.5 or 1.2e9, in quotation marks.")
        raise PayloadError(path, message)
    number = Decimal(given)
    if not in_bounds(number):
        raise PayloadError(path, _("This number is too large or too small."))
    return number


def typed(answer: str) -> Decimal:
    """What a learner means: 6.5, 6,5, 6.5e9, 1.2×10^3, 10⁹ or 1 200, with any kind of space.

    Takes at most MOST_LETTERS. Raises AnswerError, which says how to write it instead.
    """
    if len(answer) > MOST_LETTERS:
        raise AnswerError(
            _("A number has at most %d signs here. Write it shorter, such as 1.2e9.") % MOST_LETTERS
        )
    plain = plain_signs(answer)
    if power := POWER.fullmatch(plain):
        plain = f"{power[1] or f'{power[2]}1'}e{power[3] or power[4]}"
    found = TYPED.fullmatch(plain)
    if found is None or not any(sign.isdigit() for sign in found[2]):
        raise AnswerError(refusal(plain))
    if UNCLEAR.fullmatch(found[2]) and not found[4]:
        whole, point = found[2].replace(",", ""), found[2].replace(",", ".")
        raise AnswerError(
            _("Is “%(typed)s” %(whole)s or %(point)s? Write it in one of these two ways.")
            % {"typed": found[2], "whole": whole, "point": point}
        )
    return bounded(found[1], found[2].replace(",", "."), f"{found[3] or ''}{found[4] or '0'}")


def plain_signs(answer: str) -> str:
    """In ASCII as far as it means a number: one space for any, and no groups of digits."""
    raised = RAISED.sub(lambda found: "^" + found[1].translate(SUPERSCRIPTS), answer)
    signs = unicodedata.normalize("NFKC", raised).translate(SIGNS)
    digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in signs)
    spaced = " ".join(digits.split())
    return GROUPED.sub(lambda found: found[1] + re.sub("[ '_]", "", found[2]), spaced)


def bounded(sign: str, digits: str, exponent: str) -> Decimal:
    power = int(exponent)
    if abs(power) <= MOST_EXPONENT:
        number = Decimal(f"{sign}{digits}e{power}")
        if in_bounds(number):
            return number
    raise AnswerError(_("This number is too large or too small. Check its exponent."))


def in_bounds(number: Decimal) -> bool:
    return number.is_zero() or abs(number.adjusted()) <= MOST_EXPONENT


def refusal(plain: str) -> str:
    if len(re.findall("[.,]", plain)) > 1 and re.fullmatch("[-+0-9., ]+", plain):
        return _("Write the number without separators for thousands, such as 1234567.8.")
    if re.match(r"[+-]? ?[.,]?[0-9]", plain):
        return _("Write the number alone, such as 6.5 or 1.2e9, without a unit or a formula.")
    return _("Write a number, such as 6.5 or 1.2e9.")


def near(number: Decimal, value: Decimal, tolerance: Decimal) -> bool:
    """Whether |number − value| ≤ tolerance, exactly."""
    with localcontext(EXACT):
        return abs(number - value) <= tolerance


def share_of(value: Decimal, share: Decimal) -> Decimal:
    with localcontext(EXACT):
        return abs(value) * share


def key_of(number: Decimal) -> str:
    """The same text for equal numbers, as one would write it: `1200`, `6.5`, `1.2e+12`."""
    if number.is_zero():
        return "0"
    with localcontext(EXACT):
        short = number.normalize()
    return f"{short:f}" if -7 < short.adjusted() < 15 else f"{short:e}"
