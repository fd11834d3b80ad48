"""What an address or a form names by the number of its row."""

# So many digits fit into the column of every database.
MOST_DIGITS = 18


def is_id(text: str) -> bool:
    """Whether it can be the id of a row: whatever else was sent is no reason to ask for one."""
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
