"""Files that learners have handed in, or are about to."""

from django.core.files.base import ContentFile

from cohorts.models import Submission, SubmissionFile
from tests.class_factories import NOW


def file_of(
    submission: Submission, name: str = "main.py", content: bytes = b"print(1)\n"
) -> SubmissionFile:
    file = SubmissionFile(submission=submission, name=name, size=len(content), uploaded_at=NOW)
    file.file.save(name, ContentFile(content), save=False)
    file.save(force_insert=True)
    return file
