"""The stand-in as a server: SMTP on one port, its page on another."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from realstaging.kit.clock import Clock, utc_now
from realstaging.sandbox.smtp.conversation import LARGEST_MESSAGE, Conversation, Fault, Habits, Line, Step
from realstaging.sandbox.smtp.inbox import Inbox

__all__ = ["Fault", "Habits", "SmtpSandbox"]


class SmtpSandbox:
    """Takes letters, or does as it is told instead: ``misbehave("rcpt", "550 5.1.1 Nobody here")``."""

    def __init__(self, habits: Habits = Habits(), *, implicit_tls: bool = False, clock: Clock = utc_now) -> None:  # noqa: B008 - frozen
        self.inbox = Inbox()
        self.faults: list[Fault] = []
        self.connections = 0
        self.most_at_once = 0
        self._habits, self._implicit, self._clock = habits, implicit_tls, clock
        self._holding: set[asyncio.Task[None]] = set()

    def misbehave(self, step: Step, answer: str, *, times: int = 1, seconds: float = 0.0) -> None:
        """From now on, so many times. See `Fault`."""
        self.faults.append(Fault(step, answer, times, seconds))

    def behave(self) -> None:
        """As usual again."""
        self.faults.clear()

    @asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncIterator[int]:
        """Listen on this machine alone; the port."""
        server = await asyncio.start_server(
            self._hold,
            "127.0.0.1",
            port,
            limit=LARGEST_MESSAGE,
            ssl=self._habits.context if self._implicit else None,
        )
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            for task in self._holding:
                task.cancel()
            await asyncio.gather(*self._holding, return_exceptions=True)
            await server.wait_closed()

    async def _hold(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self._holding.add(task)
        self.most_at_once = max(self.most_at_once, len(self._holding))
        task.add_done_callback(self._holding.discard)
        # Cancelled when the server stops, and by nobody else: asyncio would report that as a mistake.
        with contextlib.suppress(asyncio.CancelledError):
            await Conversation(Line(reader, writer), self.inbox, self._habits, self.faults, self._clock).hold()
