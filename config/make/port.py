"""The port that the development server is to listen on."""

import socket
import sys

HOST = "127.0.0.1"


def parse(text: str) -> int:
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    sys.exit(f"“{text}” is not a port. Choose a number below 65536: make run PORT=8000")


def claim(number: int) -> None:
    """Ends the program with one sentence if nothing can listen on `number` now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, number))
        except PermissionError:
            sys.exit(f"Port {number} needs root's rights. Choose another: make run PORT=8000")
        except OSError:
            other = number + 1 if number < 65535 else 8000
            sys.exit(f"Port {number} is taken. Choose another: make run PORT={other}")
