import re
from typing import Any

import pytest
from django.test import Client

from courses.models import Status
from quizzes.models import Quiz
from tests.class_factories import NOW, ClassOf, GroupFactory, MembershipFactory
from tests.cohorts.graded import answered, free_quiz
from tests.factories import CourseFactory, LessonFactory, TrackFactory
from tests.quiz_factories import QuizFactory, chosen, quiz_with
from tests.quizzes.finished import finished
from tests.quizzes.sql import queries

pytestmark = pytest.mark.django_db

URL = "/cohorts/autumn/quizzes/"


@pytest.fixture
def as_observer(client: Client, autumn: ClassOf) -> Client:
    client.force_login(autumn.observer.user)
    return client


@pytest.fixture
def quiz(autumn: ClassOf) -> Quiz:
    """Taken by five learners of the class, of whom two are in a group, and by others."""
    quiz = quiz_with(2, slug="quiz", title="The quiz")
    red = GroupFactory(cohort=autumn.cohort, name="Red")
    for at, letters in enumerate(("aa", "aa", "ab", "ba", "bb")):
        group = red if at < 2 else None
        member = MembershipFactory(cohort=autumn.cohort, group=group)
        finished(quiz, *map(chosen, letters), user=member.user)
    for outside in (MembershipFactory(cohort=autumn.other), autumn.left, autumn.assistant):
        finished(quiz, *map(chosen, "cc"), user=outside.user)
    return quiz


