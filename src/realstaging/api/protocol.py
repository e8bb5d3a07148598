"""HTTP/1.1 on a socket, with an end to everything a client can drag out: a head, the rest of a body, an answer it does not read.

uvicorn's protocol waits for these for ever and keeps any number of headers. What it refuses itself is a problem document here.
"""

from __future__ import annotations

from asyncio import TimerHandle, Transport
from collections.abc import Callable
from http import HTTPStatus

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from realstaging.api.intake import BY_DEFAULT, LONGEST_ADDRESS, LONGEST_HEADERS, MOST_HEADERS
from realstaging.kit.errors import PROBLEM, AppError, Malformed, TooLong, TooSlow, problem


class Guarded(HttpToolsProtocol):
    """One connection."""

    # What the application's own middleware would have set; it never sees these answers.
    guards: tuple[tuple[bytes, bytes], ...] = ()
    patience = BY_DEFAULT
    _refusal: AppError | None = None
    _size = 0
    _timers: dict[str, TimerHandle]

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # as uvicorn's own
        self._timers = {}
        super().connection_made(transport)
        self._within("head", self.patience.head, self._late)

    def connection_lost(self, exc: Exception | None) -> None:
        for name in tuple(self._timers):
            self._in_time(name)
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        self._size, self._refusal = 0, None
        self._within("head", self.patience.head, self._late)
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        if len(self.url) > LONGEST_ADDRESS:
            self._refuse(TooLong("The address is too long. Nothing here has one of that length."))

    def on_header(self, name: bytes, value: bytes) -> None:
        self._size += len(name) + len(value)
        if self._size > LONGEST_HEADERS or len(self.headers) >= MOST_HEADERS:
            self._refuse(TooLong("The headers are too many or too long. Send fewer, or shorter ones.", status=431))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_time("head")
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_time("rest")
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.cycle.more_body and not self.pipeline:
            self._within("rest", self.patience.rest, self.transport.abort)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._within("read", self.patience.read, self.transport.abort)

    def resume_writing(self) -> None:
        self._in_time("read")
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, or out of bounds, and close."""
        error = self._refusal or Malformed(f"{msg} Send HTTP/1.1.")
        body = msgspec.json.encode(problem(error.status, error.code, error.message))
        headers = [
            *self.guards,
            (b"content-type", PROBLEM.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ]
        first = f"HTTP/1.1 {error.status} {HTTPStatus(error.status).phrase}\r\n".encode()
        self.transport.write(first + b"".join(b"%s: %s\r\n" % header for header in headers) + b"\r\n" + body)
        self.transport.close()

    def _refuse(self, error: AppError) -> None:
        """Have the parser stop; what it raises is answered by ``send_400_response``."""
        self._refusal = error
        raise error

    def _late(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self._refusal = TooSlow()
            self.send_400_response("")

    def _within(self, name: str, seconds: float, late: Callable[[], None]) -> None:
        if name not in self._timers:
            self._timers[name] = self.loop.call_later(seconds, late)

    def _in_time(self, name: str) -> None:
        if timer := self._timers.pop(name, None):
            timer.cancel()
