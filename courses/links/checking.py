"""How one address answers: HEAD, then GET, along its redirects."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from urllib.parse import urldefrag, urljoin, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from courses.links.addresses import Address, RefusedError
from courses.links.connecting import Answer, FailureError

MOST_REDIRECTS = 5
# Seconds until what may pass is asked once more.
PAUSE = 3.0
LONGEST = 500
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
GONE = frozenset({404, 410})
# Only an answer to GET is believed where HEAD gives one of these.
LAST_WORDS = frozenset({401, 429, 451})

Ask = Callable[[str, Address], Answer]
Parse = Callable[[str], Address]


class Outcome(Enum):
    OK = "ok"
    MOVED = "moved"
    CLOSED = "closed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """How an address answered. `status` is None where nothing did."""

    outcome: Outcome
    status: int | None = None
    problem: str = ""
    # The address that took its place for good.
    moved_to: str = ""
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One hop: the address asked, its answer, and whether all hops before it were permanent."""

    url: str
    answer: Answer
    permanent: bool


class LostError(Exception):
    """The redirects lead nowhere that can be told."""


def check(url: str, *, ask: Ask, parse: Parse, sleep: Callable[[float], None]) -> Finding:
    """How `url` answers now; what may pass is asked once more after a pause of seconds."""
    found = look(url, ask, parse)
    if found.passing:
        sleep(PAUSE)
        found = look(url, ask, parse)
    return replace(found, passing=False)


def look(url: str, ask: Ask, parse: Parse) -> Finding:
    try:
        *_before, last = steps(url, ask, parse)
    except RefusedError as error:
        return Finding(Outcome.CLOSED, problem=str(error))
    except LostError as error:
        return Finding(Outcome.CLOSED, problem=str(error))
    except FailureError as error:
        return Finding(Outcome.FAILED, problem=str(error), passing=error.passing)
    return judged(url, last)


def steps(url: str, ask: Ask, parse: Parse) -> Iterator[Step]:
    """Each hop on the way from `url`; every one is an address that may be asked.

    Raises LostError, RefusedError or FailureError at the hop where the way ends so.
    """
    seen: set[str] = set()
    permanent = True
    for _hop in range(MOST_REDIRECTS + 1):
        seen.add(urldefrag(url).url)
        answer = answer_of(parse(url), ask)
        yield Step(url, answer, permanent)
        if answer.status not in REDIRECTS or not answer.location:
            return
        permanent = permanent and answer.status in PERMANENT
        url = onward(url, answer.location)
        if urldefrag(url).url in seen:
            raise LostError(_("It redirects in a circle."))
    raise LostError(_("It redirects more than %d times.") % MOST_REDIRECTS)


def onward(url: str, location: str) -> str:
    """Where `location` leads from `url`; the place within the page goes along, as in a browser."""
    try:
        target = urljoin(url, location.strip())
        fragment = urldefrag(url).fragment
        return target if urldefrag(target).fragment or not fragment else f"{target}#{fragment}"
    except ValueError as error:
        raise LostError(_("It redirects to what is no address.")) from error


def answer_of(address: Address, ask: Ask) -> Answer:
    """By HEAD where that is enough; many hosts answer it wrongly, or not at all."""
    try:
        answer = ask("HEAD", address)
    except FailureError:
        return ask("GET", address)
    if answer.status < 400 or answer.status in LAST_WORDS:
        return answer
    return ask("GET", address)


def judged(url: str, last: Step) -> Finding:
    status = last.answer.status
    if status in GONE:
        return Finding(Outcome.FAILED, status, _("There is no such page any more."))
    if 500 <= status < 600 and not last.answer.walled:
        return Finding(Outcome.FAILED, status, _("Its server is out of order."), passing=True)
    if not 200 <= status < 300:
        return Finding(Outcome.CLOSED, status, _("It answers to people only."))
    if is_home_page(url, last.url):
        return Finding(Outcome.CLOSED, status, _("It leads to the first page of a site."))
    if last.permanent and may_replace(url, last.url):
        return Finding(Outcome.MOVED, status, moved_to=last.url)
    return Finding(Outcome.OK, status)


def is_home_page(old: str, new: str) -> bool:
    """Whether a page inside a site leads to a bare front door: most likely it is gone."""
    return urlsplit(old).path.strip("/") != "" and urlsplit(new)[2:4] in {("", ""), ("/", "")}


def may_replace(old: str, new: str) -> bool:
    """Whether an editor can be offered `new`: an address, another one, and no less safe."""
    if new == old or len(new) > LONGEST:
        return False
    if urlsplit(old).scheme == "https" and urlsplit(new).scheme != "https":
        return False
    try:
        URLValidator(schemes=["http", "https"])(new)
    except ValidationError:
        return False
    return True
