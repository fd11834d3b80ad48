import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from cohorts.gradebook.figures import key_of
from cohorts.grading.anonymous import label_of
from cohorts.models import Assignment, Extension, Grade, LogEntry, Membership, Submission
from cohorts.work.rubric_typing import digest_of
from cohorts.work.rubrics import save_rubric, typed_rubric
from tests.class_factories import (
    NOW,
    ClassOf,
    DeadlineFactory,
    GradeFactory,
    MembershipFactory,
)
from tests.cohorts.graded import answered, assignment_with_points, free_quiz, handed_in, item_of
from tests.cohorts.graded import rubric as rubric_of
from tests.quizzes.sql import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_assistant(client: Client, autumn: ClassOf) -> Client:
    client.force_login(autumn.assistant.user)
    return client


@pytest.fixture
def essay(autumn: ClassOf) -> Assignment:
    return assignment_with_points(autumn.cohort, 50, title="Essay")


@pytest.fixture
def work(autumn: ClassOf, essay: Assignment) -> Submission:
    return handed_in(essay, autumn.learner, text="See <b>this</b>:\n\n```\nx = 1\n```")


@pytest.fixture
def second(autumn: ClassOf, essay: Assignment) -> Submission:
    return handed_in(essay, MembershipFactory(cohort=autumn.cohort), minutes=5)


def url(work: Submission, query: str = "") -> str:
    return f"/cohorts/autumn/grading/work/{work.pk}/{query}"


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def grade(client: Client, work: Submission, query: str = "", **fields: str) -> Any:
    said = {"points": "40", "feedback": "Say **why**.", "seen_revision": "0", "then": "next"}
    said["seen_rubric"] = digest_of(typed_rubric(work.assignment))
    return client.post(url(work, query), said | fields)


def test_the_work_as_it_was_handed_in(as_assistant: Client, work: Submission) -> None:
    work.link = "https://example.org/notebook?a=1&b=2"
    work.save()
    work.files.create(
        name="plan.pdf", size=2048, file="submissions/ab/x", sha256="0" * 64, uploaded_at=NOW
    )
    answer = as_assistant.get(url(work))
    html, said = answer.content.decode(), text(answer)
    assert "See &lt;b&gt;this&lt;/b&gt;:" in html
    assert "<code>x = 1</code>" in html
    assert 'href="https://example.org/notebook?a=1&amp;b=2" rel="noopener nofollow ugc"' in html
    assert "Leads to example.org" in html
    assert "plan.pdf PDF 2.0 KB" in said
    assert "Yi-Ting Chen Handed in on 19 November 2026 at 09:00" in said
    assert "Learners see no grade until the grades are released." in said
    assert "1 of 1" in said
    assert f'href="/cohorts/autumn/people/{work.membership_id}/"' in html
    assert f'href="/cohorts/autumn/files/{work.files.get().pk}/"' in html


def test_graded_and_on_to_the_next(
    as_assistant: Client, work: Submission, second: Submission, autumn: ClassOf
) -> None:
    answer = grade(as_assistant, work)
    assert (answer.status_code, answer["Location"]) == (302, url(second))
    kept = Grade.objects.get()
    said = (kept.score, kept.feedback, kept.submission, kept.graded_by)
    assert said == (40, "Say **why**.", work, autumn.assistant.user)
    assert "Saved for Yi-Ting Chen: 40 of 50." in text(as_assistant.get(answer["Location"]))


def test_saved_and_stayed(as_assistant: Client, work: Submission) -> None:
    answer = grade(as_assistant, work, "?state=all", then="stay", points="60")
    assert answer["Location"] == url(work, "?state=all")
    said = text(as_assistant.get(answer["Location"]))
    assert "That is more than the points of the assignment." in said
    assert "Graded: 60 of 50" in said
    assert "By Asif Assistant on" in said


def test_after_the_last_the_list(
    as_assistant: Client, work: Submission, second: Submission
) -> None:
    answer = grade(as_assistant, second, "?state=all")
    assert answer["Location"] == "/cohorts/autumn/grading/?state=all"
    assert "That was the last one in this order." in text(as_assistant.get(answer["Location"]))


