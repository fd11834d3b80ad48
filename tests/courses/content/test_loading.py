"""Loading a course by the command that operators use."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from courses import progress
from courses.content.applying import apply
from courses.content.documents import document
from courses.content.schema import problems_of_notebooks
from courses.history.recording import Change, record
from courses.models import (
    Concept,
    ConceptTick,
    Course,
    CourseFile,
    Edition,
    Lesson,
    Need,
    Notebook,
    Reference,
    Revision,
    SearchEntry,
    Status,
    Track,
)
from courses.versions import stamp
from quizzes.models import Question, Quiz

pytestmark = pytest.mark.django_db

COURSE = """\
slug: small
title: Small
tracks:
- slug: one
  title: One
  lessons:
  - first
  - second
"""
LESSON = """\
title: %s
minutes: 20
introduction: |
  Hello *there*.
concepts:
- slug: idea
  name: Idea
  body: |
    A body.
- slug: other
  name: Other
  body: |
    Another body.
references:
- title: Article
  url: https://example.org/a
  kind: article
  note: Read it.
questions:
- slug: why
  concept: idea
  kind: single
  prompt: Why?
  payload:
    options:
    - id: a
      text: Because
      right: true
      feedback: Yes.
    - id: b
      text: Not
      right: false
      feedback: No.
  explanation: So.
"""
NOTEBOOKS = """\
notebooks:
- slug: book
  category: Tools
  title: Book
  colab: https://example.org/colab
  lessons:
  - one/first
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one").mkdir()
    (tmp_path / "course.yaml").write_text(COURSE)
    (tmp_path / "notebooks.yaml").write_text(NOTEBOOKS)
    (tmp_path / "one/first.yaml").write_text(LESSON % "First")
    (tmp_path / "one/second.yaml").write_text(LESSON % "Second")
    return tmp_path


def load(folder: Path, **options: object) -> None:
    call_command("load_course", folder, verbosity=0, **options)


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new))


def refusal(folder: Path) -> list[str]:
    with pytest.raises(CommandError) as caught:
        load(folder)
    return str(caught.value).splitlines()


def counts() -> list[int]:
    kinds = (Course, Track, Lesson, Concept, Reference, Notebook, Question, Quiz, SearchEntry)
    return [kind.objects.count() for kind in kinds]


def test_everything_is_loaded(folder: Path) -> None:
    load(folder)
    assert counts() == [1, 1, 2, 4, 2, 1, 2, 2, 9]
    lesson = Lesson.objects.get_by_natural_key("small", "one", "first")
    assert (lesson.title, lesson.status, lesson.position) == ("First", Status.PUBLISHED, 1)
    assert [concept.slug for concept in lesson.concepts.all()] == ["idea", "other"]
    assert [notebook.slug for notebook in lesson.notebooks.all()] == ["book"]


def test_loading_again_changes_nothing(folder: Path) -> None:
    load(folder)
    before = (counts(), stamp("small", timezone.now()))
    load(folder, again=True)
    assert (counts(), stamp("small", timezone.now())) == before


def test_unchanged_files_are_not_even_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(folder)
    monkeypatch.setattr("config.management.commands.load_course.read_course", None)
    load(folder)


def test_a_change_is_made_in_place_and_counted(folder: Path, learner: User) -> None:
    load(folder)
    concept = Concept.objects.get_by_natural_key("small", "one", "first", "idea")
    progress.tick_concept(user=learner, concept=concept, now=timezone.now())
    change(folder, "one/first.yaml", "A body.", "A better body.")
    load(folder)
    lesson = Lesson.objects.get(slug="first")
    assert lesson.concepts.get(slug="idea").body == "A better body.\n"
    assert (lesson.version, Lesson.objects.get(slug="second").version) == (2, 1)
    assert ConceptTick.objects.get().concept == concept


def test_what_an_editor_changed_elsewhere_stays(folder: Path) -> None:
    load(folder)
    Lesson.objects.filter(slug="second").update(title="Edited")
    change(folder, "one/first.yaml", "A body.", "A better body.")
    load(folder)
    assert Lesson.objects.get(slug="second").title == "Edited"


