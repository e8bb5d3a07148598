"""HTTP/1.1 on a socket, with an end to everything a client can drag out: a head, the rest of a body, an answer it does not read.

uvicorn's protocol waits for these for ever and keeps any number of headers, and its parser keeps a name or a value until it ends.
What is refused here is a problem document; nothing is read after it, but dropped for a while, so that it reaches its sender.
"""

from __future__ import annotations

import sys
from asyncio import TimerHandle, Transport
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from realstaging.api.intake import BY_DEFAULT, LINGER, LONGEST_ADDRESS, LONGEST_HEADERS, MOST_HEADERS
from realstaging.kit.errors import PROBLEM, AppError, Malformed, TooLong, TooSlow, problem

LONGEST_HEAD: Final = LONGEST_ADDRESS + LONGEST_HEADERS + 2048
"""Bytes that the parser may take without giving anything out: a whole head, with its method, its colons and its line ends. The same
holds for trailers and for what is between the pieces of a body."""
PIECE: Final = 16 * 1024
"""Bytes that the parser gets at once: by so much a head may outgrow its limit."""

MOST_PIPELINED: Final = 16
"""Requests of one connection that wait for the answer to an earlier one. Browsers have none; who has more sends them again."""

TOO_LARGE: Final = "The headers are too many or too long. Send fewer, or shorter ones."


class Guarded(HttpToolsProtocol):
    """One connection."""

    # What the application's own middleware would have set; it never sees these answers.
    guards: tuple[tuple[bytes, bytes], ...] = ()
    patience = BY_DEFAULT
    # uvicorn's own attributes nearly fill what Python lets the objects of a class share; a few more, and each has 1.5 KB of its own.
    __slots__ = ("_in_body", "_over", "_refusal", "_size", "_timers", "_unended")

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # as uvicorn's own
        self._timers: dict[str, TimerHandle] = {}
        self._refusal: AppError | None = None
        self._size = self._unended = 0
        self._in_body = self._over = False
        super().connection_made(transport)
        self._within("head", self.patience.head, self._late)

    def connection_lost(self, exc: Exception | None) -> None:
        for name in tuple(self._timers):
            self._in_time(name)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        for begin in range(0, len(data), PIECE):
            piece = data[begin : begin + PIECE]
            self._unended += len(piece)
            if not self._over:
                super().data_received(piece)
                self._wait_for_more()
            if self._unended > (LINGER if self._over else LONGEST_HEAD + PIECE):
                self._end()

    def _wait_for_more(self) -> None:
        """What came was no request (an empty line), but has ended uvicorn's wait for one: a whole head has to come in time."""
        answered = self.cycle is not None and self.cycle.response_complete and not self._in_body
        if answered and self.timeout_keep_alive_task is None and not self._over:
            self._within("head", self.patience.head, self._late)

    def _end(self) -> None:
        """There is no end to what comes."""
        if self._over:
            self.transport.abort()
            return
        self._refusal = TooLong(TOO_LARGE, status=431)
        self.send_400_response("")

    def on_message_begin(self) -> None:
        if len(self.pipeline) >= MOST_PIPELINED:
            self._refuse(TooLong(TOO_LARGE, status=431))
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
            self._refuse(TooLong(TOO_LARGE, status=431))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_time("head")
        super().on_headers_complete()
        self._in_body = True

    def on_body(self, body: bytes) -> None:
        self._unended = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._in_time("rest")
        self._unended, self._in_body = 0, False
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
        """Answer what is no HTTP, or out of bounds, and read no more.

        What came whole before it is answered first; where an answer to it could be taken for another's, it gets none.
        """
        if self._over or self.transport.is_closing():
            return
        self._over, self._unended = True, 0
        self._in_time("head")
        under_way = self.cycle is not None and not self.cycle.response_complete
        if under_way and not self._in_body:
            self.cycle.keep_alive = False
        elif self._in_body and (self.pipeline or self.cycle.response_started):
            self.transport.close()
        else:
            if under_way:
                self.cycle.disconnected = True
                self.cycle.message_event.set()
            self._tell(self._refusal or Malformed(f"{_why() or msg} Send HTTP/1.1."))

    def _tell(self, error: AppError) -> None:
        """Write the answer and nothing after it. Closing at once could take it from a sender who is still sending."""
        body = msgspec.json.encode(problem(error.status, error.code, error.message))
        headers = [
            *self.guards,
            (b"content-type", PROBLEM.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ]
        first = f"HTTP/1.1 {error.status} {HTTPStatus(error.status).phrase}\r\n".encode()
        self.transport.write(first + b"".join(b"%s: %s\r\n" % header for header in headers) + b"\r\n" + body)
        self.transport.write_eof()
        self._within("rest", self.patience.rest, self.transport.abort)

    def _refuse(self, error: AppError) -> None:
        """Have the parser stop; what it raises is answered by ``send_400_response``."""
        self._refusal = error
        raise error

    def _late(self) -> None:
        # One that came to its end during an answer must not keep the next from beginning.
        self._in_time("head")
        if self.cycle is None or self.cycle.response_complete:
            self._refusal = TooSlow()
            self.send_400_response("")

    def _within(self, name: str, seconds: float, late: Callable[[], None]) -> None:
        if name not in self._timers:
            self._timers[name] = self.loop.call_later(seconds, late)

    def _in_time(self, name: str) -> None:
        if timer := self._timers.pop(name, None):
            timer.cancel()


def _why() -> str:
    """What the parser does not like, in its own words: they are constants, nothing of the request is in them."""
    why = str(sys.exception() or "")
    return f"{why}." if why else ""