def test_the_filter_is_kept_while_walking(
    as_assistant: Client, work: Submission, second: Submission, autumn: ClassOf
) -> None:
    answered(free_quiz(autumn.cohort), autumn.learner, minutes=2)
    query = f"?item=work-{work.assignment_id}"
    html = as_assistant.get(url(work, query)).content.decode()
    assert f'href="{url(second, query)}" rel="next"' in html
    assert 'rel="prev"' not in html
    assert "1 of 2" in html
    assert (
        f'href="{url(work, query)}" rel="prev"'
        in as_assistant.get(url(second, query)).content.decode()
    )


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"points": "100.01"}, "Points: 100.01 points are too many: give at most 100."),
        ({"points": "-1"}, "Points: Ensure this value is greater than or equal to 0."),
        ({"points": ""}, "Points: This field is required."),
        ({"points": "NaN"}, "Points: Enter a number."),
        ({"points": "1e9"}, "Points: Ensure that there are no more than 7 digits in total."),
        ({"points": "1.005"}, "Points: Ensure that there are no more than 2 decimal places."),
        ({"feedback": "x" * 10_001}, "Feedback: Ensure this value has at most 10000 characters"),
        ({"feedback": "a\0b"}, "Feedback: Null characters are not allowed."),
        ({"seen_revision": "x"}, "Enter a whole number."),
    ],
)
def test_bad_input_is_kept_and_refused(
    as_assistant: Client, work: Submission, fields: dict[str, str], error: str
) -> None:
    answer = grade(as_assistant, work, **fields)
    assert answer.status_code == 422
    assert error in text(answer)
    assert fields.get("feedback", "Say **why**.") in answer.content.decode()
    assert not Grade.objects.exists()


def test_two_who_grade_at_once_hear_of_each_other(
    as_assistant: Client, work: Submission, autumn: ClassOf
) -> None:
    teacher = Client()
    teacher.force_login(autumn.teacher.user)
    assert grade(teacher, work, points="20").status_code == 302
    answer = grade(as_assistant, work)
    assert answer.status_code == 409
    assert "Tess Teacher gave 20 of 50 meanwhile. Save again to replace that." in text(answer)
    html = answer.content.decode()
    assert "Say **why**." in html
    assert 'value="40"' in html
    assert 'name="seen_revision" value="1"' in html
    assert Grade.objects.get().score == 20
    assert grade(as_assistant, work, seen_revision="1").status_code == 302
    assert Grade.objects.get().score == 40


def test_handed_in_again_meanwhile(
    as_assistant: Client, work: Submission, essay: Assignment, autumn: ClassOf
) -> None:
    newer = handed_in(essay, autumn.learner, number=2, minutes=30)
    answer = grade(as_assistant, work)
    assert answer.status_code == 409
    assert "This work was handed in again meanwhile" in text(answer)
    html = answer.content.decode()
    assert "Say **why**." in html
    assert f'href="{url(newer)}"' in html
    assert not Grade.objects.exists()
    looked = as_assistant.get(url(work)).content.decode()
    assert "This is not what counts" in looked
    assert "<textarea" not in looked
    assert "One other hand-in of this work" in text(as_assistant.get(url(newer)))


def test_a_rubric_is_a_grid_whose_points_add_up(as_assistant: Client, work: Submission) -> None:
    first, second = rubric_of(work.assignment, (0, 10, 20), (0, 15))
    names = [f"level-{row[0].criterion_id}" for row in (first, second)]
    html = as_assistant.get(url(work)).content.decode()
    assert html.count('type="radio"') == 5
    assert 'name="points"' not in html
    chosen = {names[0]: str(first[2].pk), names[1]: str(second[1].pk)}
    comments = {f"comment-{first[0].criterion_id}": "All of it."}
    assert grade(as_assistant, work, **chosen, **comments).status_code == 302
    kept = Grade.objects.get()
    assert kept.score == Decimal(35)
    assert [mark.comment for mark in kept.marks.order_by("criterion__position")] == [
        "All of it.",
        "",
    ]
    html = as_assistant.get(url(work)).content.decode()
    assert html.count(" checked") == 2
    assert 'value="All of it."' in html


