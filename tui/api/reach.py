"""Which addresses a link that a stranger chose may lead to: the public internet, and nothing nearer.

A link in a message may name this machine, the network around it, or the address where a cloud keeps a machine's
passwords. A GET may change something there, so none is made. Private networks count as near: files of customers lie on
Intercom's servers, and whoever keeps some on a private network can open the link in a browser. What a name means is
looked up once and the connection goes to the very address that was judged, so that a second answer of the name's
server changes nothing.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from tui.api.errors import InvalidError, NotSent
from tui.model.labels import api_errors

__all__ = ["judged", "near", "numeric", "public"]

_NOT_PUBLIC: Final = tuple(
    ip_network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip
"""Special addresses by IANA's registries (RFC 6890), those that carry an IPv4 address among them, and Azure's wire
server, which is public by its number. Python's own list differs from release to release."""
_UNICAST: Final = ip_network("2000::/3")
"""What of IPv6 is handed out at all (RFC 4291)."""
_NAT64: Final = ip_network("64:ff9b::/96")  # RFC 6052
_UNUSED: Final = "192.0.2.1"
"""An address of no machine (RFC 5737)."""

Address = IPv4Address | IPv6Address


def public(address: Address) -> bool:
    """Whether it is an address of the public internet, whatever form it is written in."""
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            return public(IPv4Address(int(address) & 0xFFFF_FFFF))
        if address.scope_id is not None or address not in _UNICAST:
            return False
    return not any(address in one for one in _NOT_PUBLIC)


def numeric(host: str) -> Address | None:
    """The address that ``host`` is written as, in any of the forms that inet_aton(3) takes (``127.1``, ``0x7f.1``,
    ``2130706433``); None for a name."""
    host = host.rstrip(".").removeprefix("[").removesuffix("]")
    try:
        return ip_address(host)
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(host)) if host and host[0].isdigit() and " " not in host else None
    except (OSError, ValueError):
        return None


def judged(host: str, port: int, *, proxied: bool) -> str:
    """The address to connect to for ``host``. ``proxied``: a proxy looks the name up, and no address is needed.

    Raises :class:`InvalidError` where any of its addresses is not public, :class:`NotSent` where it has none. Takes as
    long as the name's lookup: call it in a thread.
    """
    if near(host):
        raise _near(host)
    found = numeric(host)
    if found is not None:
        return str(found)
    addresses = _looked_up(host.rstrip(".").lower(), port, proxied=proxied)
    if not all(public(address) and not _is_ours(address) for address in addresses):
        raise _near(host)
    return str(addresses[0]) if addresses else ""


def near(host: str) -> bool:
    """Whether ``host`` by itself names this machine or a private network, with no name looked up."""
    found = numeric(host)
    if found is not None:
        return not public(found) or _is_ours(found)
    name = host.rstrip(".").lower()
    return name == "localhost" or name.endswith((".localhost", ".local", ".internal"))


def _near(host: str) -> InvalidError:
    return InvalidError(api_errors.FILE_PRIVATE_ADDRESS.format(host=host))


def _looked_up(name: str, port: int, *, proxied: bool) -> list[Address]:
    try:
        infos = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
        return [ip_address(str(info[4][0])) for info in infos]
    except (OSError, UnicodeError, ValueError):
        if proxied:
            return []  # only the proxy knows the names outside
        raise NotSent(api_errors.CANNOT_LOOK_UP.format(name=name)) from None


def _is_ours(address: Address) -> bool:
    """Whether an interface of this machine has it: only then can a socket be bound to it (bind(2), EADDRNOTAVAIL)."""
    return _binds(str(address)) and not _binds(_UNUSED)  # a system may be set up to bind anything


def _binds(address: str) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((address, 0))
    except OSError:
        return False
    return True
