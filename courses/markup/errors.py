class MarkdownError(ValueError):
    """The source cannot be rendered; the message says why, and `line` where (from 1)."""

    def __init__(self, message: str, line: int | None = None) -> None:
        self.line = line
        super().__init__(f"Line {line}: {message}" if line else message)
