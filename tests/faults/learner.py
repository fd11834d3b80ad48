"""One learner's browser, as far as losing answers goes: it repeats what was not acknowledged."""

import json
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from random import Random
from urllib.parse import urlencode

from tests.faults import QUESTIONS

TOKEN = "f" * 32
# The learner gives up, and the test fails, when one step takes longer.
PATIENCE = 45
AGAIN = 0.25
ACCEPTED = (200, 302)


class StuckError(AssertionError):
    """Something could not be done within the learner's patience."""


@dataclass
class Learner:
    """`acknowledged`: by position, (sequence, option) of each answer that the site said it has."""

    port: int
    session: str
    rng: Random
    acknowledged: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    attempt: str = ""
    repeated: int = 0

    def take(self, slug: str) -> None:
        started = self.insist(f"/quizzes/{slug}/start/", {})
        self.attempt = str(started.getheader("Location"))
        places = list(range(1, QUESTIONS + 1))
        # Some go back to change an answer.
        for place in [*places, *self.rng.sample(places, 3)]:
            self.answer(place)
        submitted = self.insist(f"{self.attempt}submit/", {})
        assert submitted.getheader("Location") == f"{self.attempt}results/"
        if self.rng.random() < 0.3:
            self.insist(f"{self.attempt}submit/", {})
        self.insist(f"{self.attempt}results/", None)

    def answer(self, place: int) -> None:
        sequence, option = int(time.time() * 1000), self.rng.choice("abcd")
        packet = {"choice": option, "sequence": str(sequence)}
        response = self.insist(f"{self.attempt}answers/{place}/", packet)
        assert response.status == 200
        self.acknowledged.setdefault(place, []).append((sequence, option))

    def insist(self, path: str, form: dict[str, str] | None) -> HTTPResponse:
        """Ask until the site answers well; a POST without an answer may have been done."""
        end = time.monotonic() + PATIENCE
        seen = "nothing"
        while time.monotonic() < end:
            try:
                response = self.ask(path, form)
            except (OSError, HTTPException) as error:
                seen = repr(error)
            else:
                if response.status in ACCEPTED:
                    return response
                seen = f"status {response.status}"
            self.repeated += 1
            time.sleep(AGAIN * (1 + self.rng.random()))
        raise StuckError(f"{path}: {seen} after {PATIENCE} s")

    def ask(self, path: str, form: dict[str, str] | None) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {
            "Cookie": f"csrftoken={TOKEN}; sessionid={self.session}",
            "Accept": "application/json" if form and "choice" in form else "text/html",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            if form is None:
                connection.request("GET", path, headers=headers)
            else:
                body = urlencode({"csrfmiddlewaretoken": TOKEN, **form})
                connection.request("POST", path, body, headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        if response.status == 200 and headers["Accept"] == "application/json":
            assert json.loads(content)["counts"] is True, content
        return response
