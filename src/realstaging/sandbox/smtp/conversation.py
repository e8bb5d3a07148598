"""One client's conversation (RFC 5321; STARTTLS RFC 3207; AUTH RFC 4954), and how it goes wrong when it is told to."""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
import ssl
from collections.abc import Callable
from datetime import datetime
from typing import Final, Literal, NamedTuple

import msgspec

from realstaging.sandbox.smtp.inbox import Inbox, Received

LARGEST_MESSAGE: Final = 10_000_000
LONGEST_LINE: Final = 4096
"""More than a command may have (RFC 5321 §4.5.3.1.4): an initial response of AUTH is long."""
MOST_RECIPIENTS: Final = 100
PATIENCE: Final = 60.0

Step = Literal["connect", "ehlo", "starttls", "auth", "mail", "rcpt", "data", "content", "taken"]
"""Where something may go wrong: before the answer to each command; ``content`` before the answer to a whole message that was not
taken, ``taken`` after it was.
"""


class Fault(msgspec.Struct):
    """What happens at a step, so many times: an answer as `451 4.3.0 Try later`, ``drop`` (the connection), or ``slow`` (so many seconds
    before it goes on as usual).
    """

    step: Step
    answer: str
    times: int = 1
    seconds: float = 0.0


class Habits(msgspec.Struct, frozen=True):
    """What the server asks for: a user and password, TLS (with this context); and how it greets."""

    user: str = ""
    password: str = ""
    context: ssl.SSLContext | None = None
    greeting: str = "sandbox.localhost ESMTP Real Staging sandbox: every letter stays here"


class _Over(Exception):
    """The conversation has come to its end."""


