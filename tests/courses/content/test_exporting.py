"""Exporting a course by the command that operators use."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from courses.models import Concept, CourseFile, Lesson, Reference, Status
from tests.courses.content.test_loading import LESSON, change, folder, load
from tests.courses.content.test_round_trip import contents

pytestmark = pytest.mark.django_db
__all__ = ["folder"]

BY_HAND = (
    b"\xef\xbb\xbf# Written by hand.\r\n"
    + (LESSON % "'Second'   # in quotes").replace("\n", "\r\n").encode()
    + b"\r\n\r\n# The end"
)


def export(folder: Path, **options: Any) -> None:
    call_command("export_course", folder, course="small", verbosity=0, **options)


def lines_changed(before: bytes, after: bytes) -> list[str]:
    old, new = before.decode().splitlines(), after.decode().splitlines()
    return [line for line in new if line not in old] + [line for line in old if line not in new]


def test_a_loaded_course_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    (folder / "one/second.yaml").write_bytes(BY_HAND)
    load(folder)
    export(tmp_path / "out")
    assert contents(tmp_path / "out") == {
        name: raw for name, raw in contents(folder).items() if not name.startswith("out/")
    }


def test_what_was_written_by_hand_stays_while_others_are_edited(folder: Path) -> None:
    (folder / "one/second.yaml").write_bytes(BY_HAND)
    load(folder)
    Lesson.objects.filter(slug="first").update(title="Edited")
    export(folder)
    assert (folder / "one/second.yaml").read_bytes() == BY_HAND
    assert (folder / "one/first.yaml").read_text().startswith('title: "Edited"\n')


def test_a_word_changed_here_is_a_line_changed_in_the_file(folder: Path) -> None:
    load(folder)
    CourseFile.objects.all().delete()
    export(folder, overwrite=True)
    before = (folder / "one/first.yaml").read_bytes()
    Concept.objects.filter(lesson__slug="first", slug="idea").update(body="A better body.\n")
    export(folder)
    after = (folder / "one/first.yaml").read_bytes()
    assert lines_changed(before, after) == ["    A better body.", "    A body."]


def test_what_was_exported_is_not_loaded_again(folder: Path) -> None:
    load(folder)
    Lesson.objects.filter(slug="first").update(title="Edited")
    export(folder)
    load(folder)
    Reference.objects.filter(lesson__slug="first").update(note="Edited since.")
    change(folder, "one/second.yaml", "A body.", "A better body.")
    load(folder)
    assert Lesson.objects.get(slug="first").title == "Edited"
    assert Reference.objects.get(lesson__slug="first").note == "Edited since."


def test_files_of_lessons_that_are_gone_are_removed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(folder)
    Lesson.objects.filter(slug="second").update(status=Status.ARCHIVED)
    export(folder)
    assert "status: archived\n" in (folder / "one/second.yaml").read_text()
    Lesson.objects.get(slug="second").track.lessons.update(status=Status.DRAFT)
    track = Lesson.objects.get(slug="second").track
    track.archived = True
    track.save()
    call_command("export_course", folder, course="small")
    assert sorted(contents(folder)) == ["course.yaml", "notebooks.yaml"]
    assert capsys.readouterr().out == (
        "  course.yaml: written\n"
        "  notebooks.yaml: written\n"
        "  one/first.yaml: removed\n"
        "  one/second.yaml: removed\n"
        "2 files written, 0 unchanged, 2 removed.\n"
    )


def test_check_writes_nothing_and_fails_where_something_would_change(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(folder)
    call_command("export_course", folder, course="small", check=True)
    assert capsys.readouterr().out == (
        "0 files would be written, 4 unchanged, 0 would be removed.\n"
    )
    before = contents(folder)
    Lesson.objects.filter(slug="first").update(title="Edited")
    with pytest.raises(SystemExit) as stopped:
        call_command("export_course", folder, course="small", check=True)
    assert stopped.value.code == 1
    assert capsys.readouterr().out.splitlines() == [
        "  one/first.yaml: would be written",
        "1 files would be written, 3 unchanged, 0 would be removed.",
    ]
    assert contents(folder) == before


def test_a_folder_of_something_else_is_refused(folder: Path, tmp_path: Path) -> None:
    load(folder)
    other = tmp_path / "other"
    other.mkdir()
    (other / "notes.txt").write_text("Mine.")
    with pytest.raises(CommandError, match="has other things in it than the course “small”"):
        export(other)
    (other / "course.yaml").write_text("slug: large")
    with pytest.raises(CommandError, match="has other things in it"):
        export(other)
    with pytest.raises(CommandError, match=r"is a file\. Name a folder\."):
        export(other / "notes.txt")
    assert sorted(contents(other)) == ["course.yaml", "notes.txt"]


def test_nothing_is_written_where_a_link_leads(folder: Path, tmp_path: Path) -> None:
    load(folder)
    [lesson, *_others] = sorted(folder.glob("*/*.yaml"))
    elsewhere = tmp_path / "elsewhere"
    lesson.parent.rename(elsewhere)
    lesson.parent.symlink_to(elsewhere)
    before = contents(elsewhere)
    Lesson.objects.update(title="Another")
    with pytest.raises(CommandError, match="is a link to another folder"):
        export(folder, overwrite=True)
    assert contents(elsewhere) == before
    (tmp_path / "nowhere").symlink_to(tmp_path / "missing" / "one")
    with pytest.raises(CommandError, match="a link that leads nowhere"):
        export(tmp_path / "nowhere")


def test_a_file_and_a_folder_in_each_others_place_are_named(folder: Path) -> None:
    load(folder)
    [lesson, *_others] = sorted(folder.glob("*/*.yaml"))
    text = lesson.read_bytes()
    lesson.unlink()
    lesson.mkdir()
    with pytest.raises(CommandError, match="a file is needed there"):
        export(folder, overwrite=True)
    lesson.rmdir()
    track = lesson.parent
    for file in track.iterdir():
        file.unlink()
    track.rmdir()
    track.write_bytes(text)
    with pytest.raises(CommandError, match="a folder is needed there"):
        export(folder, overwrite=True)


def test_changes_that_were_never_loaded_are_not_written_over(folder: Path) -> None:
    load(folder)
    Lesson.objects.filter(slug="first").update(title="Edited")
    change(folder, "one/first.yaml", "A body.", "A better body.")
    (folder / "one/third.yaml").write_text(LESSON % "Third")
    with pytest.raises(CommandError) as caught:
        export(folder)
    assert str(caught.value) == (
        "These files have changes that were never loaded:\n"
        "  one/first.yaml\n"
        "  one/third.yaml\n"
        "Load them first, or write over them with --overwrite."
    )
    export(folder, overwrite=True)
    assert sorted(contents(folder)) == [
        "course.yaml",
        "notebooks.yaml",
        "one/first.yaml",
        "one/second.yaml",
    ]


def test_a_crash_leaves_whole_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(folder)
    before = contents(folder)
    Lesson.objects.update(title="Edited")
    replaced = []

    def full(source: Path, target: Path) -> None:
        if replaced:
            raise OSError("No space left on device")
        replaced.append(target.relative_to(folder).as_posix())
        target.write_bytes(source.read_bytes())

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        export(folder)
    after = contents(folder)
    assert [name for name in before if after[name] != before[name]] == replaced
    assert sorted(after) == sorted(before)
    assert list(folder.parent.glob(f".{folder.name}-*")) == []
    monkeypatch.undo()
    export(folder)
    load(folder)
    assert set(Lesson.objects.values_list("title", flat=True)) == {"Edited"}


def test_no_such_course(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no course “small”"):
        export(tmp_path)


def test_what_could_not_be_loaded_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(folder)
    Reference.objects.filter(lesson__slug="first").update(url="ftp://example.org/a")
    call_command("export_course", folder, course="small")
    assert capsys.readouterr().err == (
        "load_course would refuse one/first.yaml: references[1].url: is not an address that "
        "starts with http or https.\n"
    )
