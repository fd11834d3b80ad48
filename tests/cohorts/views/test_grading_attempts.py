import re
from typing import Any

import pytest
from django.test import Client

from cohorts.models import Membership
from quizzes.models import Attempt
from tests.class_factories import ClassOf, MembershipFactory
from tests.cohorts.graded import FREE, free_quiz
from tests.factories import CourseFactory
from tests.quiz_factories import QuestionFactory, chosen, quiz_of, quiz_with
from tests.quizzes.finished import finished
from tests.quizzes.sql import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_teacher(client: Client, autumn: ClassOf) -> Client:
    client.force_login(autumn.teacher.user)
    return client


@pytest.fixture
def attempt(autumn: ClassOf) -> Attempt:
    quiz = quiz_of(QuestionFactory(), QuestionFactory(kind="free", payload=FREE), title="The quiz")
    said = {"text": "It is <i>big</i>."}
    return finished(quiz, chosen("b"), said, user=autumn.learner.user, awaiting=0)


def url(attempt: Attempt) -> str:
    return f"/cohorts/autumn/attempts/{attempt.pk}/"


def text(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_each_question_as_its_learner_reads_it(as_teacher: Client, attempt: Attempt) -> None:
    page = as_teacher.get(url(attempt))
    html, said = page.content.decode(), text(page)
    assert "Yi-Ting Chen" in said
    assert "Question 1 of 2" in said
    assert "It is &lt;i&gt;big&lt;/i&gt;." in html
    assert "Nothing can be changed here." in said


def test_nothing_can_be_rated_or_started(as_teacher: Client, attempt: Attempt) -> None:
    """In practice, learners rate their own words; nobody else does."""
    main = as_teacher.get(url(attempt)).content.decode().split("<main")[1].split("</main>")[0]
    assert "<form" not in main
    assert "<button" not in main


def test_who_grades_has_a_way_to_each_answer(client: Client, autumn: ClassOf) -> None:
    quiz = free_quiz(autumn.cohort)
    attempt = finished(quiz, {"text": "Words."}, user=autumn.learner.user)
    link = f"/cohorts/autumn/grading/answers/{attempt.responses.get().pk}/"
    found = []
    for member in (autumn.observer, autumn.assistant):
        client.force_login(member.user)
        found.append(link in client.get(url(attempt)).content.decode())
    assert found == [False, True]


@pytest.mark.parametrize("questions", [1, 3])
def test_queries_do_not_grow(as_teacher: Client, autumn: ClassOf, questions: int) -> None:
    quiz = quiz_with(questions)
    attempt = finished(quiz, *[chosen("a")] * questions, user=autumn.learner.user)
    as_teacher.get(url(attempt))
    # session, user, member; attempt, learner; two of the results; what people grade
    with queries(8):
        as_teacher.get(url(attempt))


def test_only_of_who_learns_here_now(as_teacher: Client, autumn: ClassOf) -> None:
    quiz = quiz_with(1)
    others = (autumn.left, autumn.removed, autumn.assistant, MembershipFactory(cohort=autumn.other))
    for member in others:
        attempt = finished(quiz, chosen("a"), user=member.user)
        assert as_teacher.get(url(attempt)).status_code == 404


def test_only_of_this_course(as_teacher: Client, attempt: Attempt, autumn: ClassOf) -> None:
    autumn.cohort.course = CourseFactory(slug="elsewhere")
    autumn.cohort.save()
    assert as_teacher.get(url(attempt)).status_code == 404


def test_only_what_was_handed_in(as_teacher: Client, attempt: Attempt) -> None:
    Attempt.objects.update(submitted_at=None, score=None)
    assert as_teacher.get(url(attempt)).status_code == 404


def test_others_do_not_know_of_it(client: Client, attempt: Attempt, autumn: ClassOf) -> None:
    def asked(member: Membership) -> int:
        client.force_login(member.user)
        return client.get(url(attempt)).status_code

    assert asked(autumn.observer) == 200
    assert asked(autumn.learner) == 403
    assert asked(autumn.left) == asked(autumn.other_teacher) == 404


def test_wrong_method(as_teacher: Client, attempt: Attempt) -> None:
    assert as_teacher.post(url(attempt)).status_code == 405
