"""What the clients do, without doing it: each use case is a generator that says what it needs next and is given what came of it.

The two clients (`_sync`, `_async`) are drivers for these: they send, sleep and listen, in their own way.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import NoneType
from typing import Any, Final, Generic, TypeVar
from uuid import UUID, uuid4

import msgspec

from realstaging_sdk import models
from realstaging_sdk.errors import NotFound, PhotoRefused, StagingFailed, TookTooLong

T = TypeVar("T")

OVER: Final = frozenset({"ready", "failed", "canceled", "withdrawn"})
AGAIN: Final = frozenset({429, 502, 503, 504})
IN_USE: Final = 409
"""With Retry-After: the first try of a request is still being done."""
TRIES: Final = 5
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 60.0
"""Seconds that are waited between two tries, also where the service asks for more."""
FIRST_LOOK: Final = 1.0
LONGEST_LOOK: Final = 10.0
"""Seconds between two looks, where events cannot be heard."""
SILENCE: Final = 40.0
"""Seconds without a sign of life (there is one every 15) after which an event stream is given up."""
TYPES: Final = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".heic": "image/heic",
}


@dataclass(frozen=True)
class Call(Generic[T]):
    """A request to the API, sent again where that may help. A POST has a key, so that it is done once."""

    method: str
    path: str
    answer: type[T]
    """The type of what is answered."""
    body: Any = None
    query: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None

    def headers(self) -> dict[str, str]:
        keyed = {"Idempotency-Key": self.key} if self.key else {}
        return {**keyed, **({"Content-Type": "application/json"} if self.body is not None else {})}

    def content(self) -> bytes | None:
        return None if self.body is None else msgspec.json.encode(self.body)

    def read(self, body: bytes) -> T:
        """The answer."""
        return msgspec.json.decode(body or b"null", type=self.answer)


@dataclass(frozen=True)
class Send:
    """Bytes for an address that is a permission by itself: no key or token goes along."""

    url: str
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True)
class Sleep:
    seconds: float


@dataclass(frozen=True)
class Listen:
    """Hear events after ``last_id`` until ``hear`` says that it was enough, the stream ends or cannot be had, or the time (monotonic) is over."""

    last_id: int | None
    hear: Callable[[Event], bool]
    until: float


class Event(msgspec.Struct, frozen=True):
    """A message of the event stream."""

    id: int
    kind: str
    data: bytes


Step = Call[Any] | Send | Sleep | Listen
Steps = Generator[Step, Any, T]


def get(path: str, answer: type[T], query: Mapping[str, Any] | None = None) -> Call[T]:
    return Call("GET", path, answer, query=query or {})


def delete(path: str) -> Call[None]:
    return Call("DELETE", path, NoneType)


def post(path: str, answer: type[T], body: Any = None, key: str | None = None) -> Call[T]:
    return Call("POST", path, answer, body, key=key or uuid4().hex)


# ---- trying again


def is_passing(status: int, retry_after: str | None) -> bool:
    """Whether the same request is sent again after this answer."""
    return status in AGAIN or (status == IN_USE and retry_after is not None)


def pause(tries: int, retry_after: str | None) -> float:
    """Seconds to wait before the next try, after so many: what is asked for, else half a second, doubled, by chance a little less."""
    asked = _seconds(retry_after)
    wait = FIRST_PAUSE * 2 ** (tries - 1) * random.uniform(0.5, 1) if asked is None else asked
    return min(LONGEST_PAUSE, wait)


def _seconds(retry_after: str | None) -> float | None:
    if retry_after is None:
        return None
    if retry_after.isascii() and retry_after.strip().isdigit():
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


# ---- uploading


def upload(project_id: UUID | str, photo: Path | str | bytes, name: str | None) -> Steps[models.Photo]:
    """Announce it, send it, have it made a photo; sent again, it is the same photo."""
    data = photo if isinstance(photo, bytes) else Path(photo).read_bytes()
    called = name or ("photo.jpg" if isinstance(photo, bytes) else Path(photo).name)
    file = {
        "name": called,
        "type": TYPES.get(Path(called).suffix.lower(), ""),
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    announced = yield post("uploads", models.Uploads, {"project_id": str(project_id), "files": [file]})
    place = announced.items[0]
    if place.error or not place.url:
        raise _refused(called, place.error)
    yield Send(place.url, place.headers, data)
    completed = yield post(
        "photos", models.CompletedUploads, {"project_id": str(project_id), "upload_ids": [str(place.upload_id)]}
    )
    item = completed.items[0]
    if item.error or not item.photo:
        raise _refused(called, item.error)
    made: models.Photo = item.photo
    return made


def _refused(name: str, error: models.ItemError | None) -> PhotoRefused:
    return PhotoRefused(name, error.code if error else "unknown", error.message if error else "It was refused.")


# ---- staging


def stage(
    photo_id: UUID | str, room_type: str, styles: Sequence[str], more: Mapping[str, Any]
) -> Steps[list[models.Staging]]:
    """Ask for them; StagingFailed where that is refused."""
    item = {"photo_id": str(photo_id), "room_type": room_type, "styles": list(styles), **more}
    asked = yield post("stagings", models.RequestedStagings, {"items": [item]})
    answered = asked.items[0]
    if answered.error:
        raise StagingFailed(answered.error.code, answered.error.message)
    stagings: list[models.Staging] = answered.stagings
    return stagings


def wait(staging_ids: Sequence[UUID | str], seconds: float) -> Steps[list[models.Staging]]:
    """Until all of them are over, in the order given. TookTooLong after so many seconds.

    First the stream's place, then a look at what is not over, then what the stream tells from that place on: nothing is missed in between.
    Where nothing can be heard, looking now and then does as well, only later.
    """
    until, looks = time.monotonic() + seconds, FIRST_LOOK
    wanted = [str(one) for one in staging_ids]
    ends = _Ends(wanted)
    while True:
        before = ends.heard
        yield Listen(ends.place, ends.take, until)
        for one in ends.open():
            staging = yield get(f"stagings/{one}", models.Staging)
            ends.look(staging)
        if not ends.open():
            return [ends.over[one] for one in wanted]
        if time.monotonic() >= until:
            raise TookTooLong(f"Not over after {seconds:g} seconds.")
        if ends.heard == before:
            yield Sleep(min(looks, max(0.0, until - time.monotonic())))
            looks = min(LONGEST_LOOK, looks * 1.5)
        else:
            looks = FIRST_LOOK


class _Ends:
    """The ends of stagings, from a stream of events and from looking; ``place``: how far the stream has come."""

    def __init__(self, wanted: Sequence[str]) -> None:
        self._wanted = wanted
        self.over: dict[str, models.Staging] = {}
        self.place: int | None = None
        self.heard = 0

    def open(self) -> list[str]:
        """Those that are not over, as far as is known."""
        return [one for one in dict.fromkeys(self._wanted) if one not in self.over]

    def look(self, staging: models.Staging) -> None:
        if str(staging.id) in self._wanted and staging.state in OVER:
            self.over[str(staging.id)] = staging

    def take(self, event: Event) -> bool:
        """Whether that is enough: all are over, or something may have been missed and a look is due."""
        self.heard += 1
        if event.kind == "reconnect":
            return True
        is_first, self.place = self.place is None, event.id
        if event.kind == "staging.changed":
            self.look(msgspec.json.decode(event.data, type=models.Staging))
        return is_first or event.kind in {"snapshot", "staging.deleted"} or not self.open()


def ready(staging: models.Staging) -> models.Staging:
    """The staging, if it has a picture; StagingFailed otherwise."""
    if staging.state == "ready":
        return staging
    code, message = (
        (staging.error.code, staging.error.message) if staging.error else (staging.state, f"It was {staging.state}.")
    )
    raise StagingFailed(code, message, staging)


# ---- events


class Parser:
    """Reads a text/event-stream line by line (WHATWG HTML §9.2.6)."""

    def __init__(self) -> None:
        self._fields: dict[str, str] = {}

    def line(self, text: str) -> Event | None:
        """The event that ends with this line, if one does."""
        if text:
            name, _, value = text.partition(":")
            if name:
                self._fields[name] = value.removeprefix(" ")
            return None
        fields, self._fields = self._fields, {}
        if "event" not in fields:
            return None
        number = fields.get("id", "")
        return Event(int(number) if number.isdigit() else 0, fields["event"], fields.get("data", "null").encode())


def gone_already(call: Call[Any], tries: int, error: Exception) -> bool:
    """Whether a DELETE that had to be sent again was done the first time."""
    return call.method == "DELETE" and tries > 1 and isinstance(error, NotFound)
