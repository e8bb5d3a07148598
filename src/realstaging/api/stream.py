"""Server-sent events as a raw ASGI application: a browser costs one small task (WHATWG HTML §9.2).

First a `snapshot` with the newest event id (or what was missed since Last-Event-ID), then events as they are committed. A
connection ends after some minutes and the browser comes back with its last id.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cache, partial
from typing import Any, Final

import msgspec
import structlog
from litestar.types import Receive, Scope, Send
from prometheus_client import Gauge

from realstaging import wiring
from realstaging.api.access import CALLER, CLAIMS, EDITION, bearer
from realstaging.api.running import Running
from realstaging.domains.accounts.service import Member, Permission
from realstaging.kit import tracing
from realstaging.kit.tracing import Kind
from realstaging.runtime import events
from realstaging.runtime.events import Hub, Listener
from realstaging.runtime.identity import Claims
from realstaging.runtime.platform import Platform
from realstaging.runtime.wake_ups import EventMessage
from realstaging.runtime.work import Event

log = structlog.get_logger()

HEARTBEAT: Final = 15.0
LIFE: Final = 600.0
GOES_ON: Final = "goes_on"
HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


OPEN: Final = Gauge("realstaging_event_streams", "Browsers and programs that follow events.")


class StreamPlace(msgspec.Struct, frozen=True):
    """How far the account has come."""

    last_event_id: int


class Snapshot(Event, frozen=True, tag="snapshot"):
    """The stream begins here: what was read before this event may have missed something."""

    data: StreamPlace


class StreamEnd(msgspec.Struct, frozen=True):
    """There is nothing more to say."""


class Reconnect(Event, frozen=True, tag="reconnect"):
    """The stream ends; come back with the id of the last event."""

    data: StreamEnd


EVENTS: Final[list[type[Event]]] = [Snapshot, Reconnect]


@cache
def withheld(permissions: tuple[Permission, ...]) -> frozenset[str]:
    """Kinds of events that are not told to who may do so much: they tell what could not be read either."""
    return frozenset(str(event.__struct_config__.tag) for event in wiring.EVENTS if event.needs not in permissions)


def frames(listener: Listener, new: Sequence[EventMessage]) -> bytes:
    """Those of the events that are told to this listener, as blocks of the stream."""
    return b"".join(frame(event) for event in new if event.kind not in listener.withheld)


def frame(event: EventMessage) -> bytes:
    """The event's block of the stream; a comment in it names the step that told it, for who looks at what a browser was told."""
    told = b": traceparent %s\n" % event.trace.encode() if event.trace else b""
    return b"%sid: %d\nevent: %s\ndata: %s\n\n" % (told, event.id, event.kind.encode(), bytes(event.data))


def event_stream(running: Callable[[], Running]) -> Any:
    """The ASGI application of GET /events. It answers as far as the beginning; what comes then is called GOES_ON in the scope's state."""

    async def stream(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - as ASGI has it
        current, state = running(), scope["state"]
        platform, hub = current.platform, current.hub
        claims: Claims | None = state.get(CLAIMS)
        listener, place = await _admitted(platform, state[CALLER], dict(scope["headers"]), claims)
        hub.join(listener)
        OPEN.inc()
        if current.people.edition != state[EDITION] or (claims and current.ended.refuses(claims)):
            # Permissions changed, or the sign-in ended, since the door let them in, before the hub could tell: they come back, and are
            # looked at anew.
            listener.end()

        def leave() -> None:
            hub.leave(listener)
            OPEN.dec()
            platform.quotas.streams.give_back(listener.account_id, place)

        try:
            # Before the stream is begun: what fails now is answered, and said in words.
            first = await _first(platform, listener)
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await _send(send, first)
        except BaseException:
            leave()
            raise
        scope["state"][GOES_ON] = partial(_go_on, hub, listener, leave)

    return stream


# What it needs is gone when it returns: a stream lives for minutes, and there are thousands.
async def _admitted(
    platform: Platform, caller: Member, headers: dict[bytes, bytes], claims: Claims | None
) -> tuple[Listener, bytes]:
    token, account_id = bearer(headers), caller.account.id
    last_id = events.id_of(headers.get(b"last-event-id", b"").decode("latin-1"))
    limits = await platform.quotas.limits_of(platform.database, account_id)
    place = platform.quotas.streams.take(limits, account_id, token)
    session = claims.session if claims else None
    return Listener(account_id, -1 if last_id is None else last_id, session, withheld(caller.permissions)), place


async def _go_on(hub: Hub, listener: Listener, leave: Callable[[], None], receive: Receive, send: Send) -> None:
    gone = asyncio.ensure_future(_gone(receive))
    gone.add_done_callback(lambda _: listener.end())
    try:
        await _follow(hub, listener, send)
    except Exception as error:  # noqa: BLE001 - the connection breaks off, and the browser comes back with its last id
        log.warning("events.stream_broken", error=repr(error))
    finally:
        gone.cancel()
        leave()


async def _first(platform: Platform, listener: Listener) -> bytes:
    """What the stream begins with: events that were missed, or from where on there is nothing to miss."""
    known = (
        await events.missed(platform.database, listener.account_id, listener.last_id) if listener.last_id >= 0 else None
    )
    if known is None:
        listener.last_id = await events.newest(platform.database, listener.account_id)
        return b'retry: 1000\nid: %d\nevent: snapshot\ndata: {"last_event_id":%d}\n\n' % (
            listener.last_id,
            listener.last_id,
        )
    if known:
        listener.last_id = known[-1].id
    return b"retry: 1000\n\n" + frames(listener, known)


async def _follow(hub: Hub, listener: Listener, send: Send) -> None:
    ends = time.monotonic() + LIFE
    while not listener.ended and time.monotonic() < ends:
        new = await hub.heard(listener, HEARTBEAT)
        if not listener.ended:
            with ExitStack() as spans:
                for event in new:
                    _sending(event, spans)
                await _send(send, frames(listener, new) or b": still here\n\n")
    await _send(send, b"event: reconnect\ndata: {}\n\n", more=False)


def _sending(event: EventMessage, spans: ExitStack) -> None:
    """The way of an event to a browser as a step of the trace it belongs to, where that trace is kept in any case."""
    told = tracing.read(event.trace, trusted=True) if event.trace else None
    if told and told.sampled:
        attributes = {tracing.MESSAGING: "realstaging", tracing.OPERATION: "send", tracing.OPERATION_TYPE: "send"}
        attributes |= {tracing.DESTINATION: "events", tracing.MESSAGE: str(event.id)}
        spans.enter_context(tracing.Span(f"send {event.kind}", Kind.PRODUCER, attributes, parent=told))


async def _send(send: Send, body: bytes, *, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": more})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
