"""One question to a real server on loopback, however it behaves."""

import socket
import ssl
import time
from collections.abc import Callable

import pytest

from courses.links.addresses import RefusedError, address_of
from courses.links.connecting import MOST_BYTES, Answer, Connector, FailureError
from tests.courses.links.hosts import serving

Talk = Callable[[socket.socket, bytes], None]


def plain(text: str) -> Talk:
    return lambda connection, request: connection.sendall(text.encode())


def endless(start: bytes, more: bytes) -> Talk:
    def talk(connection: socket.socket, request: bytes) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(more)

    return talk


def dripping(connection: socket.socket, request: bytes) -> None:
    """A byte now and then: each wait is short, all of them have no end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X")
        time.sleep(0.02)


def ask(talk: Talk, method: str = "GET", **options: object) -> Answer:
    with serving(talk) as port:
        allowed = frozenset({("127.0.0.1", port)})
        connector = Connector("Cairn", allowed=allowed, **options)  # type: ignore[arg-type]
        return connector.ask(method, address_of(f"http://127.0.0.1:{port}/a?b", allowed))


def test_a_question_names_the_host_and_who_asks() -> None:
    heard: list[bytes] = []

    def talk(connection: socket.socket, request: bytes) -> None:
        heard.append(request)
        connection.sendall(b"HTTP/1.1 301 Moved\r\nLocation: /\xc3\xbc\r\nRetry-After: 7\r\n\r\n")

    assert ask(talk, "HEAD") == Answer(301, "/ü", "7")
    lines = heard[0].decode().split("\r\n")
    assert lines[0] == "HEAD /a?b HTTP/1.1"
    assert lines[1].startswith("Host: 127.0.0.1:")
    assert lines[2] == "User-Agent: Cairn"


def test_a_wall_before_a_page_is_told() -> None:
    assert ask(plain("HTTP/1.1 503 No\r\ncf-mitigated: challenge\r\n\r\n")).walled


def test_a_body_without_end_is_not_read() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"
    assert ask(endless(head, b"x" * 65536)) == Answer(200)


@pytest.mark.parametrize(
    "talk",
    [
        plain("SSH-2.0-OpenSSH\r\n"),
        plain(""),
        plain("HTTP/1.1 9999 OK\r\n\r\n"),
        endless(b"HTTP/1.1 200 OK\r\n", b"X: " + b"a" * 100 + b"\r\n"),
        endless(b"HTTP/1.1 200 OK\r\nX: ", b"a" * 65536),
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["other protocol", "nothing", "no status", "headers", "one header", "continue"],
)
def test_what_is_no_answer_is_a_failure(talk: Talk) -> None:
    with pytest.raises(FailureError):
        ask(talk)


def test_an_answer_that_drips_ends_with_the_time_for_all_of_it() -> None:
    began = time.monotonic()
    with pytest.raises(FailureError, match="did not answer in time") as caught:
        ask(dripping, within=0.2)
    assert caught.value.passing
    assert time.monotonic() - began < 2


def test_no_more_of_an_answer_is_read_than_its_head() -> None:
    assert ask(plain(f"HTTP/1.1 200 OK\r\nX: {'a' * (MOST_BYTES - 100)}\r\n\r\n")) == Answer(200)
    with pytest.raises(FailureError, match="cannot be read"):
        ask(plain(f"HTTP/1.1 200 OK\r\nX: {'a' * MOST_BYTES}\r\n\r\n"))


def test_a_host_that_is_not_there_is_a_failure_that_may_pass() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    allowed = frozenset({("127.0.0.1", port)})
    with pytest.raises(FailureError, match="cannot be reached") as caught:
        Connector("Cairn", allowed=allowed).ask(
            "GET", address_of(f"http://127.0.0.1:{port}/", allowed)
        )
    assert caught.value.passing


@pytest.mark.parametrize(
    ("code", "passing"), [(socket.EAI_NONAME, False), (socket.EAI_AGAIN, True)]
)
def test_a_name_without_an_address_is_a_failure(code: int, passing: bool) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(code, "no")

    with pytest.raises(FailureError, match="no address") as caught:
        Connector("Cairn", resolve=resolve).ask("GET", address_of("https://example.org/"))
    assert caught.value.passing is passing


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where connections were tried; none is made."""
    tried: list[str] = []

    def refuse(place: tuple[str, int], timeout: float) -> socket.socket:
        tried.append(place[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    return tried


@pytest.mark.parametrize(
    "inside", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fe80::1%2"]
)
def test_a_name_of_which_one_address_is_private_is_not_asked(
    inside: str, connections: list[str]
) -> None:
    connector = Connector("Cairn", resolve=lambda host, port: ["93.184.215.14", inside])
    with pytest.raises(RefusedError):
        connector.ask("GET", address_of("https://example.org/"))
    assert connections == []


def test_a_name_is_looked_up_once_and_the_checked_address_is_asked(connections: list[str]) -> None:
    """Rebinding: the second look-up would lead inside."""
    answers = iter([["93.184.215.14", "2606:4700::1111"], ["127.0.0.1"]])
    connector = Connector("Cairn", resolve=lambda host, port: next(answers))
    with pytest.raises(FailureError):
        connector.ask("GET", address_of("http://example.org/"))
    assert connections == ["93.184.215.14", "2606:4700::1111"]


def test_encryption_asks_for_the_name_and_a_certificate_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A server that cannot encrypt; the connection itself is to loopback."""
    real = socket.create_connection
    with serving(plain("HTTP/1.1 400 No\r\n\r\n")) as port:
        monkeypatch.setattr(
            socket, "create_connection", lambda place, timeout: real(("127.0.0.1", port), timeout)
        )
        connector = Connector("Cairn", resolve=lambda host, port: ["93.184.215.14"])
        assert connector.tls.check_hostname
        assert connector.tls.verify_mode == ssl.CERT_REQUIRED
        with pytest.raises(FailureError, match="encryption is not in order"):
            connector.ask("GET", address_of("https://example.org/"))
