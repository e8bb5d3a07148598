"""Addresses of people, and what is kept of one that must never be written to again. Pure."""

from __future__ import annotations

import hashlib
import re
from email.utils import parseaddr
from typing import Final

import idna
import msgspec

LONGEST_ADDRESS: Final = 254
"""RFC 5321 §4.5.3.1.3, without the angle brackets."""
LONGEST_LOCAL: Final = 64
"""RFC 5321 §4.5.3.1.1."""
# RFC 5321 §4.1.2, the unquoted form: what people have. Other letters than these need SMTPUTF8, which few servers take.
LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


class Mailbox(msgspec.Struct, frozen=True):
    """Whose mail: a name, which may be empty, and an address that `reachable` has seen."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def in_ascii(domain: str) -> str:
    """A domain as it is asked for, in small letters; UnicodeError where it is none.

    By the rules of IDNA 2008, in which ß and ς are letters of their own: by those of 2003, which the standard library has, it would be
    somebody else's domain.
    """
    if domain.isascii():
        return domain.lower()
    return idna.encode(domain, uts46=True, transitional=False).decode("ascii")


def reachable(address: str) -> str | None:
    """The address as it is written on the wire, its domain in ASCII; None where no mail can go there."""
    local, at, domain = address.strip().rpartition("@")
    try:
        name = in_ascii(domain)
    except UnicodeError:
        return None
    labels = name.split(".")
    whole = f"{local}@{name}"
    fits = at and len(local) <= LONGEST_LOCAL and len(whole) <= LONGEST_ADDRESS and len(labels) > 1
    if not fits or not LOCAL.fullmatch(local) or not all(LABEL.fullmatch(label) for label in labels):
        return None
    return whole


def mailbox(text: str) -> Mailbox:
    """What a setting says: `Real Staging <hello@example.com>`, or the address alone. ValueError where it is neither."""
    name, address = parseaddr(text)
    wire = reachable(address)
    if wire is None or any(ord(letter) < ord(" ") for letter in name):
        raise ValueError("not an address that mail can go to")
    return Mailbox(name, wire)


def digest(address: str) -> bytes:
    """What stands for an address where the address itself is not kept: 32 bytes, the same however it is capitalised.

    Without a key: it has to be the same after every change of keys. Who has a guess can tell whether it is right, and no more.
    """
    return hashlib.sha256(b"realstaging:mail:" + (reachable(address) or address.strip()).lower().encode()).digest()
