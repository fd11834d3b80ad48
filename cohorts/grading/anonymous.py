"""Work that is graded without names: from whom it is kept, and what stands there instead."""

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from cohorts.models import Assignment, GradeItem, Submission

LETTERS = 6


def hides_names(item: GradeItem | None) -> bool:
    """Whether nobody may be told yet whose work for `item` is whose; graders neither.

    No query, where the item was fetched with its assignment.
    """
    if item is None or item.assignment is None:
        return False
    return item.assignment.anonymous and item.released_at is None


def hides_work(assignment: Assignment) -> bool:
    """Whether nobody may be told yet whose hand-ins are whose. What is in no gradebook is never
    released, so that taking it out for a moment tells nobody's name.

    No query, where the assignment came with its grade item.
    """
    item: GradeItem | None = getattr(assignment, "grade_item", None)
    return assignment.anonymous if item is None else hides_names(item)


def label_of(submission: Submission) -> str:
    """The same for all that one learner hands in for one assignment, and found by nobody without
    the key of the site. It stands in the log until and after the grades are released."""
    whose = f"{submission.assignment_id}:{submission.membership_id}"
    digest = salted_hmac("cohorts.grading.anonymous", whose).hexdigest()
    return _("Learner %s") % digest[:LETTERS]
