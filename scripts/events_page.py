"""docs/reference/events.md: what browsers and programs are told as it happens, read from the structs that are told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_type_hints

import msgspec

from realstaging import wiring
from realstaging.api import stream


def page() -> str:
    return "\n".join([*_head(), *_events(), *_messages()])


def _head() -> Iterator[str]:
    yield "# Events\n"
    yield (
        "What `GET /api/v1/events` tells (server-sent events, WHATWG HTML §9.2), and what [webhooks](../how-to/webhooks.md) tell. Written from the code by "
        "`make fix`; the shapes are in the API's description at `/docs`.\n"
    )
    yield (
        "Each event has an `id`; come back with the last one in `Last-Event-ID` and nothing is missed. Kinds that you do not know are to be passed over. A comment `: "
        "traceparent …` in an event's block names the step that told it ([monitoring](../how-to/monitoring.md)).\n"
    )


def _events() -> Iterator[str]:
    yield "## The stream\n"
    yield "| event | data | when |\n|---|---|---|"
    for event in sorted([*wiring.EVENTS, *stream.EVENTS], key=_kind):
        yield f"| `{_kind(event)}` | {_fields(get_type_hints(event)['data'])} | {_said(event)} |"
    yield ""


def _messages() -> Iterator[str]:
    yield "## Webhooks\n"
    yield "| message | data | when |\n|---|---|---|"
    for message in sorted(wiring.MESSAGES, key=_kind):
        yield f"| `{_kind(message)}` | {_fields(get_type_hints(message)['data'])} | {_said(message)} |"
    yield ""


def _kind(event: Any) -> str:
    return str(event.__struct_config__.tag)


def _fields(data: Any) -> str:
    if not (isinstance(data, type) and issubclass(data, msgspec.Struct)):
        return ""
    return ", ".join(f"`{field.name}`" for field in msgspec.structs.fields(data))


def _said(kind: Any) -> str:
    if not kind.__doc__:
        raise SystemExit(f"{kind.__module__}.{kind.__name__}: say in its docstring when it is told")
    return " ".join(kind.__doc__.split())
