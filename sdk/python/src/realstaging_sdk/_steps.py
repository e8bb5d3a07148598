"""What the clients do, without doing it: each use case is a generator that says what it needs next and is given what came of it.

The two clients (`_sync`, `_async`) are drivers for these: they send, sleep and listen, in their own way.
"""

from __future__ import annotations

import hashlib
import math
import random
import time
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import NoneType
from typing import Any, Final, Generic, TypeVar
from uuid import UUID, uuid4

import msgspec

from realstaging_sdk import models
from realstaging_sdk.errors import (
    FAILURE,
    Forbidden,
    NotFound,
    PhotoRefused,
    RealStagingError,
    StagingFailed,
)

T = TypeVar("T")

AGAIN: Final = frozenset({429, 502, 503, 504})
IN_USE: Final = 409
"""With Retry-After: the first try of a request is still being done."""
TRIES: Final = 5
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 60.0
"""Seconds that are waited between two tries, also where the service asks for more."""
SILENCE: Final = 40.0
"""Seconds without a sign of life (there is one every 15) after which an event stream is given up."""
PIECE: Final = 64 * 1024
"""Bytes that are sent at a time, each of which may take a client's whole timeout: a slow line is no silence."""
HELD: Final = 4 * 1024 * 1024
"""Bytes that a machine may have taken from a client and not sent yet: the largest net.ipv4.tcp_wmem as Linux comes."""
SLOWEST: Final = 64 * 1024
"""Bytes a second (half a Mbit) by which what is held is thought to leave, on a line that is slow and not silent."""
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
    until: float = math.inf
    """When (monotonic) it is given up, however many tries are left."""

    def headers(self) -> dict[str, str]:
        keyed = {} if self.key is None else {"Idempotency-Key": self.key}
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

    def headers_with_length(self) -> dict[str, str]:
        """Stores of files refuse pieces whose sum is not told before."""
        return {**self.headers, "Content-Length": str(len(self.content))}

    def until_answer(self, timeout: float) -> float:
        """Seconds until an answer begins, of a client that waits ``timeout``: it comes once what the machine holds has left as well."""
        return timeout + min(len(self.content), HELD) / SLOWEST

    def pieces(self) -> Iterator[bytes]:
        """The content from its beginning, at every try anew."""
        for start in range(0, len(self.content), PIECE):
            yield self.content[start : start + PIECE]

    async def apieces(self) -> AsyncIterator[bytes]:
        for piece in self.pieces():
            yield piece


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
    return Call("POST", path, answer, body, key=named(key))


def named(key: str | None) -> str:
    """The key that is given, or a new one."""
    return uuid4().hex if key is None else key


@contextmanager
def under(key: str | None) -> Iterator[None]:
    """What fails herein says under which key it was asked for."""
    try:
        yield
    except RealStagingError as error:
        error.idempotency_key = key
        raise


# ---- trying again


@dataclass(frozen=True)
class Patience:
    """How long a request is sent again: so many times in all, none of them after ``until`` (monotonic)."""

    tries: int
    until: float = math.inf
    at_store: bool = False
    """It is for a file at a signed address. Stores of files answer 500 to what succeeds the next time."""

    def after_answer(self, tries: int, status: int, retry_after: str | None) -> float | None:
        """Seconds to wait before the next try, after so many; None where that is the answer."""
        in_use = status == IN_USE and retry_after is not None
        is_passing = status in AGAIN or in_use or (self.at_store and status >= FAILURE)
        return self.after_loss(tries, retry_after) if is_passing else None

    def after_loss(self, tries: int, retry_after: str | None = None) -> float | None:
        """The same where no answer came, or none that counts; None where it was the last try."""
        seconds = pause(tries, retry_after)
        is_last = tries >= self.tries or time.monotonic() + seconds > self.until
        return None if is_last else seconds


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


def upload(project_id: UUID | str, photo: Path | str | bytes, name: str | None, key: str | None) -> Steps[models.Photo]:
    """Announce it, send it, have it made a photo; under the same key, it is the same photo."""
    data = photo if isinstance(photo, bytes) else Path(photo).read_bytes()
    called = name or ("photo.jpg" if isinstance(photo, bytes) else Path(photo).name)
    file = {
        "name": called,
        "type": TYPES.get(Path(called).suffix.lower(), ""),
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    announcing = named(key)
    with under(announcing):
        announced = yield post("uploads", models.Uploads, {"project_id": str(project_id), "files": [file]}, announcing)
        place = announced.items[0]
        if place.error or not place.url:
            raise _refused(called, place.error)
        late = None
        try:
            yield Send(place.url, place.headers, data)
        except Forbidden as error:
            # The address that a key was answered hours ago is over. The file may have come by it then.
            if key is None:
                raise
            late = error
        arrived = {"project_id": str(project_id), "upload_ids": [str(place.upload_id)]}
        completed = yield post("photos", models.CompletedUploads, arrived, _key_of_photos(announcing))
        item = completed.items[0]
        if item.error or not item.photo:
            raise late or _refused(called, item.error)
        made: models.Photo = item.photo
        return made


def _key_of_photos(key: str) -> str:
    """The key of an upload's second request, as a key is for one: known from the first's, and no longer than a key may be."""
    return hashlib.sha256(f"photos {key}".encode()).hexdigest()


def _refused(name: str, error: models.ItemError | None) -> PhotoRefused:
    return PhotoRefused(name, error.code if error else "unknown", error.message if error else "It was refused.")


# ---- staging


def stage(item: Mapping[str, Any], key: str | None) -> Steps[list[models.Staging]]:
    """Ask for a photo in one or more styles; StagingFailed where that is refused."""
    call = post("stagings", models.RequestedStagings, {"items": [item]}, key)
    with under(call.key):
        asked = yield call
        answered = asked.items[0]
        if answered.error:
            raise StagingFailed(answered.error.code, answered.error.message)
        stagings: list[models.Staging] = answered.stagings
        return stagings


# ---- downloading


def part_of(target: Path) -> Path:
    """A file beside the target that is nobody else's, for what has come so far."""
    return target.parent / f".realstaging-{uuid4().hex}.part"


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
