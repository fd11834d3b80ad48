"""Numbers as the gradebook shows them. Pure."""

from decimal import ROUND_HALF_UP, Decimal


def plain(number: Decimal) -> str:
    """Exactly, and without zeros that say nothing: 12.50 as 12.5, 100.00 as 100."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def half_up(number: Decimal, digits: int) -> Decimal:
    """With `digits` after the point; what is just between two goes up: 84.25 is 84.3 with one."""
    return number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
