from datetime import timedelta
from typing import Any

import pytest

from cohorts.models import Assignment, Submission
from cohorts.work.drafts import NewerError, draft_of, is_empty, save_draft, stamp_of, take_over
from tests.at_once import at_once
from tests.class_factories import NOW, ClassOf, SubmissionFactory

PRESENT = int(NOW.timestamp() * 1000)


def save(autumn: ClassOf, assignment: Assignment, text: str, **more: Any) -> Submission:
    said = {"link": "", "now": NOW} | more
    return save_draft(membership=autumn.learner, assignment=assignment, text=text, **said)


def test_there_is_one_draft(autumn: ClassOf, assignment: Assignment) -> None:
    first = save(autumn, assignment, "One", sequence=PRESENT - 9)
    later = NOW + timedelta(minutes=1)
    second = save(autumn, assignment, "Two", link="https://a.org", sequence=PRESENT, now=later)
    assert second.pk == first.pk
    kept = Submission.objects.get()
    assert (kept.text, kept.link, kept.sequence) == ("Two", "https://a.org", PRESENT)
    assert (kept.number, kept.submitted_at, kept.saved_at) == (0, None, later)


def test_an_older_packet_does_not_win(autumn: ClassOf, assignment: Assignment) -> None:
    save(autumn, assignment, "New", sequence=PRESENT - 1)
    with pytest.raises(NewerError) as newer:
        save(autumn, assignment, "Old", sequence=PRESENT - 2)
    assert (newer.value.sequence, newer.value.draft.text) == (PRESENT - 1, "New")
    assert Submission.objects.get().text == "New"


def test_sent_twice_is_kept_once(autumn: ClassOf, assignment: Assignment) -> None:
    save(autumn, assignment, "Same", sequence=PRESENT - 1)
    again = save(autumn, assignment, "Same", sequence=PRESENT - 1, now=NOW + timedelta(hours=1))
    assert (again.saved_at, again.sequence) == (NOW, PRESENT - 1)


def test_a_clock_that_is_ahead_does_not_block_others(
    autumn: ClassOf, assignment: Assignment
) -> None:
    assert save(autumn, assignment, "Ahead", sequence=PRESENT * 2).sequence == PRESENT
    later = NOW + timedelta(seconds=1)
    assert save(autumn, assignment, "After", sequence=PRESENT + 999, now=later).text == "After"


def test_without_a_sequence_the_later_arrival_counts(
    autumn: ClassOf, assignment: Assignment
) -> None:
    assert save(autumn, assignment, "One").sequence == PRESENT
    assert save(autumn, assignment, "Two").sequence == PRESENT + 1


def test_another_window_is_not_written_over(autumn: ClassOf, assignment: Assignment) -> None:
    save(autumn, assignment, "Phone", sequence=PRESENT - 5)
    with pytest.raises(NewerError) as newer:
        save(autumn, assignment, "Laptop", sequence=PRESENT - 1, seen=0)
    assert newer.value.sequence == PRESENT - 5
    taken = save(autumn, assignment, "Laptop", sequence=PRESENT - 1, seen=newer.value.sequence)
    assert taken.text == "Laptop"


def test_what_was_sent_before_handing_in_is_no_new_draft(
    autumn: ClassOf, assignment: Assignment
) -> None:
    SubmissionFactory(assignment=assignment, membership=autumn.learner, sequence=PRESENT - 1)
    with pytest.raises(NewerError) as newer:
        save(autumn, assignment, "Old", sequence=PRESENT - 2)
    assert newer.value.draft is None
    assert draft_of(autumn.learner, assignment) is None


def test_a_draft_is_its_learners_alone(autumn: ClassOf, assignment: Assignment) -> None:
    save(autumn, assignment, "Mine")
    assert draft_of(autumn.left, assignment) is None


def test_take_over(autumn: ClassOf, assignment: Assignment) -> None:
    assert take_over(membership=autumn.learner, assignment=assignment, now=NOW) is None
    for number in (1, 2):
        handed = {"number": number, "text": f"No. {number}", "sequence": number}
        SubmissionFactory(assignment=assignment, membership=autumn.learner, **handed)
    draft = take_over(membership=autumn.learner, assignment=assignment, now=NOW)
    assert draft is not None
    assert (draft.text, draft.number, draft.sequence) == ("No. 2", 0, PRESENT)
    save(autumn, assignment, "Mine", now=NOW + timedelta(hours=1))
    take_over(membership=autumn.learner, assignment=assignment, now=NOW)
    assert Submission.objects.drafts().get().text == "Mine"


def test_a_stamp_changes_with_the_draft(autumn: ClassOf, assignment: Assignment) -> None:
    draft = save(autumn, assignment, " ")
    before = stamp_of(draft)
    assert is_empty(draft)
    draft = save(autumn, assignment, "x")
    assert not is_empty(draft)
    assert stamp_of(draft) not in {before, ""}
    assert stamp_of(draft) == stamp_of(Submission.objects.get())


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once(autumn: ClassOf, assignment: Assignment) -> None:
    """One draft, with the newest text, whichever comes first."""
    calls = [
        lambda sequence=sequence: save(autumn, assignment, f"{sequence}", sequence=sequence)
        for sequence in (5, 9, 7, 8)
    ]
    at_once(*calls, expected=(NewerError,))
    kept = Submission.objects.get()
    assert (kept.text, kept.sequence) == ("9", 9)