def test_again_loads_over_what_an_editor_changed(folder: Path) -> None:
    load(folder)
    Lesson.objects.filter(slug="second").update(title="Edited")
    load(folder, again=True)
    assert Lesson.objects.get(slug="second").title == "Second"


def test_what_left_the_files_is_archived_and_its_progress_stays(
    folder: Path, learner: User
) -> None:
    load(folder)
    concept = Concept.objects.get_by_natural_key("small", "one", "second", "idea")
    progress.tick_concept(user=learner, concept=concept, now=timezone.now())
    change(folder, "course.yaml", "  - second\n", "")
    (folder / "one/second.yaml").unlink()
    load(folder)
    assert Lesson.objects.get(slug="second").status == Status.ARCHIVED
    assert ConceptTick.objects.count() == 1


def test_what_comes_back_is_published_again(folder: Path) -> None:
    load(folder)
    kept = (folder / "one/second.yaml").read_text()
    change(folder, "course.yaml", "  - second\n", "")
    (folder / "one/second.yaml").unlink()
    load(folder)
    (folder / "one/second.yaml").write_text(kept)
    change(folder, "course.yaml", "  - first\n", "  - second\n  - first\n")
    load(folder)
    lessons = Lesson.objects.in_order().values_list("slug", "status", "position")
    assert list(lessons) == [("second", "published", 1), ("first", "published", 2)]


FACT = """\
  fact:
    prompt: What is an *idea*?
    answer: |
      This.
  body: |
    A body.
"""


def test_a_key_fact_comes_and_goes(folder: Path) -> None:
    change(folder, "one/first.yaml", "  body: |\n    A body.\n", FACT)
    load(folder)
    facts = Concept.objects.filter(lesson__slug="first").values_list("fact_prompt", "fact_answer")
    assert list(facts) == [("What is an *idea*?", "This.\n"), ("", "")]
    change(folder, "one/first.yaml", FACT, "  body: |\n    A body.\n")
    load(folder)
    assert set(facts.all()) == {("", "")}


QUIZZES = """\
quizzes:
- slug: start
  title: Where to start
  mode: placement
  draws:
  - {lesson: one/first, number: 1}
"""


def test_quizzes_of_no_lesson(folder: Path) -> None:
    load(folder)
    (folder / "quizzes.yaml").write_text(QUIZZES)
    load(folder)
    assert Quiz.objects.get(slug="start").draws.get().lesson == Lesson.objects.get(slug="first")
    Quiz.objects.update(title="Corrected")
    load(folder)
    assert Quiz.objects.get(slug="start").title == "Corrected"
    change(folder, "quizzes.yaml", "one/first", "one/third")
    assert (
        refusal(folder)[0] == "quizzes.yaml:6: quizzes[1].draws[1].lesson: no lesson “one/third”."
    )


