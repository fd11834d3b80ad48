import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from cohorts.gradebook.figures import key_of
from cohorts.models import LogEntry, Membership
from quizzes.hand_grading import grade_by_hand, seen_of
from quizzes.models import Attempt, Response
from tests.class_factories import NOW, ClassOf, GradeItemFactory, MembershipFactory
from tests.cohorts.graded import answered, assignment_with_points, free_quiz, handed_in, item_of
from tests.quiz_factories import QuestionFactory, chosen, quiz_of
from tests.quizzes.finished import finished
from tests.quizzes.sql import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_assistant(client: Client, autumn: ClassOf) -> Client:
    client.force_login(autumn.assistant.user)
    return client


@pytest.fixture
def answer(autumn: ClassOf) -> Response:
    """Four points can be had for it."""
    return answered(free_quiz(autumn.cohort, title="Words"), autumn.learner, text="<b>Big</b>.")


def url(response: Response, query: str = "") -> str:
    return f"/cohorts/autumn/grading/answers/{response.pk}/{query}"


def text(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def grade(client: Client, response: Response, query: str = "", **fields: str) -> Any:
    said = {"score": "3", "unit": "points", "comment": "Say **why**.", "seen": "", "then": "next"}
    return client.post(url(response, query), said | fields)


def test_the_answer_beside_the_model(as_assistant: Client, answer: Response) -> None:
    page = as_assistant.get(url(answer))
    html, said = page.content.decode(), text(page)
    assert "&lt;b&gt;Big&lt;/b&gt;." in html
    assert "Because it <strong>scales</strong>." in html
    assert "It names the <em>cost</em>." in html
    assert "Yi-Ting Chen Handed in on 19 November 2026 at 09:00" in said
    assert "Full score: 4 in points, 100 in percent." in said
    assert f'href="/cohorts/autumn/attempts/{answer.attempt_id}/"' in html


def test_graded_and_on_to_the_next_hand_in(
    as_assistant: Client, answer: Response, autumn: ClassOf
) -> None:
    work = handed_in(assignment_with_points(autumn.cohort), autumn.learner, minutes=5)
    column = GradeItemFactory(
        category=item_of(work.assignment).category, quiz=answer.attempt.quiz, title=""
    )
    found = grade(as_assistant, answer, "?state=all")
    onward = f"/cohorts/autumn/grading/work/{work.pk}/?state=all"
    assert (found.status_code, found["Location"]) == (302, onward)
    answer.refresh_from_db()
    assert (answer.score, answer.comment, answer.graded_by) == (0.75, "Say **why**.", "person")
    assert Attempt.objects.get().score == pytest.approx(0.75)
    entry = LogEntry.objects.get()
    assert (entry.actor, entry.about, entry.item) == (
        autumn.assistant.user,
        autumn.learner,
        column,
    )
    assert (entry.what, entry.before, entry.after) == ("Answer 1 of Words", "", "3 of 4")
    assert "Saved for Yi-Ting Chen: 3 of 4." in text(as_assistant.get(found["Location"]))


def test_only_a_change_of_points_is_written_down(as_assistant: Client, answer: Response) -> None:
    grade(as_assistant, answer)
    answer.refresh_from_db()
    grade(as_assistant, answer, seen=seen_of(answer), comment="Other words.")
    assert LogEntry.objects.count() == 1
    answer.refresh_from_db()
    grade(as_assistant, answer, seen=seen_of(answer), score="1")
    newest = LogEntry.objects.latest("pk")
    assert (newest.before, newest.after) == ("3 of 4", "1 of 4")


def test_what_was_graded_can_be_changed(as_assistant: Client, answer: Response) -> None:
    found = grade(as_assistant, answer, score="85", unit="percent", then="stay")
    html = as_assistant.get(found["Location"]).content.decode()
    assert 'name="score" value="3.4"' in html
    answer.refresh_from_db()
    assert f'name="seen" value="{seen_of(answer)}"' in html
    assert "Graded: 3.4 of 4" in html


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"score": "4.5"}, "Score: Give at most 4."),
        ({"score": ""}, "Score: This field is required."),
        ({"unit": "stones"}, "in: Select a valid choice."),
        ({"comment": "x" * 4001}, "Comment: Ensure this value has at most 4000 characters"),
    ],
)
def test_bad_input_is_kept_and_refused(
    as_assistant: Client, answer: Response, fields: dict[str, str], error: str
) -> None:
    found = grade(as_assistant, answer, **fields)
    assert found.status_code == 422
    assert error in text(found)
    assert fields.get("comment", "Say **why**.") in found.content.decode()
    answer.refresh_from_db()
    assert answer.score is None


