"""What comes in is bounded here, for every route, before anything else looks at it.

`bounded` (ASGI) holds addresses, headers and bodies to their sizes, reads a body within a deadline and hands it on whole, so that
neither a slow sender nor a large one reaches a route. `BoundedRequest` turns JSON into the route's type, strictly: what no type
can say (depth, endless numbers) is refused before it, the rest by `kit.bounds`. Uploads of
local storage are streamed and bound themselves (`storage.local_http`).
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final
from urllib.parse import unquote_to_bytes

import msgspec
from litestar import Request
from litestar.enums import ScopeType
from litestar.exceptions import ValidationException
from litestar.types import ASGIApp, Receive, Scope, Send

from realstaging.kit.errors import Malformed, Overloaded, TooLarge, TooLong, TooSlow, UnsupportedType

LONGEST_ADDRESS: Final = 4096
"""Bytes of path and query. The longest of ours, a signed link with a file's name, has about 1500."""
LONGEST_HEADERS: Final = 16 * 1024
"""Bytes of all names and values: an access token has up to 4 KB, the rest of a browser's headers 2 KB."""
MOST_HEADERS: Final = 64
MOST_PARAMETERS: Final = 32
LINGER: Final = 4_000_000
"""Bytes of a body too large that are still read and dropped: closing earlier would take the answer from its sender."""
SMALL: Final = 256 * 1024
LARGEST: Final = (
    # Fifty stagings, each with a plan of eighty pieces.
    ("/api/v1/stagings", 1_000_000),
    ("/api/v1/me/profile/photo", 12_000_000),
    # What a provider tells of a prediction, its log included.
    ("/api/v1/webhooks/", 512 * 1024),
)
"""Bytes of a body by its path, and for those below it; `SMALL` for all others."""
MOST_HELD: Final = 64_000_000
"""Bytes of all bodies together that a process holds: five of the largest at once, and an eighth of the memory that a small machine has."""
STREAMED: Final = "/files/"
"""What goes on as it comes."""
DIGITS: Final = 12
"""Of a length that is looked at as a number: what is longer is too large whatever it is."""
DEEPEST: Final = 32
"""Rounds of taking the innermost brackets out: no JSON of ours has more than six levels."""
LONGEST_NUMBER: Final = 40
"""Letters: more than a double or a 64-bit integer needs."""
MOST_TOLD: Final = 20
"""Fields of a body whose mistakes an answer tells."""
LARGEST_LOOKED_THROUGH: Final = 32 * 1024
"""Bytes of a body that is looked through for more than its first mistake."""
LONGEST_TOLD: Final = 60
"""Letters of a name that an answer repeats."""

# One of each, or it would be a matter of taste which one is meant (RFC 9110 §5.3).
ONCE: Final = frozenset(
    {
        *(b"authorization", b"content-encoding", b"content-length", b"content-type", b"host", b"idempotency-key"),
        *(b"if-match", b"if-none-match"),
        *(b"if-range", b"last-event-id", b"range", b"real-staging-account", b"transfer-encoding"),
        *(b"webhook-id", b"webhook-signature", b"webhook-timestamp"),
    }
)
CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\ufffd\ud800-\udfff]")
# One that never ends is one, too, to the end of the body, and nothing is taken back of what was taken: else a body of quotes would be
# looked through again from each of them.
_TEXT: Final = rb'"(?:[^"\\]++|\\.?)*+(?:"|\Z)'
TEXT: Final = re.compile(_TEXT, re.DOTALL)
NUMBER: Final = re.compile(rb"[0-9.eE+\-]{%d,}" % (LONGEST_NUMBER + 1))
WHOLE: Final = re.compile(rb"[0-9]\.0+(?![0-9eE])")
TEXT_OR_WHOLE: Final = re.compile(rb"(%s)|(-?[0-9]+)\.0+(?![0-9eE])" % _TEXT, re.DOTALL)
NOT_BRACKETS: Final = bytes(set(range(256)) - set(b"[]{}"))


class Patience(msgspec.Struct, frozen=True):
    """How long a client is waited for, in seconds."""

    head: float = 10.0
    """For the request line and all headers."""
    body: float = 20.0
    """For a whole body: the largest at 400 kbit/s. Uploads to local storage have a pace of their own."""
    rest: float = 10.0
    """For what is left of a body that was answered already: closing at once could take the answer from its sender."""
    read: float = 30.0
    """For reading what is on its way, some 256 KB: a line of 70 kbit/s."""
    idle: int = 130
    """For the next request on a connection. Longer than a proxy before us keeps one (nginx and AWS 60, Caddy and Azure 120): who closes first
    must be who sends, or a request meets a connection that is just being closed, and is lost."""


