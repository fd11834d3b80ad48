"""READMEs into the database, and later versions of them over what editors did."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from courses.content.documents import documents_of
from courses.editor.desk import desk_of
from courses.models import (
    Concept,
    Course,
    Lesson,
    LessonDraft,
    Need,
    Notebook,
    Reference,
    Revision,
    Status,
)
from courses.readme.plans import Options
from courses.readme.writing import ChangedError, carry_out, plan, write
from tests.courses.readme.samples import WEATHER

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
WEATHER_COURSE = Options(filename="README.md", slug="weather")
PRESSURE = "basics/air-pressure.yaml"


def imported(text: str = WEATHER, **options: Any) -> Any:
    chosen = Options(filename="README.md", slug="weather", **options)
    return write(text.encode(), chosen, by=None, now=NOW)


def lesson(slug: str) -> Lesson:
    return Lesson.objects.get(track__course__slug="weather", slug=slug)


def concept(slug: str) -> Concept:
    return Concept.objects.get(lesson__track__course__slug="weather", slug=slug)


def course() -> Course:
    return Course.objects.get(slug="weather")


def edited(slug: str, **fields: Any) -> None:
    Concept.objects.filter(pk=concept(slug).pk).update(**fields)


def test_a_new_course_of_drafts() -> None:
    planned = imported()
    assert {one.status for one in Lesson.objects.all()} == {Status.DRAFT}
    found = documents_of(course())
    assert {name: found[name] for name in planned.files} == planned.files
    assert found[PRESSURE]["concepts"][0]["name"] == "Barometer"
    revisions = Revision.objects.filter(course=course())
    assert {(one.source, one.note) for one in revisions} == {("readme", "README.md")}


def test_publish_gives_a_new_course_to_readers() -> None:
    imported(publish=True)
    assert {one.status for one in Lesson.objects.all()} == {Status.PUBLISHED}


def test_drafts_of_an_earlier_import_can_be_published_later() -> None:
    imported()
    planned = imported(publish=True)
    assert planned.published == ("basics/air-pressure", "basics/water-h2o", "the-forecaster/models")
    assert {one.status for one in Lesson.objects.all()} == {Status.PUBLISHED}


def test_the_same_readme_again_changes_nothing() -> None:
    imported()
    revisions = Revision.objects.count()
    planned = imported()
    assert planned.changes_nothing
    assert Revision.objects.count() == revisions


def test_what_the_readme_did_not_change_stays_the_editors() -> None:
    imported()
    edited("barometer", body="Ours\n", claim="I could", name="The barometer")
    Need.objects.create(concept=concept("dew"), needed=concept("barometer"))
    Lesson.objects.update(outcomes=["Read it"], exercise_task="Do.\n", exercise_answer="So.\n")
    Reference.objects.update(level="advanced")
    planned = imported(WEATHER.replace("Water on grass", "Water on the grass"))
    assert planned.conflicts == ()
    kept = (
        Lesson.objects.order_by()
        .values_list("outcomes", "exercise_task", "exercise_answer")
        .distinct()
    )
    assert list(kept) == [(["Read it"], "Do.\n", "So.\n")]
    assert Need.objects.get().needed == concept("barometer")
    assert set(Reference.objects.values_list("level", flat=True)) == {"advanced"}
    assert (concept("barometer").body, concept("barometer").claim) == ("Ours\n", "I could")
    assert concept("dew").body == "Water on the grass.\n"


@pytest.mark.parametrize(("take", "body"), [(False, "Ours\n"), (True, "Water, new.\n")])
def test_what_both_changed_is_told_and_stays_unless_told(take: bool, body: str) -> None:
    imported()
    edited("dew", body="Ours\n")
    planned = imported(WEATHER.replace("Water on grass", "Water, new"), take=take)
    assert [one.conflict.path for one in planned.conflicts] == [("concepts", "dew", "body")]
    assert concept("dew").body == body
    again = imported(WEATHER.replace("Water on grass", "Water, new"))
    assert again.changes_nothing


def test_what_left_the_readme_is_archived() -> None:
    imported()
    start = WEATHER.index("### 2. Water")
    shorter = WEATHER[:start] + WEATHER[WEATHER.index("</details>") :]
    shorter = shorter.replace("- **[Front](https://example.org/front)** moves with the wind.\n", "")
    shorter = "\n".join(line for line in shorter.split("\n") if "Wind rose" not in line)
    planned = imported(shorter)
    assert planned.archived == ("basics/water-h2o",)
    assert lesson("water-h2o").status == Status.ARCHIVED
    assert concept("front").archived
    assert Notebook.objects.get(slug="wind-rose").archived
    back = imported()
    assert back.new == {"basics/water-h2o"}
    assert lesson("water-h2o").status == Status.DRAFT
    assert not concept("front").archived


def test_a_lesson_that_left_stays_where_an_editor_changed_it() -> None:
    imported()
    edited("dew", body="Ours\n")
    start = WEATHER.index("### 2. Water")
    planned = imported(WEATHER[:start] + WEATHER[WEATHER.index("</details>") :])
    assert planned.archived == ()
    assert [one.file for one in planned.conflicts] == ["basics/water-h2o.yaml"]
    assert lesson("water-h2o").status == Status.DRAFT


def test_what_an_editor_archived_stays_so() -> None:
    imported()
    Lesson.objects.filter(slug="models").update(status=Status.ARCHIVED)
    planned = imported(WEATHER.replace("Text behind", "More text behind"))
    assert planned.left_archived == ("the-forecaster/models",)
    assert lesson("models").status == Status.ARCHIVED


def test_readers_lessons_wait_as_drafts() -> None:
    imported(publish=True)
    changed = WEATHER.replace("Water on grass", "Water on the grass")
    imported(changed)
    assert concept("dew").body == "Water on grass.\n"
    draft = LessonDraft.objects.get()
    assert draft.lesson.slug == "water-h2o"
    assert draft.data["concepts"][0]["body"] == "Water on the grass.\n"
    assert imported(changed).changes_nothing
    assert imported(changed.replace("on the grass", "on wet grass")).conflicts == ()
    draft.refresh_from_db()
    assert draft.data["concepts"][0]["body"] == "Water on wet grass.\n"


def test_a_draft_that_is_there_still_waits_for_its_editor() -> None:
    imported(publish=True)
    imported(WEATHER.replace("Water on grass", "Water on the grass"))
    LessonDraft.objects.update(publish_at=NOW + timedelta(days=1))
    Lesson.objects.filter(slug="water-h2o").update(summary="Changed for readers meanwhile.")
    imported(WEATHER.replace("Water on grass", "Water on wet grass"))
    desk = desk_of(lesson("water-h2o").pk)
    assert desk is not None
    assert desk.draft is not None
    assert desk.text["concepts"][0]["body"] == "Water on wet grass.\n"
    assert desk.is_stale
    assert desk.draft.publish_at is None


def test_readers_get_it_at_once_if_told() -> None:
    imported(publish=True)
    imported(WEATHER.replace("Water on grass", "Water on the grass"), publish=True)
    assert concept("dew").body == "Water on the grass.\n"
    assert not LessonDraft.objects.exists()
    assert lesson("water-h2o").version == 2


def test_renamed_headings_keep_their_addresses_in_later_versions_too() -> None:
    imported()
    renamed = WEATHER.replace("**Barometer**", "**Glass**").replace("### 1. Air p", "### 1. The p")
    planned = imported(renamed)
    assert [(one.address, one.after) for one in planned.renamings] == [
        ("basics/air-pressure", "The pressure"),
        ("basics/air-pressure#barometer", "Glass"),
    ]
    assert concept("barometer").name == "Glass"
    assert imported(renamed).changes_nothing
    third = imported(renamed.replace("A tube of mercury", "Something else entirely, of old"))
    assert third.archived == ()
    assert third.new == frozenset()
    assert concept("barometer").body.startswith("Something else")


def test_a_course_that_was_not_made_from_a_readme_keeps_its_texts() -> None:
    imported()
    course().readme.delete()
    edited("dew", body="Ours\n")
    added = WEATHER.replace("📚 **References**:\n", "* **Ice**: Hard.\n\n📚 **References**:\n")
    planned = imported(added)
    assert [one.conflict.path for one in planned.conflicts] == [("concepts", "dew", "body")]
    assert concept("dew").body == "Ours\n"
    assert concept("ice").body == "Hard.\n"
    assert planned.archived == ()


def test_a_course_that_changed_since_the_review_is_asked_about_again() -> None:
    imported()
    seen = plan(WEATHER.encode(), WEATHER_COURSE)
    edited("dew", body="Ours\n")
    with pytest.raises(ChangedError):
        carry_out(WEATHER.encode(), seen, WEATHER_COURSE, by=None, now=NOW)
    with pytest.raises(ChangedError):
        write(WEATHER.encode(), WEATHER_COURSE, by=None, now=NOW, seen=seen.standing.stamp)


def dump() -> str:
    out = StringIO()
    call_command("dumpdata", "courses", "quizzes", stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "README.md"
    path.write_text(WEATHER, encoding="utf-8")
    return path


def run(*args: object) -> str:
    out = StringIO()
    call_command("import_readme", *map(str, args), stdout=out)
    return out.getvalue()


def test_command_says_what_it_did_and_accounts_for_lines(file: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    said = run(file, "--course", "weather", "--report", report)
    assert said.splitlines() == [
        "Weather Course (weather): 2 parts, 3 lessons, 5 concepts, 8 references, 3 notebooks.",
        "Lines, read as UTF-8: 28 kept, 12 changed, 22 dropped, 29 blank.",
        "! “Models” has no concepts.",
        "Written. Lessons that are drafts are published in the admin, or with --publish.",
    ]
    lines = report.read_text().splitlines()
    assert len(lines) == len(WEATHER.splitlines())
    assert (
        lines[-1] == "    91 dropped  about the README, and not of the course | Thanks to the wind."
    )
    assert run(file, "--course", "weather").splitlines()[-1] == "Nothing changed."


def test_command_shows_the_differences_of_a_later_version(file: Path) -> None:
    run(file, "--course", "weather")
    file.write_text(WEATHER.replace("Water on grass", "Dew drops"), encoding="utf-8")
    said = run(file, "--course", "weather", "--dry-run").splitlines()
    assert said[3:] == [
        "basics/water-h2o.yaml:",
        "  ~ Concept “Dew”: text",
        "Nothing was written: this was a dry run.",
    ]


@pytest.mark.parametrize("there", [False, True])
def test_a_dry_run_writes_nothing(file: Path, there: bool) -> None:
    if there:
        imported(WEATHER.replace("Water on grass", "Old"))
    before = dump()
    run(file, "--course", "weather", "--dry-run")
    assert dump() == before


@pytest.mark.parametrize(
    ("name", "args", "words"),
    [
        ("missing.md", [], "cannot be read"),
        ("README.md", ["--course", "Not An Address"], "is no address"),
        ("empty.md", [], "no text"),
    ],
)
def test_command_refuses_in_words(file: Path, name: str, args: list[str], words: str) -> None:
    (file.parent / "empty.md").write_text("")
    with pytest.raises(CommandError, match=words):
        run(file.parent / name, *args)
    assert not Course.objects.exists()