def text(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def rows(page: Any) -> list[list[str]]:
    body = page.content.decode().split("<tbody>")[1].split("</tbody>")[0]
    cells = [re.split(r"</t[hd]>", row)[:-1] for row in body.split("</tr>")[:-1]]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def test_each_quiz_with_what_this_class_did(
    as_observer: Client, quiz: Quiz, autumn: ClassOf
) -> None:
    words = free_quiz(autumn.cohort, 2, title="Words")
    answered(words, autumn.learner)
    Quiz.objects.filter(pk=quiz.pk).update(status=Status.ARCHIVED)
    QuizFactory(title="Not published", status=Status.DRAFT)
    elsewhere = CourseFactory(slug="elsewhere")
    QuizFactory(title="Another course", lesson=LessonFactory(track=TrackFactory(course=elsewhere)))
    found = {row[0].split(" Lesson")[0]: row[1:] for row in rows(as_observer.get(URL))}
    assert found == {"The quiz": ["5", "5", "60%", "0"], "Words": ["1", "1", "0%", "2"]}


def test_of_one_group(as_observer: Client, quiz: Quiz, autumn: ClassOf) -> None:
    red = autumn.cohort.groups.get()
    page = as_observer.get(f"{URL}?group={red.pk}")
    assert rows(page)[0][1:] == ["2", "2", "100%", "0"]
    assert f'href="{URL}quiz/analysis/?group={red.pk}"' in page.content.decode()


def test_graders_have_a_way_to_what_waits(client: Client, autumn: ClassOf) -> None:
    quiz = free_quiz(autumn.cohort)
    answered(quiz, autumn.learner)
    found = []
    for member in (autumn.observer, autumn.assistant):
        client.force_login(member.user)
        found.append(f"/grading/?item=quiz-{quiz.pk}" in client.get(URL).content.decode())
    assert found == [False, True]


@pytest.mark.parametrize(("quizzes", "learners"), [(1, 3), (3, 30)])
def test_queries_of_the_list_do_not_grow(
    as_observer: Client, autumn: ClassOf, quizzes: int, learners: int
) -> None:
    made = [quiz_with(1) for _ in range(quizzes)]
    for _ in range(learners):
        user = MembershipFactory(cohort=autumn.cohort).user
        for quiz in made:
            finished(quiz, chosen("a"), user=user)
    as_observer.get(URL)
    # session, user, member; groups; quizzes, figures
    with queries(6):
        as_observer.get(URL)


def test_figures_are_of_this_class_alone(as_observer: Client, quiz: Quiz) -> None:
    page = as_observer.get(f"{URL}quiz/analysis/")
    said = text(page)
    assert "5 finished attempts by 5 learners." in said
    first, _answers, second, _other = rows(page)
    assert (first[0], first[1], first[2]) == ("Question 1", "5 / 5", "60%")
    assert (second[0], second[2]) == ("Question 2", "60%")
    html = page.content.decode()
    question = quiz.places.get(position=1).question_id
    assert f'href="/cohorts/autumn/quizzes/questions/{question}/"' in html
    assert f"/questions/{question}/analysis/" not in html


def test_too_few_are_not_judged(as_observer: Client, quiz: Quiz, autumn: ClassOf) -> None:
    red = autumn.cohort.groups.get()
    page = as_observer.get(f"{URL}quiz/analysis/?group={red.pk}&sort=facility")
    assert "2 finished attempts by 2 learners." in text(page)
    assert "too few to judge" in text(page)
    assert "<table" not in page.content.decode()


def test_sorting_keeps_the_group(as_observer: Client, quiz: Quiz, autumn: ClassOf) -> None:
    red = autumn.cohort.groups.get()
    autumn.cohort.members.filter(role="learner").update(group=red)
    html = as_observer.get(f"{URL}quiz/analysis/?group={red.pk}&sort=time").content.decode()
    assert f'href="?group={red.pk}&amp;sort=facility#table"' in html
    assert f'href="?group={red.pk}#table"' in html


@pytest.mark.parametrize(("questions", "learners"), [(1, 5), (3, 30)])
def test_queries_of_the_analysis_do_not_grow(
    as_observer: Client, autumn: ClassOf, questions: int, learners: int
) -> None:
    quiz = quiz_with(questions, slug="quiz")
    for _ in range(learners):
        user = MembershipFactory(cohort=autumn.cohort).user
        finished(quiz, *[chosen("a")] * questions, user=user)
    as_observer.get(f"{URL}quiz/analysis/")
    # session, user, member; quiz, groups; attempts and people, places; the four of the analysis
    with queries(11):
        as_observer.get(f"{URL}quiz/analysis/")


def test_one_question_in_all_quizzes_of_the_class(
    as_observer: Client, quiz: Quiz, autumn: ClassOf
) -> None:
    question = quiz.places.get(position=2).question
    page = as_observer.get(f"{URL}questions/{question.pk}/")
    html = page.content.decode()
    assert "<dd>5 / 5</dd>" in html
    assert "<dd>60%</dd>" in html
    assert f'href="{URL}quiz/analysis/"' in html
    red = autumn.cohort.groups.get()
    few = text(as_observer.get(f"{URL}questions/{question.pk}/?group={red.pk}"))
    assert "It was asked in 2 finished attempts. That is too few to judge it by." in few


def test_nothing_of_other_courses(as_observer: Client, quiz: Quiz, autumn: ClassOf) -> None:
    question = quiz.places.get(position=1).question
    autumn.cohort.course = CourseFactory(slug="elsewhere")
    autumn.cohort.save()
    assert rows_or_none(as_observer) is None
    assert as_observer.get(f"{URL}quiz/analysis/").status_code == 404
    assert as_observer.get(f"{URL}questions/{question.pk}/").status_code == 404
    assert as_observer.get(f"{URL}questions/{'9' * 30}/").status_code == 404


def rows_or_none(client: Client) -> list[list[str]] | None:
    page = client.get(URL)
    return rows(page) if "<tbody>" in page.content.decode() else None


def test_others_do_not_know_of_it(client: Client, quiz: Quiz, autumn: ClassOf) -> None:
    question = quiz.places.get(position=1).question_id
    urls = [URL, f"{URL}quiz/analysis/", f"{URL}questions/{question}/"]
    for member, status in ((autumn.learner, 403), (autumn.left, 404), (autumn.other_teacher, 404)):
        client.force_login(member.user)
        assert [client.get(url).status_code for url in urls] == [status] * 3


def test_wrong_method(as_observer: Client, quiz: Quiz) -> None:
    assert as_observer.post(URL).status_code == 405
    assert as_observer.post(f"{URL}quiz/analysis/").status_code == 405


def test_what_was_taken_before_it_opened_is_there(as_observer: Client, autumn: ClassOf) -> None:
    """What the class has taken is listed, whatever became of the quiz."""
    quiz = quiz_with(1, title="Old")
    finished(quiz, chosen("a"), user=autumn.learner.user, submitted_at=NOW)
    Quiz.objects.update(status=Status.DRAFT)
    assert [row[0].split(" Lesson")[0] for row in rows(as_observer.get(URL))] == ["Old"]
