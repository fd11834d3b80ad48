"""What may be asked: a table of what people, and attackers, write."""

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.links.addresses import RefusedError, address_of, refuse_private

PUBLIC = [
    ("https://example.org", "example.org", 443, "/"),
    ("http://example.org:80/a?b=c#d", "example.org", 80, "/a?b=c"),
    ("HTTPS://Example.ORG./a b", "example.org", 443, "/a%20b"),
    ("https://bücher.example/ü?q=ß", "xn--bcher-kva.example", 443, "/%C3%BC?q=%C3%9F"),
    ("https://93.184.215.14/x", "93.184.215.14", 443, "/x"),
    ("https://[2606:4700::1111]/", "2606:4700::1111", 443, "/"),
    ("https://example.org/a%20b%2Fc?u=http://x", "example.org", 443, "/a%20b%2Fc?u=http://x"),
    ("https://en.wikipedia.org/wiki/A_(b)", "en.wikipedia.org", 443, "/wiki/A_(b)"),
]
NO_PAGE = [
    "",
    "example.org",
    "ftp://example.org/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "https://",
    "https:///path",
    "https://user@example.org/",
    "https://user:secret@example.org/",
    "https://example.org\\@127.0.0.1/",
    "https://example.org:8080/",
    "https://example.org:22/",
    "http://example.org:443/",
    "https://example.org:99999/",
    "https://[::1",
    "https://a..b.example/",
    "https://exa mple.org/",
    "https://example.org/a\r\nHost: inside",
    "https://example.org/\x00",
    f"https://example.org/{'a' * 2000}",
    f"https://{'a' * 64}.example/",
]
PRIVATE = [
    "localhost",
    "LOCALHOST.",
    "db.localhost",
    "printer.local",
    "vault.internal",
    "intranet",
    "nas.home.arpa",
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "127.0.0.0x1",
    "１２７.０.０.１",
    "127。0。0。1",
    "0.0.0.0",  # noqa: S104
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.8",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "[::]",
    "[::1]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b:1::808:808]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "[fe80::1]",
    "[fe80::1%25eth0]",
    "[fc00::1]",
    "[fec0::1]",
    "[ff02::1]",
]


@pytest.mark.parametrize(("url", "host", "port", "target"), PUBLIC)
def test_a_public_page_may_be_asked(url: str, host: str, port: int, target: str) -> None:
    found = address_of(url)
    assert (found.host, found.port, found.target) == (host, port, target)


@pytest.mark.parametrize("url", NO_PAGE)
def test_what_is_no_public_page_is_refused(url: str) -> None:
    with pytest.raises(RefusedError):
        address_of(url)


@pytest.mark.parametrize("host", PRIVATE)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_what_leads_inside_is_refused(scheme: str, host: str) -> None:
    with pytest.raises(RefusedError):
        address_of(f"{scheme}://{host}/")


def test_one_place_of_the_own_network_can_be_allowed() -> None:
    allowed = frozenset({("127.0.0.1", 8901)})
    assert address_of("http://127.0.0.1:8901/a", allowed).name == "127.0.0.1:8901"
    for url in ("http://127.0.0.1/a", "http://127.0.0.1:8902/", "http://localhost:8901/"):
        with pytest.raises(RefusedError):
            address_of(url, allowed)


def test_a_network_that_translates_may_be_used_for_public_hosts() -> None:
    refuse_private(ipaddress.ip_address("64:ff9b::808:808"))
    with pytest.raises(RefusedError):
        refuse_private(ipaddress.ip_address("64:ff9b::a00:1"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60).map(lambda text: f"http://{text}") | st.text(max_size=60))
def test_whatever_is_written_is_an_address_or_refused(text: str) -> None:
    try:
        found = address_of(text)
    except RefusedError:
        return
    line = f"{found.target} {found.name}"
    assert line.isascii()
    assert line.isprintable()
    assert " " not in found.target
