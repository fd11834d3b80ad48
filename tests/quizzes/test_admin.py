from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses import versions
from courses.models import Revision, Status
from quizzes.models import Attempt, Draw, Question, QuestionVersion, Quiz, QuizQuestion, Response
from tests.courses.test_admin import actions, change, errors, said
from tests.factories import ConceptFactory, CourseFactory
from tests.quiz_factories import QuestionFactory, QuizFactory, option, payload, quiz_of, quiz_with
from tests.quizzes.admin.sending import sent
from tests.quizzes.attempts.test_attempts import NOW, begin, hand_in, save

ADD = "/admin/quizzes/question/add/"


@pytest.fixture
def as_editor(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def row(at: int, text: str, *, right: bool = False, feedback: str = "", name: str = "") -> Any:
    fields = {"id": name, "text": text, "feedback": feedback} | ({"right": "on"} if right else {})
    return {f"payload-options-{at}-{key}": value for key, value in fields.items()}


def places(quiz: Quiz, *questions: Question, total: int = 0, **more: Any) -> dict[str, Any]:
    kept = list(quiz.places.all())
    data: dict[str, Any] = {
        "course": quiz.course_id,
        "lesson": quiz.lesson_id or "",
        "title": quiz.title,
        "slug": quiz.slug,
        "mode": quiz.mode,
        "pass_mark": quiz.pass_mark,
        "shuffle": "on",
        "feedback": quiz.feedback,
        "grace": quiz.grace,
        "counts": quiz.counts,
        "status": quiz.status,
        "draws-TOTAL_FORMS": 0,
        "draws-INITIAL_FORMS": 0,
        "places-TOTAL_FORMS": len(kept) + len(questions),
        "places-INITIAL_FORMS": len(kept),
    }
    for at, place in enumerate(kept):
        data |= {
            f"places-{at}-id": place.pk,
            f"places-{at}-quiz": quiz.pk,
            f"places-{at}-question": place.question_id,
            f"places-{at}-points": place.points,
            f"places-{at}-position": place.position,
        }
    for at, question in enumerate(questions, len(kept)):
        row = {"quiz": quiz.pk, "question": question.pk, "points": 1}
        data |= {f"places-{at}-{name}": value for name, value in row.items()}
    return data | more


def test_a_question_is_written_without_json(as_editor: Client) -> None:
    concept = ConceptFactory()
    data = {
        "concept": concept.pk,
        "kind": "multiple",
        "difficulty": 2,
        "status": "draft",
        "slug": "",
        "prompt": "Which formats\r\nare integers?",
        "explanation": "Both.",
        **row(0, "INT8", right=True, feedback="Yes."),
        **row(2, "INT4\r\nor `q4`", right=True),
        **row(5, "BF16"),
    }
    answer = as_editor.post(ADD, data)
    assert answer.status_code == 302, errors(answer)
    question = Question.objects.get()
    assert question.slug == "which-formats-are-integers"
    assert question.prompt == "Which formats\nare integers?\n"
    assert question.payload == {
        "options": [
            {"id": "a", "text": "INT8", "right": True, "feedback": "Yes."},
            {"id": "b", "text": "INT4\nor `q4`", "right": True},
            {"id": "c", "text": "BF16", "right": False},
        ]
    }
    assert as_editor.post(ADD, data).status_code == 302
    assert set(Question.objects.values_list("slug", flat=True)) == {
        "which-formats-are-integers",
        "which-formats-are-integers-2",
    }


def test_answers_keep_their_ids(as_editor: Client) -> None:
    """A row taken out or put in between does not rename the others."""
    question = QuestionFactory(payload=payload("c", "ab"))
    data = sent(question) | row(0, "") | row(3, "Another")
    assert as_editor.post(change(question), data).status_code == 302
    question.refresh_from_db()
    assert [(one["id"], one["right"]) for one in question.payload["options"]] == [
        ("b", False),
        ("c", True),
        ("d", False),
    ]


def test_a_slug_that_is_taken_says_by_which_question(as_editor: Client) -> None:
    question = QuestionFactory()
    other = QuestionFactory(concept=question.concept, prompt="The other?")
    found = errors(as_editor.post(change(question), sent(question, slug=other.slug)))
    assert found == {"slug": ["“The other?” has this already. Choose another one, or edit that."]}


def test_a_question_goes_through_its_states(as_editor: Client) -> None:
    question = QuestionFactory(status=Status.DRAFT)
    assert said(actions(as_editor, "to_review", question)) == ["1 question is in review."]
    assert said(actions(as_editor, "publish", question))[-1] == "1 question is published."
    assert Question.objects.get().status == Status.PUBLISHED
    as_editor.post(change(question).replace("change", "archive"), {"post": "yes"})
    assert Question.objects.get().status == Status.ARCHIVED
    as_editor.post(change(question).replace("change", "bring-back"), {"post": "yes"})
    assert Question.objects.get().status == Status.DRAFT
    assert Revision.objects.exclude(source=Revision.Source.OUTSIDE).count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_question_is_archived_outside_of_a_transaction(as_editor: Client) -> None:
    """PostgreSQL locks rows in transactions only, and those of other tests are in one."""
    question = QuestionFactory()
    for page, status in (("archive", 302), ("bring-back", 302), ("history", 200)):
        url = change(question).replace("change", page)
        assert as_editor.post(url, {"post": "yes"}).status_code == status
    made = Revision.objects.exclude(source=Revision.Source.OUTSIDE).order_by("pk")
    assert ["questions" in one.data for one in made] == [False, True]


def test_a_quiz_gets_questions_at_its_end_and_loses_one(as_editor: Client) -> None:
    quiz = quiz_with(2)
    first, second = quiz.places.all()
    new = QuestionFactory(concept=first.question.concept)
    data = places(quiz, new, **{"places-0-DELETE": "on"})
    answer = as_editor.post(change(quiz), data)
    assert answer.status_code == 302, errors(answer)
    assert list(quiz.places.values_list("question", "position")) == [
        (second.question_id, 2),
        (new.pk, 3),
    ]
    assert Question.objects.count() == 3


def test_a_question_stands_once_in_a_quiz(as_editor: Client) -> None:
    quiz = quiz_with(1)
    again = quiz.places.get().question
    found = errors(as_editor.post(change(quiz), places(quiz, again)))
    assert list(found) == ["places-1-question"]
    assert QuizQuestion.objects.count() == 1


def test_a_quiz_without_questions_warns_when_published(as_editor: Client) -> None:
    empty, full = QuizFactory(status=Status.DRAFT, title="Empty"), quiz_with(1, title="Full")
    Quiz.objects.update(status=Status.DRAFT)
    assert said(actions(as_editor, "publish", empty, full)) == [
        "2 quizzes are published.",
        "“Empty” is published, but has no published question to ask.",
    ]


def test_a_quiz_belongs_to_the_course_of_its_lesson(as_editor: Client) -> None:
    quiz = quiz_with(1)
    other = CourseFactory(slug="other")
    found = errors(as_editor.post(change(quiz), places(quiz, course=other.pk)))
    assert found == {"lesson": [f"“{quiz.lesson}” belongs to another course."]}


def test_a_quiz_address_that_is_taken_says_by_which(as_editor: Client) -> None:
    quiz, other = quiz_with(1), QuizFactory(title="The other")
    found = errors(as_editor.post(change(quiz), places(quiz, slug=other.slug)))
    assert found == {"slug": ["“The other” has this already. Choose another one, or edit that."]}


def test_view_on_site(as_editor: Client) -> None:
    quiz = quiz_with(1)
    assert as_editor.get(change(quiz)).context["absolute_url"] == quiz.get_absolute_url()
    Quiz.objects.update(status=Status.ARCHIVED)
    assert as_editor.get(change(quiz)).context["absolute_url"] is None


@pytest.mark.django_db
def test_a_question_in_or_out_of_a_quiz_renews_the_pages() -> None:
    question = QuestionFactory()
    quiz = quiz_of(question)
    slug, now = quiz.course.slug, timezone.now()
    seen = {versions.stamp(slug, now)}
    quiz.places.get().delete()
    seen.add(versions.stamp(slug, now))
    QuizQuestion.objects.create(quiz=quiz, question=question)
    seen.add(versions.stamp(slug, now))
    assert len(seen) == 3


def test_a_question_that_was_asked_is_kept(client: Client, superuser: User) -> None:
    question = QuestionFactory()
    QuestionVersion.objects.create(
        question=question,
        digest="",
        kind="single",
        prompt="?",
        payload=payload(),
        created_at=timezone.now(),
    )
    client.force_login(superuser)
    where = change(question).replace("change", "delete")
    answer = client.post(where, {"post": "yes"})
    assert len(answer.context["protected"]) == 1
    assert Question.objects.filter(pk=question.pk).exists()


def test_an_attempt_is_read_in_words(client: Client, superuser: User, learner: User) -> None:
    now = timezone.now()
    quiz = quiz_with(1)
    attempt = Attempt.objects.create(
        user=learner, quiz=quiz, seed=0, started_at=now, submitted_at=now, score=0.5
    )
    version = QuestionVersion.objects.create(
        question=quiz.places.get().question,
        digest="",
        kind="single",
        prompt="What is asked?\n",
        payload={"options": [option("a", right=True, text="This"), option("b", text="That")]},
        created_at=now,
    )
    Response.objects.create(
        attempt=attempt, position=1, version=version, answer={"chosen": ["b"]}, score=0
    )
    client.force_login(superuser)
    html = client.get(change(attempt)).content.decode()
    assert [text in html for text in ("What is asked?", "That", "50%", "This")] == [
        True,
        True,
        True,
        False,
    ]


def test_a_draw_that_cannot_be_filled_is_reported(as_editor: Client) -> None:
    quiz = quiz_with(1, title="Check")
    concept = quiz.places.get().question.concept
    QuestionFactory(concept=concept)
    Draw.objects.create(quiz=quiz, concept=concept, number=3)
    Quiz.objects.update(status=Status.DRAFT)
    assert said(actions(as_editor, "publish", quiz))[1:] == [
        f"“Check” draws 3 from “{concept}”, but finds only 1."
    ]


def test_a_quiz_draws_from_a_lesson_or_a_concept(as_editor: Client) -> None:
    quiz = quiz_with(1)
    row = {"quiz": quiz.pk, "number": 2, "points": 1, "position": 1}
    sent_rows = {f"draws-0-{name}": value for name, value in row.items()}
    data = places(quiz, **{"draws-TOTAL_FORMS": 1}, **sent_rows)
    assert list(errors(as_editor.post(change(quiz), data))) == ["draws-0-lesson"]
    data |= {"draws-0-lesson": quiz.lesson_id}
    assert as_editor.post(change(quiz), data).status_code == 302
    assert (quiz.draws.get().lesson, quiz.draws.get().number) == (quiz.lesson, 2)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"mode": "graded", "feedback": "closed"}, "closes_at"),
        (
            {
                "opens_at_0": "2026-03-02",
                "opens_at_1": "12:00",
                "closes_at_0": "2026-03-01",
                "closes_at_1": "12:00",
            },
            "closes_at",
        ),
    ],
)
def test_settings_that_contradict_each_other(
    as_editor: Client, fields: dict[str, str], field: str
) -> None:
    quiz = quiz_with(1)
    assert field in errors(as_editor.post(change(quiz), places(quiz, **fields)))


def test_what_came_late_is_seen(client: Client, superuser: User, learner: User) -> None:
    attempt = begin(learner, quiz_with(1))
    save(attempt, "a")
    hand_in(attempt)
    save(attempt, "b", now=NOW + timedelta(hours=1))
    client.force_login(superuser)
    page = client.get(change(attempt)).content.decode()
    assert "<div>2026-03-01 13:00:00 (late): Option *b*</div>" in page
    listed = client.get("/admin/quizzes/attempt/?late=yes").content.decode()
    assert '<td class="field-late_count">1</td>' in listed
