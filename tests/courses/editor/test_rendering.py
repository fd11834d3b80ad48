import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses.editor.rendering import Text, preview
from courses.markup.limits import MAX_LENGTH
from courses.models import Lesson, Status
from tests.factories import ConceptFactory, LessonFactory, ReferenceFactory

RENDER = reverse("admin:courses_render")
FRAME = reverse("admin:courses_frame")
SOURCE = """\
A *short* text with $x^2$ and a note[^1].

### Part

:::caution Mind the gap
It is `there`.
:::

| a | b |
| - | - |
| 1 | 2 |

```python
scale = 127
```

<script>alert(1)</script>

[^1]: With [a link](https://example.org/).
"""


@pytest.fixture
def lesson(db: None) -> Lesson:
    """Its texts are all the same, with anchors of their own."""
    lesson = LessonFactory(introduction=SOURCE, status=Status.PUBLISHED)
    ConceptFactory(lesson=lesson, name="First", slug="first", body="Short.\n", position=1)
    ConceptFactory(lesson=lesson, name="R&D", slug="second", body=SOURCE, position=2)
    ReferenceFactory(lesson=lesson, note="A *good* paper on $x^2$.")
    return lesson


def shown(client: Client, **fields: Any) -> dict[str, Any]:
    answer = client.post(RENDER, fields)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_a_preview_is_the_html_of_the_page(client: Client, editor: User, lesson: Lesson) -> None:
    page = client.get(lesson.get_absolute_url()).content.decode()
    client.force_login(editor)
    heading = {"name": "R&D", "place": 2, "all": 2}
    introduction = shown(
        client, source=SOURCE.replace("\n", "\r\n"), prefix="introduction", **{"as": "introduction"}
    )
    section = shown(client, source=SOURCE, prefix="second", **heading, **{"as": "section"})
    bare = shown(client, source=SOURCE, prefix="second", **{"as": "section"})
    note = shown(client, source="A *good* paper on $x^2$.", **{"as": "note"})
    assert f'<div class="prose">\n{introduction["html"]}\n' in page
    assert f"{section['html']}</div>" in page
    assert section["html"].startswith('<h2 id="second"><span class="concept-no">Concept 2 of 2<')
    assert section["html"].partition("</h2>\n")[2].strip() == bare["html"].strip()
    assert f'<p class="small soft">{note["html"]}</p>' in page
    assert (bare["words"], bare["minutes"], bare["problem"], bare["line"]) == (28, 1, "", None)


def test_a_question_is_shown_without_a_paragraph_and_a_fact_with_one() -> None:
    assert preview(Text("Why *so*?", "prompt")).html == "Why <em>so</em>?"
    assert preview(Text("Since *so*.", "fact")).html == "<p>Since <em>so</em>.</p>"


def test_whether_code_runs_is_said_in_a_lesson_and_not_in_a_question() -> None:
    code = "```python run\nprint(1)\n```"
    assert "Runs as it is" in str(preview(Text(code, "section")).html)
    assert "Runs as it is" not in str(preview(Text(code, "prompt")).html)


def test_the_frame_has_the_stylesheets_of_the_page(
    client: Client, editor: User, lesson: Lesson
) -> None:
    page = client.get(lesson.get_absolute_url()).content.decode()
    client.force_login(editor)
    for shape in ("section", "introduction", "note"):
        answer = client.get(FRAME, {"as": shape})
        html = answer.content.decode()
        styles = re.findall(r'rel="stylesheet" href="([^"]+)"', html)
        assert styles[:-1] == re.findall(r'rel="stylesheet" href="([^"]+)"', page)
        assert styles[-1] == "/static/css/editor-frame.css"
        assert html.count('id="preview"') == 1
        assert "<script" not in html
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'self';" in f"{policy};"
        assert "script-src 'none'" in policy


def test_what_cannot_be_saved_is_said_with_its_line() -> None:
    dense = preview(Text(f"Fine.\n\n{'[' * 500}", "section"))
    formula = preview(Text(r"A formula $\frac{1$ here.", "section"))
    long = preview(Text("word " * (MAX_LENGTH // 4), "section"))
    assert (dense.html, dense.line) == (None, 3)
    assert dense.problem.startswith("Line 3: The paragraph has over 400 marks")
    assert formula.html == r"<p>A formula <code>\frac{1</code> here.</p>"
    assert formula.problem == r"The formula “\frac{1” opens what it does not close, or the reverse."
    assert (long.html, long.words) == (None, 15_000)
    assert long.problem == "The text has 75,000 characters; 60,000 is the most. Divide it."


@pytest.mark.parametrize("name", ["teacher", "learner"])
def test_only_editors_have_it(request: Any, client: Client, name: str) -> None:
    client.force_login(request.getfixturevalue(name))
    status = 403 if name == "teacher" else 302
    assert client.get(FRAME, {"as": "section"}).status_code == status
    assert client.post(RENDER, {"source": "x", "as": "section"}).status_code == status


@pytest.mark.django_db
def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    assert client.post(RENDER, {"source": "x", "as": "section"}).status_code == 302


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        (
            {"as": "page"},
            {"as": ["Select a valid choice. page is not one of the available choices."]},
        ),
        ({"as": "section", "prefix": "a b"}, {"prefix": ["Enter a valid “slug” consisting of "
            "letters, numbers, underscores or hyphens."]}),
        ({"as": "section", "source": "\0"}, {"source": ["Null characters are not allowed."]}),
        (
            {"as": "section", "source": "x" * 100_001},
            {"source": ["The text has 100001 characters, too many to show. Divide the lesson."]},
        ),
    ],
)  # fmt: skip
def test_what_was_not_sent_by_the_form_is_refused(
    client: Client, editor: User, fields: dict[str, str], errors: dict[str, list[str]]
) -> None:
    client.force_login(editor)
    answer = client.post(RENDER, fields)
    assert (answer.status_code, answer.json()) == (400, {"errors": errors})


def test_an_unknown_shape_has_no_frame(client: Client, editor: User) -> None:
    client.force_login(editor)
    assert client.get(FRAME, {"as": "page"}).status_code == 400
    assert client.get(FRAME).status_code == 400


def test_wrong_methods(client: Client, editor: User) -> None:
    client.force_login(editor)
    assert client.get(RENDER).status_code == 405
    assert client.post(FRAME).status_code == 405


def test_a_form_of_another_site_is_refused(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post(RENDER, {"source": "x", "as": "section"}).status_code == 403