def test_each_criterion_needs_a_level(as_assistant: Client, work: Submission) -> None:
    first, second = rubric_of(work.assignment, (0, 10), (0, 15))
    field = f"level-{first[0].criterion_id}"
    answer = grade(as_assistant, work, **{field: str(second[0].pk)})
    assert answer.status_code == 422
    assert "Criterion 2: Choose a level." in text(answer)
    assert f'href="#id_{field}"' in answer.content.decode()
    assert not Grade.objects.exists()


def test_a_rubric_that_was_changed_meanwhile_counts_once_it_was_seen(
    as_assistant: Client, work: Submission, autumn: ClassOf
) -> None:
    first, second = rubric_of(work.assignment, (0, 10), (0, 15))
    chosen = {f"level-{row[1].criterion_id}": str(row[1].pk) for row in (first, second)}
    chosen[f"comment-{second[1].criterion_id}"] = "Well argued."
    (row, _gone) = typed_rubric(work.assignment)
    seen = digest_of(typed_rubric(work.assignment))
    assert f'name="seen_rubric" value="{seen}"' in as_assistant.get(url(work)).content.decode()
    levels = (row.levels[0], replace(row.levels[1], points="4"))
    by = autumn.owner.user
    save_rubric(assignment=work.assignment, rows=(replace(row, levels=levels),), by=by, now=NOW)
    answer = grade(as_assistant, work, seen_rubric=seen, **chosen)
    assert answer.status_code == 409
    said, html = text(answer), answer.content.decode()
    assert "The rubric has been changed meanwhile." in said
    assert "What you wrote on a criterion that is gone: Well argued." in said
    assert "Say **why**." in html
    assert re.search(f'value="{first[1].pk}" data-points="4.00" checked', html)
    assert not Grade.objects.exists()
    now = digest_of(typed_rubric(work.assignment))
    assert f'name="seen_rubric" value="{now}"' in html
    assert grade(as_assistant, work, seen_rubric=now, **chosen).status_code == 302
    assert Grade.objects.get().score == Decimal(4)


def test_feedback_is_shown_before_it_is_saved(as_assistant: Client, work: Submission) -> None:
    answer = grade(as_assistant, work, preview="yes", points="", feedback="**Why** <script>x")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "<strong>Why</strong> &lt;script&gt;x" in html
    assert "This field is required." not in html
    assert not Grade.objects.exists()


def test_late_days_and_what_they_cost(
    as_assistant: Client, work: Submission, autumn: ClassOf, essay: Assignment
) -> None:
    autumn.cohort.late_percent, autumn.cohort.late_floor = 10, 40
    autumn.cohort.save()
    due = work.submitted_at - timedelta(days=2)
    deadline = DeadlineFactory(cohort=autumn.cohort, assignment=essay, due_at=due)
    said = text(as_assistant.get(url(work)))
    assert "2 days late: 10 of 50 points are taken off a full grade" in said
    grade(as_assistant, work)
    assert "40 points count as 30." in text(as_assistant.get(url(work)))
    Extension.objects.create(
        deadline=deadline,
        membership=autumn.learner,
        due_at=due + timedelta(days=3),
        reason="Ill.",
        given_at=NOW,
    )
    said = text(as_assistant.get(url(work)))
    assert "On time" in said
    assert "late" not in said.lower().replace("related", "").replace("latest", "")


def test_nameless_work_tells_nobody(as_assistant: Client, autumn: ClassOf) -> None:
    essay = assignment_with_points(autumn.cohort, anonymous=True)
    work = handed_in(essay, autumn.learner, minutes=17)
    handed_in(essay, autumn.learner, minutes=3, number=2)
    work.files.create(
        name="chen.pdf", size=1, file="submissions/ab/x", sha256="0" * 64, uploaded_at=NOW
    )
    person = autumn.learner.user
    for answer in (as_assistant.get(url(work)), grade(as_assistant, work)):
        html = answer.content.decode()
        assert label_of(work) in html
        assert "File 1" in html
        for telling in (person.email, person.display_name, "chen.pdf", "09:17", "09:03"):
            assert telling not in html
        assert f"/people/{autumn.learner.pk}/" not in html


