"""The lessons' code: what says that it runs is run, and prints what the text says it prints."""

import contextlib
import io
import re
import warnings
from collections.abc import Iterator

from courses.markdown import render
from tests.course.reading import Code, code_in, every_lesson, texts_of

# Of these a reader wants to know what they take to run.
PROGRAMS = {"python", "bash", "console", "c", "cpp", "javascript", "sql", "dockerfile", "rust"}
DATA = {"text", "json", "yaml", "toml", "html", "xml", "diff", "jinja", "output"}
NEEDS = re.compile(r'needs="[^"]{2,60}"')
WIDEST = 88


@every_lesson
def test_every_program_is_marked(key: str) -> None:
    for name, text in texts_of(key):
        for code in code_in(text):
            assert code.language in PROGRAMS | DATA, f"{name}: {code.language}"
            runs = code.mark == "run" and code.language == "python"
            marked = runs or bool(NEEDS.fullmatch(code.mark))
            assert marked == (code.language in PROGRAMS), f"{name}: {code}"
            if code.language != "output":
                assert max(map(len, code.source.splitlines())) <= WIDEST, f"{name}: {code}"


@every_lesson
def test_every_fence_is_code_on_the_page(key: str) -> None:
    for name, text in texts_of(key):
        assert render(text).html.count('<figure class="code">') == len(code_in(text)), name


@every_lesson
def test_python_compiles(key: str) -> None:
    for name, text in texts_of(key):
        for code in code_in(text):
            if code.language == "python":
                compile(code.source, f"{key}: {name}", "exec")


@every_lesson
def test_what_runs_prints_what_the_text_says(key: str) -> None:
    ran = 0
    for name, text in texts_of(key):
        for code, printed in runs(f"{key}: {name}", code_in(text)):
            assert printed.rstrip() == code.source.rstrip(), f"{name}: printed {printed!r}"
            ran += 1
    assert ran


def runs(name: str, blocks: list[Code]) -> Iterator[tuple[Code, str]]:
    """Each block of output, with what the code before it prints; code that goes on with it
    knows what was before."""
    names: dict[str, object] = {"__name__": "lesson"}
    printed = ""
    for block in blocks:
        if block.language == "output":
            yield block, printed
            printed = ""
        elif block.mark == "run":
            assert not printed, f"{name}: nobody says that it prints {printed!r}"
            printed = run(block.source, name, names)
    assert not printed, f"{name}: nobody says that it prints {printed!r}"


def run(source: str, name: str, names: dict[str, object]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(source, name, "exec"), names)  # noqa: S102
    return out.getvalue()
