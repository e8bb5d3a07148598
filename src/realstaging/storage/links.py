"""Links that stay the same for hours are made once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from realstaging.storage.contract import Sign, window_start

# Links that a process remembers: some 8 MB. A gallery of fifty photos with three pictures each has 750.
REMEMBERED: Final = 10_000


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