def test_after_the_release_names_and_label(as_assistant: Client, autumn: ClassOf) -> None:
    essay = assignment_with_points(autumn.cohort, anonymous=True, released=NOW)
    work = handed_in(essay, autumn.learner)
    said = text(as_assistant.get(url(work)))
    assert f"Yi-Ting Chen Handed in on 19 November 2026 at 09:00 Graded as {label_of(work)}" in said
    assert "The grades are released: the learner sees what you save at once." in said


def test_excused_and_overridden_are_said(
    as_assistant: Client, work: Submission, autumn: ClassOf
) -> None:
    given = {"item": item_of(work.assignment), "membership": autumn.learner, "score": None}
    made = GradeFactory(**given, excused=True, reason="Was <ill>.")
    assert (
        "Excused: Was &lt;ill&gt;. A grade is kept" in as_assistant.get(url(work)).content.decode()
    )
    made.excused, made.override = False, Decimal("12.50")
    made.save()
    assert "The gradebook says 12.5 points" in text(as_assistant.get(url(work)))


def test_without_points_it_is_only_read(as_assistant: Client, work: Submission) -> None:
    item_of(work.assignment).delete()
    assert "This assignment has no points" in text(as_assistant.get(url(work)))
    assert grade(as_assistant, work).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_queries_do_not_grow(
    as_assistant: Client, work: Submission, autumn: ClassOf, number: int
) -> None:
    rubric_of(work.assignment, *[(0, 5)] * (2 if number == 1 else 8))
    for at in range(number):
        handed_in(work.assignment, MembershipFactory(cohort=autumn.cohort), minutes=at)
        handed_in(work.assignment, autumn.learner, number=at + 2)
    newest = Submission.objects.filter(membership=autumn.learner).order_by("number").last()
    GradeFactory(item=item_of(work.assignment), membership=autumn.learner)
    as_assistant.get(url(newest))
    # session, user, member; groups, hand-in; its due date; grade, marks; rubric, levels; files,
    # other hand-ins; five of the walk
    with queries(17):
        as_assistant.get(url(newest))


def test_an_archived_class_is_read_only(
    as_assistant: Client, work: Submission, autumn: ClassOf
) -> None:
    autumn.cohort.archived_at = timezone.now()
    autumn.cohort.save()
    html = as_assistant.get(url(work)).content.decode()
    assert "See &lt;b&gt;this" in html
    assert 'name="feedback"' not in html
    assert grade(as_assistant, work).status_code == 403


def test_others_do_not_know_of_it(client: Client, work: Submission, autumn: ClassOf) -> None:
    def asked(member: Membership) -> tuple[int, int]:
        client.force_login(member.user)
        return client.get(url(work)).status_code, grade(client, work).status_code

    assert asked(autumn.observer) == asked(autumn.learner) == (403, 403)
    assert asked(autumn.left) == asked(autumn.other_teacher) == (404, 404)
    assert not Grade.objects.exists()
    assert not LogEntry.objects.exists()


def test_a_draft_is_nobodys_business(as_assistant: Client, work: Submission) -> None:
    Submission.objects.update(number=0, submitted_at=None)
    assert as_assistant.get(url(work)).status_code == 404


def test_wrong_method(as_assistant: Client, work: Submission) -> None:
    assert as_assistant.put(url(work)).status_code == 405


def test_what_only_looks_like_a_link_is_none(as_assistant: Client, work: Submission) -> None:
    Submission.objects.update(link="https://colab.google@elsewhere.org/")
    html = as_assistant.get(url(work)).content.decode()
    assert "https://colab.google@elsewhere.org/" in html
    assert 'href="https://colab' not in html


def test_the_gradebook_forgets_what_the_class_came_to(
    as_assistant: Client, work: Submission, autumn: ClassOf
) -> None:
    cache.set(key_of(autumn.cohort), "old")
    grade(as_assistant, work)
    assert cache.get(key_of(autumn.cohort)) is None
