"""One part of the development set: started, watched, started again with growing pauses when it ends by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from realstaging.dev.errors import CannotStart
from realstaging.kit.children import ChildProcess

FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 30.0
# A part that ran this long and then ended had no trouble starting.
SOUND_AFTER: Final = 60.0


def pause(crashes: int) -> float:
    """Seconds before a part is started again after it ended ``crashes`` times in a row."""
    return min(FIRST_PAUSE * 2.0 ** (crashes - 1), LONGEST_PAUSE)


@dataclass
class Child:
    """``start`` starts the part and returns its process; ``last_words`` reads what it said last."""

    name: str
    start: Callable[[], ChildProcess]
    last_words: Callable[[], str]
    process: ChildProcess | None = None
    _crashes: int = 0
    _started_at: float = 0.0
    _due_at: float | None = field(default=None)

    def begin(self, now: float) -> None:
        """Start for the first time; what goes wrong is raised."""
        self.process = self.start()
        self._started_at = now

    def tend(self, now: float) -> str | None:
        """Look after the part at monotonic time ``now`` (seconds). Returns a line for the developer when something happened."""
        if self._due_at is not None:
            return self._begin_again(now) if now >= self._due_at else None
        if self.process is None or self.process.poll() is None:
            return None
        return self._plan_restart(now, f"ended ({_ending(self.process.returncode)}): {self.last_words()}")

    def _begin_again(self, now: float) -> str:
        self._due_at = None
        self._started_at = now
        try:
            self.process = self.start()
        except (CannotStart, OSError) as error:
            return self._plan_restart(now, f"did not come back: {error}")
        return f"{self.name} is started again."

    def _plan_restart(self, now: float, what: str) -> str:
        self._crashes = 1 if now - self._started_at >= SOUND_AFTER else self._crashes + 1
        wait = pause(self._crashes)
        self.process, self._due_at = None, now + wait
        return f"{self.name} {what} Starting it again in {wait:g} s."


def _ending(code: int) -> str:
    return f"killed by signal {-code}" if code < 0 else f"exit code {code}"
