import pytest

from courses.images.naming import name_for, shown_in, size_in

DIGEST = "3fa9c1d2" + "0" * 56


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        ("Attention heads.PNG", "attention-heads-12x8-3fa9c1d2"),
        ("C:\\Users\\me\\a_b.jpg", "a-b-12x8-3fa9c1d2"),
        ("../../etc/passwd", "passwd-12x8-3fa9c1d2"),
        ("注意力.png", "picture-12x8-3fa9c1d2"),
        ("", "picture-12x8-3fa9c1d2"),
        ("x" * 300 + ".png", "x" * 48 + "-12x8-3fa9c1d2"),
    ],
)
def test_a_name_says_what_and_how_large(filename: str, name: str) -> None:
    assert name_for(filename, 12, 8, DIGEST) == name
    assert size_in(f"/images/{name}.png") == ("12", "8")
    assert size_in(f"/images/{name}.svg") == ("12", "8")
    assert list(shown_in(f"![a](/images/{name}.webp) ![b](/images/{name}.svg)")) == [name, name]


@pytest.mark.parametrize(
    "address",
    [
        "/images/a.png",
        "https://example.org/images/a-12x8-3fa9c1d2.png",
        "/images/a-12x8-3fa9c1d2.html",
        "/images/../a-12x8-3fa9c1d2.png",
    ],
)
def test_other_addresses_tell_no_size(address: str) -> None:
    assert size_in(address) is None
