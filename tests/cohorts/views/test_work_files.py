"""Files go to their learner and to who grades, as downloads alone."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from cohorts.models import Assignment, Membership, Submission
from cohorts.work.naming import nameless
from tests.class_factories import ClassOf, MembershipFactory, SubmissionFactory, UserFactory
from tests.cohorts.work.handed import file_of


def as_(member: Membership) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


@pytest.fixture
def work(autumn: ClassOf, assignment: Assignment) -> Submission:
    found: Submission = SubmissionFactory(assignment=assignment, membership=autumn.learner)
    return found


def address(file: object) -> str:
    return f"/cohorts/autumn/files/{file}/"


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("Grüße <b>.py", "text/plain; charset=utf-8"),
        ("a.pdf", "application/pdf"),
        ("page.html", "application/octet-stream"),
        ("a.ipynb", "text/plain; charset=utf-8"),
    ],
)
def test_a_download_that_runs_nothing(
    autumn: ClassOf, work: Submission, name: str, content_type: str
) -> None:
    answer = as_(autumn.learner).get(address(file_of(work, name, b"<script>").pk))
    assert b"".join(answer) == b"<script>"
    assert answer["Content-Type"] == content_type
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"


def test_names_in_headers(autumn: ClassOf, work: Submission) -> None:
    answer = as_(autumn.learner).get(address(file_of(work, 'Grü"ße.py').pk))
    said = "attachment; filename*=utf-8''Gr%C3%BC%22%C3%9Fe.py"
    assert (b"".join(answer), answer["Content-Disposition"]) == (b"print(1)\n", said)


def test_a_draft_is_for_its_learner_alone(autumn: ClassOf, assignment: Assignment) -> None:
    draft = SubmissionFactory(
        assignment=assignment, membership=autumn.learner, number=0, submitted_at=None
    )
    url = address(file_of(draft).pk)
    assert b"".join(as_(autumn.learner).get(url)) == b"print(1)\n"
    assert as_(autumn.owner).get(url).status_code == 404


def test_another_learner_gets_nothing(autumn: ClassOf, work: Submission) -> None:
    url = address(file_of(work).pk)
    other = MembershipFactory(cohort=autumn.cohort, user=UserFactory())
    assert as_(other).get(url).status_code == 404
    elsewhere = url.replace("autumn", "other")
    assert as_(autumn.other_teacher).get(elsewhere).status_code == 404
    MembershipFactory(cohort=autumn.other, user=autumn.learner.user)
    assert as_(autumn.learner).get(elsewhere).status_code == 404


def test_graders_without_names_get_a_name_of_ours(autumn: ClassOf, work: Submission) -> None:
    Assignment.objects.update(anonymous=True)
    file = file_of(work, "Yi-Ting Chen.py")
    told = as_(autumn.assistant).get(address(file.pk))
    assert (b"".join(told), told["Content-Disposition"]) == (
        b"print(1)\n",
        f'attachment; filename="{nameless(file)}"',
    )
    own = as_(autumn.learner).get(address(file.pk))
    assert (b"".join(own), "Yi-Ting" in own["Content-Disposition"]) == (b"print(1)\n", True)


def test_what_the_storage_has_lost(autumn: ClassOf, work: Submission) -> None:
    file = file_of(work)
    default_storage.delete(file.file.name or "")
    assert as_(autumn.learner).get(address(file.pk)).status_code == 404
    assert "essay/text.txt" not in zipped(autumn, work.assignment)


def zipped(autumn: ClassOf, assignment: Assignment) -> dict[str, bytes]:
    answer = as_(autumn.assistant).get(f"/cohorts/autumn/assignments/{assignment.pk}/hand-ins.zip")
    assert answer["Content-Disposition"] == 'attachment; filename="autumn-essay.zip"'
    with ZipFile(BytesIO(b"".join(answer))) as archive:
        assert archive.testzip() is None
        return {one.filename: archive.read(one) for one in archive.infolist()}


def test_all_in_one_archive(autumn: ClassOf, work: Submission) -> None:
    file_of(work, "main.py")
    file_of(work, "text.txt", b"mine")
    twin = MembershipFactory(cohort=autumn.cohort, listed_as="yi-ting  chen/..")
    newest = {"number": 2, "text": "", "link": "https://a.org"}
    SubmissionFactory(assignment=work.assignment, membership=twin)
    SubmissionFactory(assignment=work.assignment, membership=twin, **newest)
    SubmissionFactory(assignment=work.assignment, membership=autumn.left)
    assert zipped(autumn, work.assignment) == {
        "Yi-Ting Chen/text.txt": b"My work.",
        "Yi-Ting Chen/main.py": b"print(1)\n",
        "Yi-Ting Chen/text (2).txt": b"mine",
        "file/link.txt": b"https://a.org",
    }


def test_an_archive_without_names(autumn: ClassOf, work: Submission) -> None:
    Assignment.objects.update(anonymous=True)
    work.assignment.anonymous = True
    file = file_of(work, "Yi-Ting Chen.py")
    found = zipped(autumn, work.assignment)
    folders = {name.split("/")[0] for name in found}
    assert len(folders) == 1
    assert folders.pop().startswith("Learner ")
    assert {name.split("/")[1] for name in found} == {"text.txt", nameless(file)}


def test_an_archive_of_nothing(autumn: ClassOf, assignment: Assignment) -> None:
    assert zipped(autumn, assignment) == {}
