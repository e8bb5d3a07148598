"""What an address of a service tells before anybody speaks to it. Pure."""

from __future__ import annotations

import ipaddress
from typing import Final
from urllib.parse import SplitResult, urlsplit

ENCRYPTED: Final = frozenset({"https", "rediss"})


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


def is_encrypted(address: str) -> bool:
    """Whether whoever carries what is said to this address can't read it."""
    parts = split(address)
    return parts is not None and parts.scheme in ENCRYPTED
