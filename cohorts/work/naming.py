"""What a handed-in file is called, and for whom."""

from cohorts.files import extension_of
from cohorts.grading.anonymous import hides_work
from cohorts.models import Membership, SubmissionFile

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
    return nameless(file) if hides_work(file.submission.assignment) else file.name


def nameless(file: SubmissionFile) -> str:
    return f"file-{file.pk.hex[:LETTERS]}.{extension_of(file.name)}"
