"""Who is calling, as a network address: behind proxies that are named, and grouped as one subscriber has them.

A proxy appends the address it was called from to ``X-Forwarded-For``. So the list is read from its right end: as long as the one
who wrote an entry is trusted, the entry is believed; everything further left may have been made up by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# More proxies in a row than anybody has; what lies further left is not looked at.
MOST_HOPS: Final = 20
# What one subscriber is given at least (RFC 6177): counting single IPv6 addresses would give everyone 2^64 fresh starts.
SUBSCRIBER: Final = 64


def networks(text: str) -> tuple[Network, ...]:
    """The networks in a list separated by commas, as ``10.0.0.0/8, 2001:db8::/32``; ValueError where one is none."""
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


def caller(peer: str, forwarded: Iterable[str], trusted: Sequence[Network]) -> str:
    """The address to hold a request against: a subscriber's. Arguments as of `address`."""
    found = address(peer, forwarded, trusted)
    return "unknown" if found is None else _group(found)


def address(peer: str, forwarded: Iterable[str], trusted: Sequence[Network]) -> Address | None:
    """The very address that calls. ``forwarded``: the request's X-Forwarded-For fields, in their order.

    An entry that is no address ends the reading at the proxy that wrote it. None where the peer has none.
    """
    nearest = _address(peer)
    if nearest is None:
        return None
    for entry in reversed(_entries(forwarded)):
        if not any(nearest in network for network in trusted):
            break
        written = _address(entry)
        if written is None:
            break
        nearest = written
    return nearest


def _entries(forwarded: Iterable[str]) -> list[str]:
    return ",".join(forwarded).rsplit(",", MOST_HOPS)[-MOST_HOPS:]


def _address(text: str) -> Address | None:
    """The address in an entry, which may carry a port, brackets or a zone; an IPv4 address in IPv6 clothes is that IPv4 address."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found


def _group(address: Address) -> str:
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, SUBSCRIBER), strict=False))
    return str(address)