def test_a_concept_that_left_is_archived(folder: Path) -> None:
    load(folder)
    text = (folder / "one/first.yaml").read_text()
    data = yaml.safe_load(text)
    del data["concepts"][1]
    (folder / "one/first.yaml").write_text(yaml.safe_dump(data, sort_keys=False))
    load(folder)
    assert Concept.objects.get_by_natural_key("small", "one", "first", "other").archived


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        (
            "one/first.yaml",
            "minutes: 20",
            "minutes: soon",
            "one/first.yaml:2: minutes: must be a whole number, not “soon”.",
        ),
        (
            "one/first.yaml",
            "minutes: 20",
            "minutes: 0",
            "one/first.yaml:2: minutes: must be from 1 to 6000.",
        ),
        (
            "one/first.yaml",
            "minutes: 20",
            "minutes: 6001",
            "one/first.yaml:2: minutes: must be from 1 to 6000.",
        ),
        (
            "one/first.yaml",
            "minutes: 20\n",
            "",
            "one/first.yaml:1: the key “minutes” is missing.",
        ),
        (
            "one/first.yaml",
            "minutes: 20",
            "minutes: 20\nmood: good",
            "one/first.yaml:3: mood: is not a key here; known are title, summary, minutes, status, "
            "publish_at, quiz_required, outcomes, introduction, concepts, exercise, references, "
            "quiz, questions.",
        ),
        (
            "one/first.yaml",
            "minutes: 20",
            "minutes: 20\nminutes: 30",
            "one/first.yaml:3: minutes: stands here twice.",
        ),
        (
            "one/first.yaml",
            "kind: article",
            "kind: rumour",
            "one/first.yaml:17: references[1].kind: “rumour” is none of article, book, course, "
            "documentation, leaderboard, paper, repository, tool, video.",
        ),
        (
            "one/first.yaml",
            "url: https://example.org/a",
            "url: javascript:alert(1)",
            "one/first.yaml:16: references[1].url: is not an address that starts with http or "
            "https.",
        ),
        (
            "one/first.yaml",
            "slug: other",
            "slug: idea",
            "one/first.yaml:10: concepts[2].slug: “idea” stands here twice.",
        ),
        (
            "one/first.yaml",
            "concept: idea",
            "concept: ideal",
            "one/first.yaml:21: questions[1].concept: the lesson has no concept “ideal”.",
        ),
        (
            "one/first.yaml",
            "    A body.",
            "    $x^2^3$",
            "one/first.yaml:8: concepts[1].body: The formula “x^2^3” cannot be read: "
            "DoubleSuperscriptsError.",
        ),
        (
            "course.yaml",
            "- slug: one",
            "- slug: notebooks",
            "course.yaml:4: tracks[1].slug: “notebooks” is the address of another page.",
        ),
        (
            "notebooks.yaml",
            "one/first",
            "one/third",
            "notebooks.yaml:7: notebooks[1].lessons[1]: no lesson “one/third”.",
        ),
        (
            "one/first.yaml",
            "  body: |\n    A body.\n",
            "  fact:\n    prompt: What?\n  body: |\n    A body.\n",
            "one/first.yaml:8: concepts[1].fact: the key “answer” is missing.",
        ),
        (
            "one/first.yaml",
            "introduction: |",
            "outcomes: []\nintroduction: |",
            "one/first.yaml:3: outcomes: has 0 lines; say 1 to 8.",
        ),
        (
            "one/first.yaml",
            "introduction: |",
            'outcomes: [Do it, "a\\nb"]\nintroduction: |',
            "one/first.yaml:3: outcomes[2]: must be one line.",
        ),
        (
            "one/first.yaml",
            "references:",
            "exercise:\n  answer: Yes\nreferences:",
            "one/first.yaml:14: exercise: the key “task” is missing.",
        ),
        (
            "one/first.yaml",
            "  kind: article",
            "  kind: article\n  level: hard",
            "one/first.yaml:18: references[1].level: “hard” is none of advanced, intermediate, "
            "introductory.",
        ),
        (
            "course.yaml",
            "  - second",
            "  - third",
            "one/third.yaml: cannot be read: No such file or directory.",
        ),
    ],
)
def test_a_broken_file_is_refused_by_file_line_and_key(
    folder: Path, name: str, old: str, new: str, line: str
) -> None:
    change(folder, name, old, new)
    assert refusal(folder)[0] == line
    assert Course.objects.count() == 0


def test_what_concepts_need_is_checked_over_all_files(folder: Path) -> None:
    """Also in files that are as they were when they were loaded."""
    change(
        folder, "one/second.yaml", "  name: Idea\n", "  name: Idea\n  needs: [one/first/other]\n"
    )
    load(folder)
    needed = Need.objects.get()
    assert (needed.concept.lesson.slug, needed.needed.lesson.slug) == ("second", "first")

    change(
        folder, "one/first.yaml", "  name: Other\n", "  name: Other\n  needs: [one/second/idea]\n"
    )
    assert refusal(folder) == [
        "one/first.yaml:12: concepts[2].needs: goes round in a circle: "
        "one/first/other → one/second/idea → one/first/other.",
        "Nothing was loaded: 1 problem to mend.",
    ]
    change(folder, "one/first.yaml", "slug: other", "slug: another")
    assert refusal(folder)[0] == (
        "one/second.yaml:8: concepts[1].needs[1]: the course has no concept “one/first/other”."
    )


