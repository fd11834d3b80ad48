import pytest

from cohorts.work.links import Link, read


@pytest.mark.parametrize(
    ("typed", "host", "icon"),
    [
        (
            " https://colab.research.google.com/drive/1 ",
            "colab.research.google.com",
            "notebook-text",
        ),
        ("https://github.com/a/b", "github.com", "git-branch"),
        ("http://example.org:8080/?a=b#c", "example.org:8080", "external-link"),
        ("https://GitHub.com/a", "github.com", "git-branch"),
        ("https://g\u0456thub.com/a", "xn--gthub-n2e.com", "external-link"),
    ],
)
def test_links(typed: str, host: str, icon: str) -> None:
    assert read(typed) == Link(typed.strip(), host, icon)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "x", "example.org", "https://", "https://localhost/", "//example.org"),
        *("javascript:alert(1)", "data:text/html,x", "ftp://a.org", "file:///etc/passwd"),
        *(
            "https://github.com@evil.org/",
            "https://a.org/\u202egro",
            "https://a b",
        ),
        *("https://a.org/" + "x" * 500, "https://[::1", "https://a.org:99999/", "https://.."),
        *(
            'https://a.org/"onclick',
            "https://a.org\\@b.org",
            "java\tscript:alert(1)",
            "\x01https://a.org",
        ),
    ],
)
def test_no_links(typed: str) -> None:
    assert read(typed) is None