BY_DEFAULT: Final = Patience()


class HeldBodies:
    """What the bodies of a process may hold together, in bytes. They are read before anybody has signed in or is counted."""

    def __init__(self, most: int = MOST_HELD) -> None:
        self._left = most

    @contextmanager
    def one(self) -> Iterator[Callable[[int], None]]:
        """Gives what takes memory for a piece, and raises Overloaded where none is left; all is given back at the end of the block."""
        taken = 0

        def take(size: int) -> None:
            nonlocal taken
            if size > self._left:
                raise Overloaded
            self._left -= size
            taken += size

        try:
            yield take
        finally:
            self._left += taken


def bounded(app: ASGIApp, *, patience: Patience = BY_DEFAULT, most_held: int = MOST_HELD) -> ASGIApp:
    """Middleware. Raises Malformed, TooLong, TooLarge or TooSlow for what is out of bounds, Overloaded where bodies fill the memory."""
    held = HeldBodies(most_held)

    async def within_bounds(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        check_address(scope["path"], scope["query_string"])
        headers = check_headers(scope["headers"])
        if not _has_body(headers) or scope["path"].startswith(STREAMED):
            await app(scope, receive, send)
            return
        with held.one() as take:
            body = await _read(receive, _Allowed(_largest(scope["path"]), patience.body, take), headers)
            if body is not None:
                await app(scope, _replayed(body, receive), send)

    return within_bounds


def check_address(path: str, query: bytes) -> None:
    """Malformed or TooLong, where it cannot be an address of ours."""
    if len(path) + len(query) > LONGEST_ADDRESS:
        raise TooLong("The address is too long. Nothing here has one of that length.")
    if query.count(b"&") >= MOST_PARAMETERS:
        raise TooLong(f"The address has too many parameters. Send at most {MOST_PARAMETERS}.")
    names = Counter(unquote_to_bytes(pair.partition(b"=")[0]) for pair in query.split(b"&") if pair)
    twice = sorted(name for name, count in names.items() if count > 1)
    if twice:
        raise Malformed(f"The address has the parameter {_quoted(twice[0])} more than once. Send it once.")
    told = unquote_to_bytes(query.replace(b"+", b" ")).decode("utf-8", "replace")
    if CONTROL.search(path) or CONTROL.search(told):
        raise Malformed("The address holds characters that cannot be part of one. Send text as UTF-8, percent-encoded.")


def check_headers(headers: Any) -> dict[bytes, bytes]:
    """The headers by name; Malformed where one that must be alone is not, TooLong where they are too many."""
    if len(headers) > MOST_HEADERS or sum(len(name) + len(value) for name, value in headers) > LONGEST_HEADERS:
        raise TooLong("The headers are too many or too long. Send fewer, or shorter ones.", status=431)
    twice = sorted(name for name, count in Counter(name for name, _ in headers).items() if count > 1 and name in ONCE)
    if twice:
        raise Malformed(f"The header {twice[0].decode()} was sent more than once. Send it once.")
    return dict(headers)


def _quoted(name: bytes | str) -> str:
    """A name that somebody sent, so that it can stand in an answer: short, and of plain characters."""
    text = name if isinstance(name, str) else name.decode("utf-8", "replace")
    return json.dumps(text[:LONGEST_TOLD])


def _has_body(headers: dict[bytes, bytes]) -> bool:
    return b"transfer-encoding" in headers or headers.get(b"content-length", b"0") != b"0"


def _largest(path: str) -> int:
    return next((size for whole, size in LARGEST if path == whole or path.startswith(f"{whole.rstrip('/')}/")), SMALL)


class _Allowed(msgspec.Struct, frozen=True):
    """What one body may take: bytes, seconds, and memory beside the others'."""

    largest: int
    seconds: float
    take: Callable[[int], None]


async def _read(receive: Receive, allowed: _Allowed, headers: dict[bytes, bytes]) -> bytes | None:
    """The whole body; None where its sender left. What is too large is dropped as it comes."""
    largest = allowed.largest
    declared = headers.get(b"content-length", b"0")
    if not declared.isdigit():
        raise Malformed("The header Content-Length is not a number.")
    if len(declared) > DIGITS or int(declared) > largest + LINGER:
        raise TooLarge(_limit(largest))
    pieces: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(allowed.seconds):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    return None
                size += len(message["body"])
                if size <= largest:
                    allowed.take(len(message["body"]))
                    pieces.append(message["body"])
                if not message["more_body"] or size > largest + LINGER:
                    break
    except Overloaded:
        # Which is a TimeoutError, too.
        raise
    except TimeoutError as error:
        raise TooSlow from error
    if size > largest:
        raise TooLarge(_limit(largest))
    return b"".join(pieces)


def _limit(largest: int) -> str:
    return f"The body is larger than the {largest} bytes taken here. Send less at once."


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body in one piece, then whatever comes after it."""
    given = False

    async def replayed() -> Any:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed


class BoundedRequest(Request[Any, Any, Any]):
    """A request whose JSON is of the type its route asks for."""

    async def json(self) -> Any:
        """The body, strictly of the route's type: UnsupportedType, Malformed, or ValidationException with the place."""
        given = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        taken = {"application/json", *self.scope["route_handler"].opt.get("also_json", ())}
        if given not in taken or "content-encoding" in self.headers:
            raise UnsupportedType("Send JSON, with the header Content-Type: application/json and not compressed.")
        asked = self.scope["route_handler"].parsed_data_field
        return decode(await self.body(), asked.annotation if asked else Any)


def _strictly(body: bytes, bare: bytes, asked: Any) -> Any:
    try:
        return msgspec.json.decode(body, type=asked)
    except msgspec.ValidationError:
        if not WHOLE.search(bare):
            raise
    # To JSON, 7.0 is a whole number as much as 7 is.
    return msgspec.json.decode(TEXT_OR_WHOLE.sub(lambda found: found[1] or found[2], body), type=asked)


def decode(body: bytes, asked: Any) -> Any:
    """JSON (RFC 8259) as a value of type ``asked``."""
    bare = TEXT.sub(b"", body)
    if NUMBER.search(bare):
        raise Malformed(f"A number has more than {LONGEST_NUMBER} letters. Send a shorter one.")
    brackets = bare.translate(None, NOT_BRACKETS)
    for _ in range(DEEPEST):
        brackets = brackets.replace(b"{}", b"").replace(b"[]", b"")
    if brackets:
        raise Malformed(f"The body is no JSON, or nested more than {DEEPEST} deep.")
    _check_keys(body)
    try:
        return _strictly(body, bare, asked)
    except msgspec.ValidationError as error:
        first = _told(error)
        raise ValidationException(detail=first["message"], extra=_with_others(first, body, asked)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed("The body is not JSON in UTF-8.") from error


def _told(error: msgspec.ValidationError) -> dict[str, str]:
    """What is wrong, and where in the body."""
    what, _, where = str(error).partition(" - at `$")
    key = where.rstrip("`").removeprefix(".")
    return {"message": what, **({"key": key} if key else {}), "source": "body"}


def _with_others(first: dict[str, str], body: bytes, asked: Any) -> list[dict[str, str]]:
    """The first thing that is wrong, which is all that the decoder tells, and what it tells once that field is left out.

    By the decoder alone: ``msgspec.convert`` to the types of single fields ends the process (0.22, while garbage is collected).
    """
    found, given = [first], None
    with suppress(ValueError):  # what comes after the first mistake may be no JSON at all
        given = json.loads(body.decode()) if len(body) <= LARGEST_LOOKED_THROUGH else None
    while given and len(found) < MOST_TOLD and _leave_out(given, found[-1].get("key", "")):
        try:
            _strictly(rest := json.dumps(given).encode(), TEXT.sub(b"", rest), asked)
        except msgspec.ValidationError as error:
            if str(error).startswith("Object missing"):
                break
            found.append(_told(error))
        except msgspec.DecodeError:  # numbers and letters that only one of the two readers takes
            break
        else:
            break
    return found


def _leave_out(given: Any, key: str) -> bool:
    """Take the field out that a key leads to, the whole list where it leads into one. Whether there was one."""
    *outer, last = key.partition("[")[0].split(".")
    for name in outer:
        given = given.get(name) if isinstance(given, dict) else None
    if not isinstance(given, dict) or last not in given:
        return False
    del given[last]
    return True


def _check_keys(body: bytes) -> None:
    """Malformed where an object has a key twice: readers differ in which one they mean (RFC 8259 §4). What is no JSON passes."""

    def once(pairs: list[tuple[str, Any]]) -> None:
        counts = Counter(name for name, _ in pairs)
        if len(counts) < len(pairs):
            name = counts.most_common(1)[0][0]
            raise Malformed(f"The body has the key {_quoted(name)} more than once in one object. Send it once.")

    with suppress(ValueError):
        json.loads(body.decode(), object_pairs_hook=once)
