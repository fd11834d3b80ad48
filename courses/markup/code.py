"""Fenced code, read by Pygments and coloured with the guide's five classes."""

from html import escape
from typing import Any

from markdown import Markdown
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType
from pygments.util import ClassNotFound

CLASSES = {
    Keyword: "k",
    Operator.Word: "k",
    String: "s",
    Comment: "c",
    Number: "m",
    Name.Function: "f",
    Name.Class: "f",
}
MAX_HIGHLIGHTED = 12_000
NAMES = {"": "Text", "bash": "Shell", "console": "Shell", "cpp": "C++", "javascript": "JavaScript"}
ABBREVIATIONS = {"html", "json", "sql", "toml", "xml", "yaml"}
# What may stand behind the language: the code runs as it is, or what it needs to.
RUN, NEEDS = "run", "needs"
# The language of what such code prints.
OUTPUT = "output"


def read_marks(
    language: str,
    inputs: dict[str, str],
    options: dict[str, Any],
    attributes: dict[str, str],
    md: Markdown,
) -> bool:
    """A superfences validator: keeps the marks that are known."""
    options.update((name, value) for name, value in inputs.items() if name in {RUN, NEEDS})
    return True


def leave_out_marks(
    language: str,
    inputs: dict[str, str],
    options: dict[str, Any],
    attributes: dict[str, str],
    md: Markdown,
) -> bool:
    """A superfences validator: keeps none, for code of which it is asked what it does."""
    return True


def figure(
    source: str,
    language: str,
    css_class: str,
    options: dict[str, Any],
    md: Markdown,
    **rest: Any,
) -> str:
    """A superfences formatter: the guide's `figure.code`."""
    name = NAMES.get(language) or written_as(language)
    label = name if language == OUTPUT else f"{name} code"
    return (
        f'<figure class="code"><figcaption><span>{escape(name)}</span>{marked(options)}'
        "</figcaption>"
        f'<pre tabindex="0" role="group" aria-label="{escape(label)}"><code>'
        f"{highlighted(source, language)}</code></pre></figure>"
    )


def written_as(language: str) -> str:
    return language.upper() if language in ABBREVIATIONS else language.capitalize()


def marked(options: dict[str, Any]) -> str:
    """What the reader must have to run the code."""
    if NEEDS in options:
        return f"<span>Needs {escape(options[NEEDS])}</span>"
    return "<span>Runs as it is</span>" if RUN in options else ""


def highlighted(source: str, language: str) -> str:
    if not language or len(source) > MAX_HIGHLIGHTED:
        return escape(source, quote=False)
    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return escape(source, quote=False)
    return "".join(span(token, text) for token, text in lexer.get_tokens(source)).rstrip("\n")


def span(token: _TokenType, text: str) -> str:
    css_class = next((name for kind, name in CLASSES.items() if token in kind), "")
    text = escape(text, quote=False)
    return f'<span class="{css_class}">{text}</span>' if css_class else text
