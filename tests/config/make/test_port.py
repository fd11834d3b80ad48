import socket

import pytest

from config.make import port


def test_parse() -> None:
    assert port.parse("8001") == 8001


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "http", "80.0"])
def test_parse_refuses(text: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        port.parse(text)
    assert stopped.value.code == (
        f"“{text}” is not a port. Choose a number below 65536: make run PORT=8000"
    )


def test_taken_port_gets_one_sentence() -> None:
    with socket.create_server((port.HOST, 0)) as server:
        number = server.getsockname()[1]
        with pytest.raises(SystemExit) as stopped:
            port.claim(number)
    assert stopped.value.code == (
        f"Port {number} is taken. Choose another: make run PORT={number + 1}"
    )


def test_free_port_stays_free() -> None:
    with socket.create_server((port.HOST, 0)) as server:
        number = server.getsockname()[1]
    port.claim(number)
    port.claim(number)
    with socket.create_server((port.HOST, number)) as server:
        assert server.getsockname()[1] == number
