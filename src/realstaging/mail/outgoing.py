"""Handing one message to the mail server."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from functools import cached_property
from typing import Final

import aiosmtplib
import msgspec

from realstaging.mail.addresses import Mailbox
from realstaging.mail.answers import NotYet, Stage, failure, told
from realstaging.mail.server import MailServer

# Seconds for each answer, and for the whole conversation. RFC 5321 §4.5.3.2 asks for minutes; who waits here is one of many jobs, and
# comes back.
PATIENCE: Final = 30.0
LONGEST_CONVERSATION: Final = 120.0
LONGEST_GOODBYE: Final = 2.0
MOST_AT_ONCE: Final = 8
"""Conversations of one process: when a server comes back, everything that waited comes at once, and providers count connections."""


class Letterhead(msgspec.Struct, frozen=True):
    """Who writes, and where answers go."""

    sender: Mailbox
    reply_to: Mailbox | None = None


class Outgoing:
    """The server that mail is handed to, and in whose name."""

    def __init__(self, server: MailServer, letterhead: Letterhead, *, patience: float = PATIENCE) -> None:
        """``patience``: seconds for each answer of the server's."""
        self.server = server
        self.letterhead = letterhead
        self._patience = patience
        self._places = asyncio.Semaphore(MOST_AT_ONCE)

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context()

    async def deliver(self, recipient: str, message: bytes) -> str:
        """Hand it over; what the server said to it. NotYet or Refused where it was not taken.

        Taken is not arrived: what becomes of it later, providers tell (`notices`).
        """
        async with self._places:
            return await self._deliver(recipient, message)

    async def _deliver(self, recipient: str, message: bytes) -> str:
        stage = Stage.CONNECT
        client = self._client()
        try:
            async with asyncio.timeout(LONGEST_CONVERSATION):
                await client.connect()
                if self.server.user:
                    stage = Stage.SIGN_IN
                    await client.login(self.server.user, self.server.password)
                stage = Stage.SENDER
                await client.mail(self.letterhead.sender.address)
                stage = Stage.RECIPIENT
                await client.rcpt(recipient)
                stage = Stage.CONTENT
                answer = await client.data(message)
            # It is taken: whatever happens to the goodbye changes nothing.
            with contextlib.suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
                await client.quit(timeout=LONGEST_GOODBYE)
            return told(f"{answer.code} {answer.message}")
        except aiosmtplib.SMTPResponseException as error:
            raise failure(stage, error.code, error.message) from error
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise NotYet(told(f"{stage}: {type(error).__name__}: {error}")) from error
        finally:
            client.close()

    async def greet(self) -> str:
        """Connect, encrypt, sign in, and say goodbye; how the server greeted. NotYet where that does not go well."""
        stage, client = Stage.CONNECT, self._client()
        try:
            async with asyncio.timeout(LONGEST_CONVERSATION):
                greeting = await client.connect()
                if self.server.user:
                    stage = Stage.SIGN_IN
                    await client.login(self.server.user, self.server.password)
                await client.quit(timeout=LONGEST_GOODBYE)
            return greeting.message
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise NotYet(f"{stage}: {type(error).__name__}: {error}"[:300]) from error
        finally:
            client.close()

    def _client(self) -> aiosmtplib.SMTP:
        server = self.server
        return aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.tls == "implicit",
            start_tls=server.tls == "starttls",
            tls_context=None if server.tls == "none" else self._trust,
            timeout=self._patience,
            # Not this machine's name, which may be a container's, and would have to be looked up.
            local_hostname=self.letterhead.sender.domain,
        )