def test_two_who_grade_at_once_hear_of_each_other(
    as_assistant: Client, answer: Response, autumn: ClassOf
) -> None:
    by = autumn.teacher.user
    theirs = grade_by_hand(
        response=answer, score=0.5, comment="See *page 3*.", by=by, now=timezone.now()
    )
    found = grade(as_assistant, answer)
    assert found.status_code == 409
    assert "Someone else gave this answer 2 of 4 meanwhile. Save again to replace that." in text(
        found
    )
    assert "Say **why**." in found.content.decode()
    assert "Their comment: See *page 3*." in text(found)
    assert f'name="seen" value="{seen_of(theirs)}"' in found.content.decode()
    assert grade(as_assistant, answer, seen=seen_of(theirs)).status_code == 302


def test_the_comment_is_shown_before_it_is_saved(as_assistant: Client, answer: Response) -> None:
    found = grade(as_assistant, answer, preview="yes", score="", comment="**Why**")
    assert found.status_code == 200
    assert "<strong>Why</strong>" in found.content.decode()
    answer.refresh_from_db()
    assert answer.score is None


@pytest.mark.parametrize("number", [1, 30])
def test_queries_do_not_grow(
    as_assistant: Client, answer: Response, autumn: ClassOf, number: int
) -> None:
    for at in range(number):
        answered(answer.attempt.quiz, MembershipFactory(cohort=autumn.cohort), minutes=at)
    as_assistant.get(url(answer))
    # session, user, member; groups, answer, whose it is; five of the walk
    with queries(11):
        as_assistant.get(url(answer))


def test_only_answers_of_this_class_that_people_grade(
    as_assistant: Client, autumn: ClassOf
) -> None:
    quiz = free_quiz(autumn.cohort)
    strange = answered(quiz, MembershipFactory(cohort=autumn.other))
    gone = answered(quiz, autumn.left)
    by_machine = quiz_of(QuestionFactory(concept=quiz.questions.get().concept))
    machine = finished(by_machine, chosen("a"), user=autumn.learner.user).responses.get()
    for response in (strange, gone, machine):
        assert as_assistant.get(url(response)).status_code == 404
        assert grade(as_assistant, response).status_code == 404
    assert as_assistant.get(f"/cohorts/autumn/grading/answers/{'9' * 30}/").status_code == 404


def test_others_do_not_know_of_it(client: Client, answer: Response, autumn: ClassOf) -> None:
    def asked(member: Membership) -> tuple[int, int]:
        client.force_login(member.user)
        return client.get(url(answer)).status_code, grade(client, answer).status_code

    assert asked(autumn.observer) == asked(autumn.learner) == (403, 403)
    assert asked(autumn.removed) == asked(autumn.other_teacher) == (404, 404)
    answer.refresh_from_db()
    assert answer.score is None


def test_an_archived_class_is_read_only(
    as_assistant: Client, answer: Response, autumn: ClassOf
) -> None:
    autumn.cohort.archived_at = NOW
    autumn.cohort.save()
    assert 'name="score"' not in as_assistant.get(url(answer)).content.decode()
    assert grade(as_assistant, answer).status_code == 403


def test_the_gradebook_forgets_what_the_class_came_to(
    as_assistant: Client, answer: Response, autumn: ClassOf
) -> None:
    cache.set(key_of(autumn.cohort), "old")
    grade(as_assistant, answer)
    assert cache.get(key_of(autumn.cohort)) is None
