"""What editors say about a change."""

from accounts.names import validate_name


def clean_note(text: str) -> str:
    """`text` on one line. Raises ValidationError for what feeds and files cannot hold."""
    line = " ".join(text.split())
    validate_name(line)
    return line
