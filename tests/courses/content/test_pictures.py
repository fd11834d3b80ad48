"""Pictures in the folder of a course."""

from pathlib import Path

import pytest
from pytest_django import Settings

from courses.models import CourseFile, Image
from tests.courses.content.test_exporting import export
from tests.courses.content.test_loading import change, folder, load, refusal
from tests.courses.content.test_round_trip import contents
from tests.courses.images.pictures import drawn, saved

pytestmark = pytest.mark.django_db
__all__ = ["folder"]

IMAGES = """\
images:
- name: heads
  format: png
  alt: Two heads
"""

DRAWING = """\
- name: square-4x3-01234567
  format: svg
  alt: A square
"""


@pytest.fixture(autouse=True)
def _files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def pictured(folder: Path) -> Path:
    (folder / "images.yaml").write_text(IMAGES + DRAWING)
    (folder / "images").mkdir()
    (folder / "images/square-4x3-01234567.svg").write_bytes(drawn())
    (folder / "images/heads.png").write_bytes(saved("PNG"))
    return folder


def test_pictures_go_in_and_out_byte_for_byte(pictured: Path, tmp_path: Path) -> None:
    load(pictured)
    assert str(Image.objects.get(format="svg")) == "square-4x3-01234567.svg"
    image = Image.objects.get(name="heads")
    assert (str(image), image.alt, image.width, image.height) == ("heads.png", "Two heads", 4, 3)
    assert CourseFile.objects.get(name="images/heads.png").content is None
    export(tmp_path / "out")
    assert contents(tmp_path / "out") == {
        name: raw
        for name, raw in contents(pictured).items()
        if not name.startswith(("out/", "media/"))
    }


def test_a_description_is_changed_in_place(pictured: Path) -> None:
    load(pictured)
    before = Image.objects.get(name="heads").pk
    change(pictured, "images.yaml", "Two heads", "Three heads")
    load(pictured)
    assert Image.objects.values_list("pk", "alt").get(name="heads") == (before, "Three heads")


def test_a_picture_that_left_stays_in_the_library(pictured: Path) -> None:
    load(pictured)
    (pictured / "images.yaml").write_text("images:\n" + DRAWING)
    (pictured / "images/heads.png").unlink()
    load(pictured)
    assert Image.objects.get(name="heads").alt == "Two heads"


def test_what_is_wrong_is_named(pictured: Path) -> None:
    (pictured / "images/tails.png").write_bytes(saved("PNG"))
    change(pictured, "images.yaml", "heads", "hands")
    assert refusal(pictured)[:3] == [
        "images.yaml:2: images[1]: there is no file images/hands.png.",
        "images/heads.png: is not in images.yaml; list it there or take the file away.",
        "images/tails.png: is not in images.yaml; list it there or take the file away.",
    ]
    (pictured / "images/tails.png").unlink()
    change(pictured, "images.yaml", "hands", "heads")
    (pictured / "images/heads.png").write_bytes(drawn("<script/>"))
    assert refusal(pictured)[0] == (
        "images/heads.png: Line 2: <script> may not stand in a drawing."
    )
    (pictured / "images/heads.png").write_bytes(drawn())
    assert refusal(pictured)[0] == "images/heads.png: holds a picture of the format svg, not png."
    assert Image.objects.count() == 0


def test_a_name_is_one_picture_for_ever(pictured: Path) -> None:
    load(pictured)
    (pictured / "images/heads.png").write_bytes(saved("PNG", (5, 5)))
    assert refusal(pictured)[0] == (
        "images/heads.png: the library has another picture of this name; give this one a new name."
    )
