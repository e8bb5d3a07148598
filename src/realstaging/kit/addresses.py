"""What an address of a service tells before anybody speaks to it. Pure."""

from __future__ import annotations

import ipaddress
from typing import Final
from urllib.parse import SplitResult, urlsplit

ENCRYPTED: Final = frozenset({"https", "rediss", "smtps"})
# What of IPv4 is nobody's on the internet, or the network's own (IANA's registry of special-purpose addresses, read 2026-11-26); last is
# where a cloud's machines find their host, a public number that is private in there.
CLOSED_IPV4: Final = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"),
        *("192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
        *("224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"),
    )
)
# IPv6 gives out addresses in 2000::/3 alone (RFC 4291 §2.4). Within it: protocols (Teredo among them), documentation, and 6to4, which
# holds an IPv4 address. Outside lie those that hold one as well: mapped, compatible, NAT64 (64:ff9b::/96, 64:ff9b:1::/48).
OPEN_IPV6: Final = ipaddress.IPv6Network("2000::/3")
CLOSED_IPV6: Final = tuple(
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "3ffe::/16", "5f00::/16")
)


def split(address: str) -> SplitResult | None:
    """The parts of an address; None where it has no host or its port is no number. Nothing of it is ever repeated in an error."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.hostname else None


def host(address: str) -> str:
    """The host in small letters, empty where there is none."""
    parts = split(address)
    return (parts.hostname or "") if parts else ""


def origin(address: str) -> str:
    """Scheme, host and port of an address, as browsers send it; empty for none."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def is_address(name: str) -> bool:
    """Whether a host is a number instead of a name, in any of the ways that systems read."""
    bare = name.strip("[]")
    try:
        ipaddress.ip_address(bare)
    except ValueError:
        # A host whose last label is a number is taken for IPv4 (WHATWG URL §3.5), also 0x7f.1 and 127.1.
        last = bare.rstrip(".").rpartition(".")[2].lower()
        return last.isdigit() or (last.startswith("0x") and all(digit in "0123456789abcdef" for digit in last[2:]))
    return True


def is_loopback(name: str) -> bool:
    """Whether a host is this machine itself."""
    bare = name.strip("[]").lower()
    if bare == "localhost" or bare.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def is_global(number: str) -> bool:
    """Whether an address (a number, not a name) is somebody's on the internet: neither this machine, nor its networks, nor a way round
    to them through another kind of address.
    """
    try:
        address = ipaddress.ip_address(number)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in CLOSED_IPV4)
    return address in OPEN_IPV6 and not address.scope_id and not any(address in network for network in CLOSED_IPV6)


def is_encrypted(address: str) -> bool:
    """Whether whoever carries what is said to this address can't read it."""
    parts = split(address)
    return parts is not None and parts.scheme in ENCRYPTED
