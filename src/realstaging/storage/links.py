"""What signs links: with a key that is worked in once, and those that stay the same for hours are made once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Final

from realstaging.storage.contract import Sign, window_start

# Links that a process remembers: some 8 MB. A gallery of fifty photos with three pictures each has 750.
REMEMBERED: Final = 10_000
BLOCK: Final = 64
"""Bytes of a block of SHA-256."""
INNER: Final = bytes(byte ^ 0x36 for byte in range(256))
OUTER: Final = bytes(byte ^ 0x5C for byte in range(256))


class Mac:
    """HMAC with SHA-256 (RFC 2104 §2) of many short texts. The key is worked in once, which is more than half of what a link would cost.

    What begins all texts may be given once as well.
    """

    def __init__(self, key: bytes, begin: bytes = b"") -> None:
        block = (hashlib.sha256(key).digest() if len(key) > BLOCK else key).ljust(BLOCK, b"\0")
        self._inner, self._outer = hashlib.sha256(block.translate(INNER)), hashlib.sha256(block.translate(OUTER))
        self._inner.update(begin)

    def hex(self, text: bytes) -> str:
        """The code of ``begin`` and this text, in hexadecimal."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(text)
        outer.update(inner.digest())
        return outer.hexdigest()


class WindowLinks:
    """The links of the present window, remembered until it ends. Pages are opened, left and opened again."""

    def __init__(self, begin: Callable[[datetime], Sign]) -> None:
        """``begin`` gives what signs in the window that begins then."""
        self._begin = begin
        self._window: tuple[datetime, Sign] | None = None

    def at(self, now: datetime) -> Sign:
        """What makes the links of this moment."""
        start = window_start(now)
        if self._window is None or self._window[0] != start:
            self._window = start, _remembering(self._begin(start))
        return self._window[1]


def _remembering(sign: Sign) -> Sign:
    known: dict[str, str] = {}

    def link(key: str) -> str:
        made = known.get(key)
        if made is None:
            if len(known) >= REMEMBERED:
                known.clear()
            made = known[key] = sign(key)
        return made

    return link
