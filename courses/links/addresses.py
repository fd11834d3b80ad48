"""Which addresses may be asked at all.

The check of links asks whatever an author wrote, from inside the site's network. So nothing is
asked that is not plainly a public web page: not by its spelling, nor by where its name leads.
"""

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from django.utils.translation import gettext as _

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Place = tuple[str, int]

PORTS = {"http": 80, "https": 443}
LONGEST = 2000
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
# The last part of a name that is a number, however spelled, makes the whole a number.
NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
# Names that lead nowhere but into the network that asks.
INSIDE = frozenset({"localhost", "local", "localdomain", "internal", "intranet", "lan", "home"})
# IPv6 addresses whose last 32 bits are the IPv4 address that a router goes on to.
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Not public, though not every version of Python says so.
KEPT_BACK = tuple(
    ipaddress.ip_network(one) for one in ("192.0.0.0/24", "64:ff9b:1::/48", "fec0::/10")
)
# What stays as it is in a path and a query; all else is spelled in percents.
SAFE = "/:@!$&'()*+,;=~-._%[]"


class RefusedError(Exception):
    """The address must not be asked; the message says why, to an editor."""


@dataclass(frozen=True, slots=True)
class Address:
    """One address, ready to be asked. `host` is ASCII, `target` is its path and query."""

    url: str
    scheme: str
    host: str
    port: int
    target: str

    @property
    def place(self) -> Place:
        return self.host, self.port

    @property
    def name(self) -> str:
        """As the Host header says it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def address_of(url: str, allowed: frozenset[Place] = frozenset()) -> Address:
    """`url` as an address that may be asked.

    `allowed` are hosts with ports of the own network that may be asked all the same.
    Raises RefusedError for anything but http and https to a public host on its usual port.
    Pure: where the name leads is for `refuse_private`, at the moment of connecting.
    """
    if len(url) > LONGEST or CONTROL.search(url):
        raise RefusedError(_("It is no address: it is too long, or has control characters."))
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise RefusedError(_("It is no address.")) from error
    if parts.scheme not in PORTS:
        raise RefusedError(_("Only http and https are checked."))
    if parts.username is not None or parts.password is not None:
        raise RefusedError(_("It has a name or password before its host."))
    host = host_of(parts)
    found = Address(url, parts.scheme, host, port or PORTS[parts.scheme], target_of(parts))
    if found.place not in allowed:
        refuse_place(found)
    return found


def host_of(parts: SplitResult) -> str:
    """The host in ASCII and small letters, without a dot at its end."""
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise RefusedError(_("Its host is no name.")) from error
    return host.removesuffix(".")


def target_of(parts: SplitResult) -> str:
    """What the request line names, with nothing in it that could end the line."""
    path = quote(parts.path or "/", safe=SAFE)
    return f"{path}?{quote(parts.query, safe=SAFE + '?')}" if parts.query else path


def refuse_place(address: Address) -> None:
    if address.port != PORTS[address.scheme]:
        raise RefusedError(_("It uses port %d; only the usual ones are checked.") % address.port)
    if ":" in address.host:
        refuse_private(ip_of(address.host))
        return
    labels = address.host.split(".")
    if not all(LABEL.fullmatch(label) for label in labels):
        raise RefusedError(_("Its host is no name."))
    if NUMBER.fullmatch(labels[-1]):
        refuse_private(ip_of(address.host))
    elif len(labels) == 1 or labels[-1] in INSIDE or labels[-2:] == ["home", "arpa"]:
        raise RefusedError(_("It leads into a private network."))


def ip_of(text: str) -> IP:
    """Four plain numbers, or IPv6: other spellings are how filters are tricked."""
    try:
        return ipaddress.ip_address(text)
    except ValueError as error:
        raise RefusedError(_("Its host is a number in an odd spelling.")) from error


def refuse_private(ip: IP) -> None:
    """Raises RefusedError unless `ip`, and every address that it wraps, is a public one."""
    if not all(is_public(one) for one in (ip, *wrapped_in(ip))):
        raise RefusedError(_("It leads into a private network."))


def is_public(ip: IP) -> bool:
    # Python's own tables differ between versions: no one of them is trusted alone.
    inside = (
        ip.is_private,
        ip.is_loopback,
        ip.is_link_local,
        ip.is_multicast,
        ip.is_reserved and ip not in NAT64,
        ip.is_unspecified,
        any(ip in network for network in KEPT_BACK),
    )
    return ip.is_global and not any(inside)


def wrapped_in(ip: IP) -> Iterator[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 one stands for: mapped, 6to4, Teredo, NAT64."""
    if isinstance(ip, ipaddress.IPv4Address):
        return
    for one in (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())):
        if one is not None:
            yield one
    if ip in NAT64:
        yield ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
