"""Speaking to addresses that customers chose, and to nothing else that could be meant by them (decision 99).

An address names a host on the internet, by https. Its name is looked up once for each message, every number found must be a public one,
and the connection goes to one of those numbers: what the name means a moment later plays no part. Redirects are not followed, no proxy of
the environment is asked, and of the answer only its beginning is read.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Final

import aiohttp
import msgspec
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from realstaging.kit import addresses
from realstaging.kit.errors import InvalidInput

PATIENCE: Final = 20.0
"""Seconds for all of it: Standard Webhooks asks for 15 to 30."""
LONGEST_ANSWER: Final = 4096
"""Bytes of an answer that are read; who is asked may send without an end."""
LONGEST_ADDRESS: Final = 2000
LOOK_UPS_AT_ONCE: Final = 8
"""Threads that wait for the name service: of their own, so that names nobody answers for hold up nothing but other such names."""
LEAST_PORT: Final = 1024
"""Below it are services of the network, 443 aside, that have no business with us: mail, name service, shells."""

_UNFIT: Final = re.compile(r"[\x00-\x20\x7f\\]")
_BEHIND_HOST: Final = re.compile(r"[/?#]")
_LABEL: Final = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
_NAME: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
LONGEST_HOST: Final = 253

LookUp = Callable[[str, int], Awaitable[Sequence[str]]]
"""The numbers that a name stands for."""


class Refused(InvalidInput):
    """This address is not one that is spoken to."""

    code = "address_refused"


class Answered(msgspec.Struct, frozen=True):
    """What came back: a status with the beginning of the answer, or in ``error`` why there is none."""

    milliseconds: int
    status: int | None = None
    answer: str = ""
    error: str | None = None
    retry_after: str | None = None


def checked(address: str, *, private: bool = False) -> str:
    """The address as it will be asked: its name in the letters of the network (IDNA), escapes written out. Refused where it is none
    of those that are spoken to. ``private``: this machine, numbers and plain http will do.
    """
    if len(address) > LONGEST_ADDRESS or _UNFIT.search(address):
        raise Refused("An address has at most 2,000 characters, and neither blanks nor backslashes.")
    try:
        url = URL(address)
        host, port = (url.raw_host or "").lower().rstrip("."), url.explicit_port
    except ValueError as error:
        raise Refused("This is not an address. It should look like https://example.com/webhooks.") from error
    if url.scheme != "https" and not (private and url.scheme == "http"):
        raise Refused("The address must begin with https://.")
    # Read off the text: libraries do not agree on what a strange one means, and forget an empty name.
    authority = _BEHIND_HOST.split(address.partition("://")[2], maxsplit=1)[0]
    if "@" in authority:
        raise Refused(
            "An address with a name or a password in it is not taken. Put a secret into its path, or verify the signature."
        )
    if url.raw_fragment or "#" in address:
        raise Refused("The part after # is never sent. Leave it out.")
    if "%" in authority:
        raise Refused("The name of the host is written without escapes.")
    if not private:
        _require_public(host, port)
    elif not host:
        raise Refused("The address has no host.")
    place = host if ":" not in host else f"[{host}]"
    return f"{url.scheme}://{place}{f':{port}' if port is not None else ''}{url.raw_path_qs}"


def _require_public(host: str, port: int | None) -> None:
    if addresses.is_address(host):
        raise Refused("The address must have the name of a host, not its number: certificates are for names.")
    if not _NAME.fullmatch(host) or len(host) > LONGEST_HOST:
        raise Refused("The address must have the full name of a host, as hooks.example.com.")
    if port is not None and port != 443 and port < LEAST_PORT:  # noqa: PLR2004 - https
        raise Refused(f"The port must be 443, or {LEAST_PORT} or above.")


class _Public(AbstractResolver):
    """Gives a connection the numbers of a name, if all of them are public: a mixed answer is an attempt."""

    def __init__(self, look_up: LookUp, *, private: bool) -> None:
        self._look_up, self._private = look_up, private

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        numbers = await self._look_up(host, port)
        if not self._private and not all(addresses.is_global(number) for number in numbers):
            raise Refused("The name of the host stands for an address that is not on the internet.")
        return [
            ResolveResult(
                hostname=host,
                host=number,
                port=port,
                family=socket.AF_INET6 if ":" in number else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for number in numbers
            if family in {socket.AF_UNSPEC, socket.AF_INET6 if ":" in number else socket.AF_INET}
        ]

    async def close(self) -> None:
        """Holds nothing."""


class Outward:
    """Sends to such addresses. ``patience`` in seconds; ``look_up`` and ``trust`` are the system's unless others are given."""

    def __init__(
        self,
        *,
        private: bool = False,
        patience: float = PATIENCE,
        look_up: LookUp | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self.private = private
        self._patience = patience
        self._look_up = look_up or self._system_look_up
        self._given_trust = trust

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        # Reading the certificates takes some ten milliseconds.
        return self._given_trust or ssl.create_default_context()

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(LOOK_UPS_AT_ONCE, "look-up")

    async def _system_look_up(self, host: str, port: int) -> Sequence[str]:
        found = await asyncio.get_running_loop().run_in_executor(
            self._threads, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        )
        return list(dict.fromkeys(str(entry[4][0]) for entry in found))

    async def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        """Send it once. Never raises for what the other side is or does: that is in what is answered."""
        began = time.monotonic()
        status, text, error, after = None, bytearray(), None, None
        try:
            url = URL(checked(address, private=self.private), encoded=True)
            async with (
                aiohttp.ClientSession(
                    connector=self._connector(),
                    timeout=aiohttp.ClientTimeout(total=self._patience),
                    cookie_jar=aiohttp.DummyCookieJar(),
                    auto_decompress=False,
                    trust_env=False,
                    read_bufsize=LONGEST_ANSWER,
                ) as session,
                session.post(url, data=body, headers={**_PLAIN, **headers}, allow_redirects=False) as answer,
            ):
                status, after = answer.status, answer.headers.get("Retry-After")
                # With its status the other side has answered, however the rest goes.
                async for piece in answer.content.iter_any():
                    text += piece
                    if len(text) >= LONGEST_ANSWER:
                        break
                answer.close()
        except Refused as refused:
            error = refused.message
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as failure:
            error = None if status else _told(failure, self._patience)
        said = bytes(text[:LONGEST_ANSWER]).decode("utf-8", "replace").replace("\0", "\ufffd")
        return Answered(round((time.monotonic() - began) * 1000), status, said, error, after)

    def _connector(self) -> aiohttp.TCPConnector:
        return aiohttp.TCPConnector(
            resolver=_Public(self._look_up, private=self.private),
            use_dns_cache=False,
            ssl=self._trust,
            force_close=True,
            limit=1,
        )

    def close(self) -> None:
        """Let go of the threads. Safe to call twice."""
        if "_threads" in self.__dict__:
            self._threads.shutdown(wait=False, cancel_futures=True)


_PLAIN: Final = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": "Real-Staging-Webhooks/1"}


def _told(failure: Exception, patience: float) -> str:
    """Why there is no answer, in words that hold nothing of ours."""
    match failure:
        case TimeoutError():
            return f"There was no answer within {patience:g} seconds."
        case aiohttp.ClientConnectorDNSError():
            return "The name of the host was not found."
        case aiohttp.ClientConnectorCertificateError():
            return f"The certificate of the host is not valid: {failure.certificate_error}"[:300]
        case aiohttp.ClientSSLError():
            return "The host does not speak TLS as it should."
        case aiohttp.ClientConnectorError():
            return "The host does not take connections at this port."
        case aiohttp.ClientOSError() | aiohttp.ServerDisconnectedError():
            return "The host ended the connection without an answer."
    return f"The answer cannot be read ({type(failure).__name__})."
