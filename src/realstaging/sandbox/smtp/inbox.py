"""Letters that were taken, and how to read them."""

from __future__ import annotations

import re
from collections import deque
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Final

import msgspec

MOST_KEPT: Final = 200


class Received(msgspec.Struct, frozen=True):
    """One message with its envelope; ``encrypted``: whether it came by TLS, ``user``: who had signed in to send it."""

    number: int
    at: datetime
    sender: str
    recipients: tuple[str, ...]
    data: bytes
    encrypted: bool
    user: str

    @property
    def message(self) -> EmailMessage:
        read: Any = message_from_bytes(self.data, policy=policy.default)
        assert isinstance(read, EmailMessage)
        return read

    def header(self, name: str) -> str:
        """As it is meant; empty where there is none."""
        return str(self.message.get(name, ""))

    def body(self, kind: str) -> str:
        """``plain`` or ``html``; empty where there is none."""
        part: Any = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""

    def pictures(self) -> dict[str, bytes]:
        """By the id that the HTML names them by."""
        found: dict[str, bytes] = {}
        for part in self.message.walk():
            data: Any = part.get_payload(decode=True)
            if part.get_content_maintype() == "image" and part["Content-ID"]:
                found[str(part["Content-ID"]).strip("<>")] = data
        return found

    def links(self) -> list[str]:
        """Where the HTML leads, in its order."""
        return re.findall(r'href="([^"]+)"', self.body("html"))


class Inbox:
    """The newest letters, oldest first."""

    def __init__(self) -> None:
        self.letters: deque[Received] = deque(maxlen=MOST_KEPT)
        self.taken = 0

    def find(self, number: int) -> Received | None:
        return next((letter for letter in self.letters if letter.number == number), None)
