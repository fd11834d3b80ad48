from datetime import timedelta
from typing import Any

import pytest

from cohorts.models import Assignment, Cohort, Deadline, Extension, Submission
from cohorts.work.drafts import NewerError, draft_of, save_draft, stamp_of
from cohorts.work.handing_in import MOST, RefusedError, hand_in
from tests.at_once import at_once
from tests.class_factories import NOW, ClassOf, SubmissionFactory

DUE = NOW + timedelta(days=7)


def written(autumn: ClassOf, assignment: Assignment, text: str = "Work") -> Submission:
    return save_draft(membership=autumn.learner, assignment=assignment, text=text, link="", now=NOW)


def handed(autumn: ClassOf, draft: Submission, **more: Any) -> Submission:
    said = {"stamp": stamp_of(draft), "now": NOW} | more
    assignment = Assignment.objects.get(pk=draft.assignment_id)
    autumn.learner.cohort.refresh_from_db()
    return hand_in(membership=autumn.learner, assignment=assignment, draft=draft.pk, **said)


def test_the_draft_becomes_the_hand_in(autumn: ClassOf, assignment: Assignment) -> None:
    draft = written(autumn, assignment)
    one = handed(autumn, draft)
    assert (one.pk, one.number, one.submitted_at, one.text) == (draft.pk, 1, NOW, "Work")
    assert one.sequence == draft.sequence + 1
    assert draft_of(autumn.learner, assignment) is None


def test_twice_gives_one(autumn: ClassOf, assignment: Assignment) -> None:
    draft = written(autumn, assignment)
    handed(autumn, draft)
    again = handed(autumn, draft, now=NOW + timedelta(days=30), stamp="")
    assert (again.number, again.submitted_at) == (1, NOW)


def test_each_is_kept_with_its_number(autumn: ClassOf, assignment: Assignment) -> None:
    handed(autumn, written(autumn, assignment, "First"))
    handed(autumn, written(autumn, assignment, "Second"))
    found = Submission.objects.order_by("number").values_list("number", "text")
    assert list(found) == [(1, "First"), (2, "Second")]


def test_what_the_learner_has_not_seen_is_not_handed_in(
    autumn: ClassOf, assignment: Assignment
) -> None:
    draft = written(autumn, assignment)
    written(autumn, assignment, "Changed on the phone")
    with pytest.raises(NewerError):
        handed(autumn, draft)
    assert Submission.objects.get().submitted_at is None


@pytest.mark.parametrize(
    ("policy", "after", "taken"),
    [
        ({"late_cutoff": 0}, timedelta(0), True),
        ({"late_cutoff": 0}, timedelta(seconds=1), False),
        ({"late_cutoff": 2}, timedelta(days=2), True),
        ({"late_cutoff": 2}, timedelta(days=2, seconds=1), False),
        ({}, timedelta(days=100), True),
    ],
)
def test_until_the_cut_off(
    autumn: ClassOf, assignment: Assignment, policy: dict[str, int], after: timedelta, taken: bool
) -> None:
    Cohort.objects.filter(pk=autumn.cohort.pk).update(**policy)
    draft = written(autumn, assignment)
    if taken:
        assert handed(autumn, draft, now=DUE + after).number == 1
        return
    with pytest.raises(RefusedError, match=r"^Nothing is accepted any more\.$"):
        handed(autumn, draft, now=DUE + after)
    kept = Submission.objects.get()
    assert (kept.text, kept.submitted_at) == ("Work", None)


def test_an_extension_moves_the_cut_off(autumn: ClassOf, assignment: Assignment) -> None:
    Cohort.objects.filter(pk=autumn.cohort.pk).update(late_cutoff=0)
    more = {"membership": autumn.learner, "reason": "Ill.", "given_at": NOW}
    later = DUE + timedelta(days=3)
    Extension.objects.create(deadline=assignment.deadline, due_at=later, **more)
    assert handed(autumn, written(autumn, assignment), now=later).number == 1


def test_not_before_it_opens(autumn: ClassOf, assignment: Assignment) -> None:
    Deadline.objects.update(opens_at=NOW + timedelta(hours=1))
    with pytest.raises(RefusedError, match="has not opened yet"):
        handed(autumn, written(autumn, assignment))


def test_once_only(autumn: ClassOf, assignment: Assignment) -> None:
    Assignment.objects.update(resubmission=False)
    handed(autumn, written(autumn, assignment))
    with pytest.raises(RefusedError, match="once only"):
        handed(autumn, written(autumn, assignment, "Again"))
    assert Submission.objects.drafts().get().text == "Again"


def test_not_without_end(autumn: ClassOf, assignment: Assignment) -> None:
    SubmissionFactory(assignment=assignment, membership=autumn.learner, number=MOST)
    with pytest.raises(RefusedError, match="50 times"):
        handed(autumn, written(autumn, assignment))


@pytest.mark.parametrize(
    ("takes", "text", "link", "said"),
    [
        ({}, " \n", "", "nothing in your draft"),
        ({"takes_text": False}, "x", "", "No text is taken"),
        ({"takes_link": False}, "", "https://a.org", "No link is taken"),
        ({}, "", "javascript:alert(1)", "no address of a web page"),
    ],
)
def test_what_is_no_hand_in(
    autumn: ClassOf, assignment: Assignment, takes: dict[str, bool], text: str, link: str, said: str
) -> None:
    Assignment.objects.update(**takes) if takes else None
    draft = written(autumn, assignment, text)
    Submission.objects.update(link=link)
    with pytest.raises(RefusedError, match=said):
        handed(autumn, draft)
    assert Submission.objects.get().submitted_at is None


def test_another_learners_draft_is_not_there(autumn: ClassOf, assignment: Assignment) -> None:
    draft = written(autumn, assignment)
    Submission.objects.update(membership=autumn.left)
    with pytest.raises(Submission.DoesNotExist):
        handed(autumn, draft)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_hands_in_once(autumn: ClassOf, assignment: Assignment) -> None:
    draft = written(autumn, assignment)
    stamp = stamp_of(draft)
    said = {"membership": autumn.learner, "assignment": assignment, "draft": draft.pk}
    made = at_once(*[lambda: hand_in(**said, stamp=stamp, now=NOW)] * 4)
    assert {(one.pk, one.number) for one in made} == {(draft.pk, 1)}
    assert Submission.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_typing_while_handing_in_loses_nothing(autumn: ClassOf, assignment: Assignment) -> None:
    """Whichever is first: the newer text is a draft, handed in, or asked about."""
    draft = written(autumn, assignment)
    stamp = stamp_of(draft)
    later = NOW + timedelta(seconds=1)
    said = {"membership": autumn.learner, "assignment": assignment, "now": later}
    at_once(
        lambda: hand_in(**said, draft=draft.pk, stamp=stamp),
        lambda: save_draft(**said, text="Newer", link=""),
        expected=(NewerError,),
    )
    assert Submission.objects.drafts().get().text == "Newer"
    assert list(Submission.objects.handed_in().values_list("text", flat=True)) in ([], ["Work"])