def test_all_problems_are_said_at_once_and_nothing_is_half_loaded(folder: Path) -> None:
    load(folder)
    before = counts()
    change(folder, "one/first.yaml", "title: First", "title: New")
    change(folder, "one/second.yaml", "minutes: 20", "minutes: soon")
    change(folder, "one/second.yaml", "kind: article", "kind: rumour")
    lines = refusal(folder)
    assert [line.split(": ")[0] for line in lines[:2]] == [
        "one/second.yaml:2",
        "one/second.yaml:17",
    ]
    assert lines[2] == "Nothing was loaded: 2 problems to mend."
    assert (counts(), Lesson.objects.get(slug="first").title) == (before, "First")


def test_a_file_that_no_track_lists_is_named(folder: Path) -> None:
    (folder / "one/third.yaml").write_text(LESSON % "Third")
    assert refusal(folder)[0] == (
        "one/third.yaml: is in no track of course.yaml; list it there or take the file away."
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"title: [", "one/first.yaml:1: not YAML:"),
        (b"title: \xff", "one/first.yaml: is not UTF-8 at byte 7."),
        (b"", "one/first.yaml:1: must be keys with values"),
        (b"- a", "one/first.yaml:1: must be keys with values"),
        (b"a: &x [1]\nb: *x", "one/first.yaml:1: b: write it out; no aliases here."),
        (b"[" * 5_000, "one/first.yaml: not YAML:"),
        (b"a: 2026-99-99", "one/first.yaml: not YAML:"),
    ],
)
def test_what_is_not_a_lesson_at_all_is_refused(folder: Path, text: bytes, line: str) -> None:
    (folder / "one/first.yaml").write_bytes(text)
    assert refusal(folder)[0].startswith(line)


def test_a_folder_without_a_course_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path)[0] == "course.yaml: cannot be read: No such file or directory."


@pytest.mark.parametrize("lessons", [5, True, "one/first", [{}], [[]], [None], {"one/first": 1}])
def test_lessons_of_a_notebook_that_are_no_list_of_addresses(lessons: object) -> None:
    row = {"slug": "a", "category": "Tools", "title": "A", "description": "", "lessons": lessons}
    found = list(problems_of_notebooks({"notebooks": [row]}, {"one/first"}))
    assert [problem.path[:3] for problem in found] == [("notebooks", 0, "lessons")]


def edit(slug: str, title: str) -> None:
    """As the admin does."""
    course, name = Course.objects.get(), f"one/{slug}.yaml"
    data = document(course, name)
    assert data
    apply(course=course, name=name, data={**data, "title": title}, now=timezone.now())


def stopped(folder: Path) -> list[str]:
    """What is said of the files that changed on both sides."""
    lines = refusal(folder)
    return lines[3 : lines.index(next(one for one in lines if one.startswith("Nothing"))) - 1]


@pytest.fixture
def torn(folder: Path) -> Path:
    """The first lesson was changed here and in its file, the second only in its file."""
    load(folder)
    edit("first", "Here")
    change(folder, "one/first.yaml", "title: First", "title: There")
    change(folder, "one/second.yaml", "title: Second", "title: Other")
    return folder


def titles() -> list[str]:
    return list(Lesson.objects.order_by("slug").values_list("title", flat=True))


def test_what_both_sides_changed_stops_a_load_and_is_shown(torn: Path) -> None:
    assert stopped(torn) == [
        "one/first.yaml",
        "  changed here:",
        "    Title: [-First-]{+Here+}",
        "  changed in the file:",
        "    Title: [-First-]{+There+}",
    ]
    assert titles() == ["Here", "Second"]


