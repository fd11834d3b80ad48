import re

import pytest
from django.test import Client

from accounts.models import User
from quizzes.models import Quiz
from tests import people
from tests.factories import ConceptFactory
from tests.quiz_factories import QuestionFactory, chosen, option, payload, quiz_of, quiz_with
from tests.quizzes.finished import finished, version_of
from tests.quizzes.sql import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(db: None) -> Quiz:
    """Three questions: the second is hard, the third easy."""
    quiz = quiz_with(3, slug="quiz", title="The quiz")
    for letters in ("aba", "aba", "aba", "baa", "cba"):
        finished(quiz, *map(chosen, letters))
    return quiz


@pytest.fixture
def as_editor(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def page(client: Client, query: str = "", address: str = "/quizzes/quiz/analysis/") -> str:
    answer = client.get(address + query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def order(html: str) -> list[str]:
    return re.findall(r'<th scope="row">(Question \d)', html)


def cells(html: str, number: int) -> list[str]:
    row = html.split(f'<th scope="row">Question {number}')[1].split("</tr>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row.split("<td")[1:]]


def test_each_question_with_its_figures(as_editor: Client, quiz: Quiz) -> None:
    html = page(as_editor)
    assert "5 finished attempts by 5 people." in html
    assert order(html) == ["Question 1", "Question 2", "Question 3"]
    assert [cell.split(">")[-1].strip() for cell in cells(html, 1)] == [
        "5 / 5",
        "60%",
        "−0.61",
        "10 s",
        "Who does well elsewhere does worse here: check the key first.",
    ]
    assert "Hard: check that the key is right and the question clear." in cells(html, 2)[-1]
    assert "Easy: nearly everybody gets it right, so it tells little." in cells(html, 3)[-1]
    assert cells(html, 3)[2].endswith("–")


def test_each_answer_with_its_share(as_editor: Client, quiz: Quiz) -> None:
    html = page(as_editor)
    first = html.split('<ul class="bars given"')[1].split("</ul>")[0]
    assert re.findall(r'value="(\d+)" aria-label="([^"]+)"', first) == [
        ("60", "Given 3 times"),
        ("20", "Given once"),
        ("20", "Given once"),
    ]
    assert first.count("Right answer:") == 1
    assert "Option <em>a</em>" in first


def test_no_learner_is_named(as_editor: Client, quiz: Quiz, learner: User) -> None:
    finished(quiz, *map(chosen, "aaa"), user=learner)
    html = page(as_editor)
    assert learner.display_name not in html
    assert learner.email not in html


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", [1, 2, 3]),
        ("facility", [2, 1, 3]),
        ("discrimination", [1, 2, 3]),
        ("time", [1, 2, 3]),
        ("answered", [1, 2, 3]),
        ("nonsense", [1, 2, 3]),
    ],
)
def test_sorted_by_links(as_editor: Client, quiz: Quiz, sort: str, expected: list[int]) -> None:
    html = page(as_editor, f"?sort={sort}")
    assert order(html) == [f"Question {number}" for number in expected]
    assert html.count('aria-sort="ascending"') == 1


def test_a_quiz_that_draws_numbers_what_was_asked(as_editor: Client, quiz: Quiz) -> None:
    quiz.places.filter(position=1).delete()
    assert order(page(as_editor)) == ["Question 1", "Question 2", "Question 3"]


def test_too_few_attempts_are_not_judged(as_editor: Client) -> None:
    quiz = quiz_with(1, slug="quiz")
    for _ in range(4):
        finished(quiz, chosen("b"))
    html = page(as_editor)
    assert "4 finished attempts by 4 people." in html
    assert "too few to judge" in html
    assert "<table" not in html
    assert "Option" not in html


def test_too_few_answers_to_one_question_are_not_judged(as_editor: Client, quiz: Quiz) -> None:
    lately = QuestionFactory(concept=quiz.questions.all()[0].concept)
    quiz.places.create(question=lately, position=9)
    finished(quiz, *map(chosen, "abab"))
    html = page(as_editor)
    assert [cell.split(">")[-1].strip() for cell in cells(html, 4)] == [
        "1 / 1",
        "–",
        "–",
        "–",
        "Too few to judge",
    ]


def test_versions_are_told_apart(as_editor: Client, quiz: Quiz) -> None:
    question = quiz.places.get(position=1).question
    question.payload = payload("b", "ac")
    question.save()
    version_of(question)
    finished(quiz, *map(chosen, "bbb"))
    html = page(as_editor)
    assert "2 versions" in html
    assert html.count("Version by version") == 1


def test_markdown_of_authors_is_rendered_and_nothing_else(as_editor: Client) -> None:
    options = [option("a", right=True, text="<script>x</script> `code`"), option("b")]
    quiz = quiz_of(QuestionFactory(payload={"options": options}), slug="quiz")
    for _ in range(5):
        finished(quiz, chosen("a"))
    html = page(as_editor)
    assert "<script>x" not in html
    assert "<code>code</code>" in html


@pytest.mark.parametrize(("questions", "attempts"), [(1, 5), (3, 5), (3, 30)])
def test_queries_do_not_grow(as_editor: Client, questions: int, attempts: int) -> None:
    quiz = quiz_with(questions, concept=ConceptFactory(), slug="quiz")
    for _ in range(attempts):
        finished(quiz, *[chosen("a")] * questions)
    page(as_editor)
    # session, user, two of permissions; quiz, attempts and people, places; the four of the analysis
    with queries(11):
        page(as_editor)


def test_one_question_in_all_quizzes(as_editor: Client, quiz: Quiz) -> None:
    question = quiz.places.get(position=2).question
    other = quiz_of(question, title="Another quiz")
    finished(other, chosen("a"))
    html = page(as_editor, address=f"/questions/{question.pk}/analysis/")
    assert "<dd>6 / 6</dd>" in html
    assert "<dd>33%</dd>" in html
    assert "Analysis of The quiz" in html
    assert "Analysis of Another quiz" in html
    few = QuestionFactory()
    html = page(as_editor, address=f"/questions/{few.pk}/analysis/")
    assert "It was asked in 0 finished attempts. That is too few to judge it by." in html


def test_others_do_not_know_of_it(client: Client, quiz: Quiz) -> None:
    question = quiz.places.get(position=1).question
    addresses = ["/quizzes/quiz/analysis/", f"/questions/{question.pk}/analysis/"]
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    for person in (people.learner(), people.teacher()):
        client.force_login(person)
        assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_nothing_there(as_editor: Client) -> None:
    assert as_editor.get("/quizzes/nothing/analysis/").status_code == 404
    assert as_editor.get("/questions/999/analysis/").status_code == 404


def test_only_looked_at(as_editor: Client, quiz: Quiz) -> None:
    question = quiz.places.get(position=1).question
    assert as_editor.post("/quizzes/quiz/analysis/").status_code == 405
    assert as_editor.post(f"/questions/{question.pk}/analysis/").status_code == 405