class Line(NamedTuple):
    """To a client, and back."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class Conversation:
    """With one client. ``answer`` of a fault is looked up among the server's, which its page or a test may change meanwhile."""

    def __init__(
        self, line: Line, inbox: Inbox, habits: Habits, faults: list[Fault], clock: Callable[[], datetime]
    ) -> None:
        self._reader, self._writer = line
        self._inbox, self._habits, self._faults, self._clock = inbox, habits, faults, clock
        self._user = ""
        self._sender: str | None = None
        self._recipients: list[str] = []

    async def hold(self) -> None:
        """Until either side ends it."""
        try:
            if await self._goes_well("connect"):
                await self._say(f"220 {self._habits.greeting}")
                while True:
                    line = await asyncio.wait_for(self._reader.readuntil(b"\r\n"), PATIENCE)
                    if len(line) > LONGEST_LINE:
                        await self._say("500 5.5.2 Line too long")
                        continue
                    await self._command(line.decode("utf-8", "replace").strip())
        except (_Over, OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            self._writer.close()

    async def _command(self, line: str) -> None:
        verb, _, rest = line.partition(" ")
        match verb.upper():
            case "EHLO" | "HELO":
                await self._ehlo()
            case "STARTTLS" if self._habits.context and not self._encrypted:
                await self._start_tls(self._habits.context)
            case "AUTH" if self._habits.user:
                await self._auth(rest)
            case "MAIL":
                await self._mail(rest)
            case "RCPT":
                await self._rcpt(rest)
            case "DATA":
                await self._data()
            case "RSET":
                self._begin_anew()
                await self._say("250 2.0.0 OK")
            case "NOOP":
                await self._say("250 2.0.0 OK")
            case "QUIT":
                await self._say("221 2.0.0 Bye")
                raise _Over
            case _:
                await self._say("502 5.5.1 Command not implemented")

    @property
    def _encrypted(self) -> bool:
        return self._writer.get_extra_info("ssl_object") is not None

    def _begin_anew(self) -> None:
        self._sender, self._recipients = None, []

    async def _say(self, *lines: str) -> None:
        last = len(lines) - 1
        text = "".join(f"{line[:3]}{' ' if place == last else '-'}{line[4:]}\r\n" for place, line in enumerate(lines))
        self._writer.write(text.encode())
        await self._writer.drain()

    async def _goes_well(self, step: Step) -> bool:
        """Whether nothing was ordered to go wrong here; else it does."""
        fault = next((fault for fault in self._faults if fault.step == step and fault.times > 0), None)
        if fault is None:
            return True
        fault.times -= 1
        await asyncio.sleep(fault.seconds)
        if fault.answer == "slow":
            return True
        if fault.answer == "drop":
            self._writer.transport.abort()
            raise _Over
        await self._say(fault.answer)
        if fault.answer.startswith("421"):
            raise _Over
        return False

    async def _ehlo(self) -> None:
        if await self._goes_well("ehlo"):
            self._begin_anew()
            told = ["250 sandbox.localhost", f"250 SIZE {LARGEST_MESSAGE}", "250 8BITMIME", "250 ENHANCEDSTATUSCODES"]
            told += ["250 STARTTLS"] if self._habits.context and not self._encrypted else []
            told += ["250 AUTH PLAIN LOGIN"] if self._habits.user else []
            await self._say(*told)

    async def _start_tls(self, context: ssl.SSLContext) -> None:
        if await self._goes_well("starttls"):
            await self._say("220 2.0.0 Go ahead")
            await self._writer.start_tls(context, ssl_handshake_timeout=PATIENCE)
            self._user = ""
            self._begin_anew()

    async def _auth(self, rest: str) -> None:
        if not await self._goes_well("auth"):
            return
        mechanism, _, initial = rest.partition(" ")
        try:
            if mechanism.upper() == "PLAIN":
                _, user, password = ((initial and _decoded(initial)) or await self._asked("")).split("\0")
            elif mechanism.upper() == "LOGIN":
                user = _decoded(initial) if initial else await self._asked("Username:")
                password = await self._asked("Password:")
            else:
                await self._say("504 5.5.4 Mechanism not supported")
                return
        except (ValueError, binascii.Error):
            await self._say("501 5.5.2 Cannot decode")
            return
        if (user, password) != (self._habits.user, self._habits.password):
            await self._say("535 5.7.8 Authentication credentials invalid")
            return
        self._user = user
        await self._say("235 2.7.0 Authentication successful")

    async def _asked(self, what: str) -> str:
        await self._say(f"334 {base64.b64encode(what.encode()).decode()}")
        return _decoded((await self._reader.readuntil(b"\r\n")).decode().strip())

    async def _mail(self, rest: str) -> None:
        if not await self._goes_well("mail"):
            return
        found = re.match(r"FROM:\s*<([^>]*)>", rest, re.IGNORECASE)
        if self._habits.user and not self._user:
            await self._say("530 5.7.0 Authentication required")
        elif not found:
            await self._say("501 5.5.4 MAIL FROM:<address>")
        else:
            self._begin_anew()
            self._sender = found[1]
            await self._say("250 2.1.0 OK")

    async def _rcpt(self, rest: str) -> None:
        if not await self._goes_well("rcpt"):
            return
        found = re.match(r"TO:\s*<([^>]+)>", rest, re.IGNORECASE)
        if self._sender is None:
            await self._say("503 5.5.1 MAIL first")
        elif not found:
            await self._say("501 5.5.4 RCPT TO:<address>")
        elif len(self._recipients) >= MOST_RECIPIENTS:
            await self._say("452 4.5.3 Too many recipients")
        else:
            self._recipients.append(found[1])
            await self._say("250 2.1.5 OK")

    async def _data(self) -> None:
        if not await self._goes_well("data"):
            return
        if not self._recipients:
            await self._say("503 5.5.1 RCPT first")
            return
        await self._say("354 Go on, end with a dot alone")
        data = await asyncio.wait_for(self._reader.readuntil(b"\r\n.\r\n"), PATIENCE)
        if not await self._goes_well("content"):
            return
        self._inbox.taken += 1
        self._inbox.letters.append(
            Received(
                self._inbox.taken,
                self._clock(),
                self._sender or "",
                tuple(self._recipients),
                data[:-3].replace(b"\r\n..", b"\r\n."),
                self._encrypted,
                self._user,
            )
        )
        self._begin_anew()
        if await self._goes_well("taken"):
            await self._say(f"250 2.0.0 Taken as {self._inbox.taken}")


def _decoded(text: str) -> str:
    return base64.b64decode(text, validate=True).decode()
