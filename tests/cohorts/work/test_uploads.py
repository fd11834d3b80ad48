from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from cohorts.files import FileError
from cohorts.models import Assignment, Submission, SubmissionFile
from cohorts.work import uploads
from cohorts.work.drafts import stamp_of, take_over
from cohorts.work.storage import delete_orphans
from cohorts.work.uploads import add_file, add_files, remove_file
from tests.at_once import at_once
from tests.class_factories import NOW, ClassOf


def upload(name: str = "a.py", content: bytes = b"print(1)\n") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/html")


def add(autumn: ClassOf, assignment: Assignment, *files: SimpleUploadedFile) -> list[str]:
    said: dict[str, Any] = {"membership": autumn.learner, "assignment": assignment}
    return add_files(**said, uploads=files or [upload()], now=NOW)


def test_a_file_is_kept_under_a_name_of_ours(autumn: ClassOf, assignment: Assignment) -> None:
    assert add(autumn, assignment, upload("../Wörk.PY")) == []
    file = SubmissionFile.objects.get()
    assert (file.name, file.size, file.sha256[:8]) == ("Wörk.py", 9, "cc421550")
    assert file.submission.submitted_at is None
    assert file.file.name.startswith("submissions/")
    assert "rk" not in Path(file.file.name).suffix
    with default_storage.open(file.file.name) as stored:
        assert stored.read() == b"print(1)\n"


def test_what_is_not_taken_is_said(autumn: ClassOf, assignment: Assignment) -> None:
    errors = add(autumn, assignment, upload("a.html"), upload("b.py"), upload("c.png"))
    assert [error[:25] for error in errors] == [
        "a.html is not taken. Choo",
        "c.png is no png file insi",
    ]
    assert SubmissionFile.objects.get().name == "b.py"


def test_only_chosen_types(autumn: ClassOf, assignment: Assignment) -> None:
    assignment.file_types = "pdf gone"
    assert uploads.types_of(assignment) == {"pdf"}
    assert add(autumn, assignment) == ["a.py is not taken. Choose one of: pdf."]
    assert not Submission.objects.exists()


def test_number_and_total(
    autumn: ClassOf, assignment: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    assignment.most_files = 2
    said = add(autumn, assignment, *[upload(f"{name}.py") for name in "abc"])
    assert said == ["c.py is one file too many: 2 are taken. Remove another first."]
    monkeypatch.setattr(uploads, "MOST_MEGABYTES", 0)
    assert add(autumn, assignment, upload("a.py"))[0].startswith("With a.py, your files would")
    assert SubmissionFile.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_name_replaces(autumn: ClassOf, assignment: Assignment) -> None:
    assignment.most_files = 1
    add(autumn, assignment)
    old = SubmissionFile.objects.get()
    before = stamp_of(old.submission)
    assert add(autumn, assignment, upload(content=b"2")) == []
    new = SubmissionFile.objects.get()
    assert (new.size, new.pk == old.pk) == (1, False)
    assert stamp_of(new.submission) != before
    assert not default_storage.exists(old.file.name)


@pytest.mark.django_db(transaction=True)
def test_remove(autumn: ClassOf, assignment: Assignment) -> None:
    add(autumn, assignment)
    file = SubmissionFile.objects.get()
    said: dict[str, Any] = {"assignment": assignment, "file": file.pk, "now": NOW}
    remove_file(membership=autumn.left, **said)
    assert SubmissionFile.objects.count() == 1
    for _ in range(2):
        remove_file(membership=autumn.learner, **said)
    assert not SubmissionFile.objects.exists()
    assert not default_storage.exists(file.file.name)


def test_what_was_handed_in_stays(autumn: ClassOf, assignment: Assignment) -> None:
    add(autumn, assignment)
    Submission.objects.update(submitted_at=NOW, number=1)
    file = SubmissionFile.objects.get().pk
    remove_file(membership=autumn.learner, assignment=assignment, file=file, now=NOW)
    assert SubmissionFile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_file_taken_over_is_shared_until_the_last_is_gone(
    autumn: ClassOf, assignment: Assignment
) -> None:
    add(autumn, assignment)
    Submission.objects.update(submitted_at=NOW, number=1)
    draft = take_over(membership=autumn.learner, assignment=assignment, now=NOW)
    assert draft is not None
    mine, name = draft.files.get(), draft.files.get().file.name
    assert list(SubmissionFile.objects.values_list("file", flat=True)) == [name, name]
    mine.delete()
    assert default_storage.exists(name)
    User.objects.get(pk=autumn.learner.user_id).delete()
    assert not SubmissionFile.objects.exists()
    assert not default_storage.exists(name)


def test_orphans_go_after_a_day(
    autumn: ClassOf, assignment: Assignment, settings: LazySettings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    assert delete_orphans(NOW) == 0
    add(autumn, assignment)
    kept = SubmissionFile.objects.get().file.name
    folder = Path(settings.MEDIA_ROOT) / kept
    (folder.parent / "orphan").write_bytes(b"x")
    written = default_storage.get_modified_time(kept)
    assert delete_orphans(written + timedelta(hours=23)) == 0
    assert delete_orphans(written + timedelta(hours=25)) == 1
    assert [one.name for one in folder.parent.iterdir()] == [folder.name]


@pytest.mark.django_db(transaction=True)
def test_several_at_once_are_counted(autumn: ClassOf, assignment: Assignment) -> None:
    assignment.most_files = 2
    said: dict[str, Any] = {"membership": autumn.learner, "assignment": assignment, "now": NOW}
    calls = [lambda name=name: add_file(**said, upload=upload(f"{name}.py")) for name in "abcd"]
    made = at_once(*calls, expected=(FileError,))
    assert sum(isinstance(one, FileError) for one in made) == 2
    assert Submission.objects.get().files.count() == 2