@pytest.mark.parametrize(
    ("take", "first"),
    [
        (["files"], "There"),
        (["database"], "Here"),
        (["files:one/first.yaml"], "There"),
        (["files", "database:one/first.yaml"], "Here"),
    ],
)
def test_one_side_is_taken_and_not_asked_for_again(
    torn: Path, take: list[str], first: str, capsys: pytest.CaptureFixture[str]
) -> None:
    load(torn, take=take)
    assert titles() == [first, "Other"]
    told = "As it was edited here, and not as in the files: one/first.yaml.\n"
    assert capsys.readouterr().out == (told if first == "Here" else "")
    change(torn, "one/second.yaml", "title: Other", "title: Another")
    load(torn)
    assert titles() == [first, "Another"]


def test_take_is_one_of_two_sides(torn: Path) -> None:
    with pytest.raises(CommandError, match="--take mine: say files or database"):
        load(torn, take=["mine"])


def test_a_file_that_says_the_same_otherwise_is_no_conflict(folder: Path) -> None:
    load(folder)
    edit("first", "Here")
    change(folder, "one/first.yaml", "title: First", "# A remark.\ntitle: 'First'")
    load(folder)
    assert titles() == ["Here", "Second"]
    known = CourseFile.objects.get(name="one/first.yaml").content
    assert known is not None
    assert bytes(known).startswith(b"# A remark.")


def test_the_same_change_on_both_sides_is_no_conflict(folder: Path) -> None:
    load(folder)
    edit("first", "Same")
    change(folder, "one/first.yaml", "title: First", "title: Same")
    load(folder)
    assert titles() == ["Same", "Second"]


def test_a_first_load_into_a_course_that_is_there_is_a_conflict_where_they_differ(
    folder: Path,
) -> None:
    load(folder)
    CourseFile.objects.all().delete()
    load(folder)  # nothing differs
    CourseFile.objects.all().delete()
    edit("first", "Here")
    assert stopped(folder) == [
        "one/first.yaml",
        "  from here to the file (what was loaded before is not known):",
        "    Title: [-Here-]{+First+}",
    ]


def test_a_lesson_edited_here_whose_file_left_is_a_conflict(folder: Path) -> None:
    load(folder)
    edit("second", "Here")
    change(folder, "course.yaml", "  - second\n", "")
    (folder / "one/second.yaml").unlink()
    assert stopped(folder)[-2:] == ["  changed in the file:", "    it is gone."]
    load(folder, take=["database:one/second.yaml"])
    assert Lesson.objects.get(slug="second").status == Status.PUBLISHED


def test_bytes_that_were_not_kept_are_kept_at_the_next_load(folder: Path) -> None:
    load(folder)
    CourseFile.objects.update(content=None)
    load(folder)
    assert not CourseFile.objects.filter(content=None).exists()


def test_bytes_that_were_not_kept_are_kept_when_another_file_is_loaded(folder: Path) -> None:
    load(folder)
    CourseFile.objects.update(content=None)
    change(folder, "one/first.yaml", "title: First", "title: 'First'")
    load(folder)
    assert not CourseFile.objects.filter(content=None).exists()


def recorded() -> None:
    said = Change(Revision.Source.EDITOR)
    record(course=Course.objects.get(), names=None, change=said, now=timezone.now())


def export(folder: Path) -> None:
    call_command("export_course", folder, course="small", verbosity=0)


def test_control_characters_are_refused_where_they_stand(folder: Path) -> None:
    change(folder, "one/first.yaml", "title: First", 'title: "Fi\\x01rst"')
    assert refusal(folder)[0] == (
        "one/first.yaml:1: title: line 1 of the text has a control character (U+0001) that nobody "
        "sees."
    )


