"""What a handed-in file is called, and for whom."""

from cohorts.files import extension_of
from cohorts.grading.anonymous import hides_names
from cohorts.models import GradeItem, Membership, SubmissionFile

LETTERS = 8


def name_for(member: Membership, file: SubmissionFile) -> str:
    """As its learner typed it; to graders who may not know whose it is, a name of ours, since
    people write their own into names of files.

    No query, where the file came with its submission, its assignment and the grade item.
    """
    if file.submission.membership_id == member.pk:
        return file.name
    return name_for_graders(file)


def name_for_graders(file: SubmissionFile) -> str:
    assignment = file.submission.assignment
    item: GradeItem | None = getattr(assignment, "grade_item", None)
    # What is in no gradebook is never released: its names stay hidden.
    hidden = assignment.anonymous if item is None else hides_names(item)
    return nameless(file) if hidden else file.name


def nameless(file: SubmissionFile) -> str:
    return f"file-{file.pk.hex[:LETTERS]}.{extension_of(file.name)}"
