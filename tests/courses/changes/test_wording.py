import pytest

from courses.changes.wording import SKIPPED, excerpts, html_of, unanchored
from courses.markup.limits import MAX_LINE


def test_no_anchor_stands_twice() -> None:
    html = '<h3 id="a">A</h3><a href="#a" title="id=x">up</a><a href="https://b.example/#c">b</a>'
    assert unanchored(html) == (
        '<h3>A</h3><a title="id=x">up</a><a href="https://b.example/#c">b</a>'
    )


def test_what_the_renderer_refuses_today_is_shown_as_it_was() -> None:
    assert html_of("<b>" + "x" * MAX_LINE) == f"<p>&lt;b&gt;{'x' * MAX_LINE}</p>"


CHANGED = '<p><ins data-said="added">new</ins></p>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (CHANGED, CHANGED),
        (f"<p>a</p>\n<p>b</p>{CHANGED}<p>c</p>", f"{SKIPPED}{CHANGED}{SKIPPED}"),
        (f"<h3>T</h3>{CHANGED}", f"<h3>T</h3>{CHANGED}"),
        (f"<h3>S</h3><p>a</p><h3>T</h3>{CHANGED}", f"{SKIPPED}<h3>T</h3>{CHANGED}"),
        (f"{CHANGED}<hr>{CHANGED}<h4>T</h4>", f"{CHANGED}{SKIPPED}{CHANGED}{SKIPPED}"),
    ],
)
def test_excerpts(html: str, expected: str) -> None:
    assert excerpts(html) == expected