def test_an_old_folder_takes_nothing_back_of_what_was_exported_elsewhere(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    load(folder)
    edit("first", "Here")
    recorded()
    export(tmp_path_factory.mktemp("elsewhere"))
    assert stopped(folder) == [
        "one/first.yaml",
        "  changed here, and the file is as it was before:",
        "    Title: [-First-]{+Here+}",
    ]
    load(folder, take=["database"])
    assert titles() == ["Here", "Second"]
    load(folder)
    assert titles() == ["Here", "Second"]


def test_a_file_that_was_overruled_stays_so_after_an_export(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    load(folder)
    edit("first", "Here")
    change(folder, "one/first.yaml", "title: First", "title: There")
    load(folder, take=["database"])
    export(tmp_path_factory.mktemp("elsewhere"))
    assert stopped(folder) == [
        "one/first.yaml",
        "  changed here, and the file is as it was before:",
        "    Title: [-There-]{+Here+}",
    ]
    change(folder, "one/first.yaml", "title: There", "title: News")
    load(folder)
    assert titles() == ["News", "Second"]


def test_an_old_folder_leaves_a_lesson_that_it_never_had(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    load(folder)
    lesson = Lesson.objects.create(
        track=Track.objects.get(), slug="third", title="Third", minutes=5, position=3,
        introduction="New.", updated_at=timezone.now(), status=Status.PUBLISHED,
    )  # fmt: skip
    Concept.objects.create(lesson=lesson, slug="new", name="New", body="New.", position=1)
    recorded()
    export(tmp_path_factory.mktemp("elsewhere"))
    assert stopped(folder)[-3:] == [
        "one/third.yaml",
        "  changed here, and the file is as it was before:",
        "    it is new.",
    ]
    load(folder, take=["database"])
    assert titles() == ["First", "Second", "Third"]
    assert Lesson.objects.get(slug="third").status == Status.PUBLISHED


def test_files_that_go_back_take_back_what_files_brought(folder: Path) -> None:
    load(folder)
    change(folder, "one/first.yaml", "title: First", "title: There")
    load(folder)
    change(folder, "one/first.yaml", "title: There", "title: First")
    load(folder)
    assert titles() == ["First", "Second"]


def test_a_load_is_recorded(folder: Path) -> None:
    load(folder)
    edit("second", "Here")
    change(folder, "one/first.yaml", "title: First", "title: There")
    load(folder)
    load(folder, again=True)
    found = Revision.objects.order_by("pk").values_list("name", "source", "data__title")
    assert list(found)[-3:] == [
        ("one/first.yaml", "files", "There"),
        ("one/second.yaml", "outside", "Here"),
        ("one/second.yaml", "files", "Second"),
    ]
    assert len(found) == 8


def test_the_first_load_of_an_edition_is_kept_as_it(folder: Path) -> None:
    load(folder)
    change(folder, "course.yaml", "title: Small", 'title: Small\nedition: "2025"')
    load(folder)
    change(folder, "one/first.yaml", "title: First", "title: Later")
    load(folder)
    edition = Edition.objects.get()
    assert (edition.name, edition.revisions.count()) == ("2025", 5)
    assert edition.revisions.get(name="one/first.yaml").data["title"] == "First"


def test_spaces_states_and_times_are_kept(folder: Path) -> None:
    more = 'title: First\nsummary: "A space. "\npublish_at: 2026-12-01T10:00:00+01:00'
    change(folder, "one/first.yaml", "title: First", more)
    change(folder, "one/first.yaml", "kind: single", "kind: single\n  status: draft\n  points: 2.5")
    load(folder)
    lesson = Lesson.objects.get(slug="first")
    assert (lesson.summary, lesson.publish_at) == (
        "A space. ",
        datetime(2026, 12, 1, 9, 0, tzinfo=UTC),
    )
    place = Quiz.objects.get(lesson=lesson).places.get()
    assert (place.points, place.question.status) == (Decimal("2.5"), Status.DRAFT)


def test_positions_that_are_in_order_stay(folder: Path) -> None:
    load(folder)
    Concept.objects.filter(lesson__slug="first", slug="other").update(position=7)
    change(folder, "one/first.yaml", "A body.", "A better body.")
    load(folder)
    found = Concept.objects.filter(lesson__slug="first").values_list("slug", "position")
    assert list(found) == [("idea", 1), ("other", 7)]


def test_lessons_of_an_archived_track_stay_as_they_are(folder: Path) -> None:
    load(folder)
    Track.objects.update(archived=True)
    load(folder, again=True)
    assert Track.objects.get().archived is False
    Track.objects.update(archived=True)
    change(folder, "course.yaml", "title: Small", "title: Large")
    load(folder, take=["database"])
    assert set(Lesson.objects.values_list("status", flat=True)) == {Status.PUBLISHED}
