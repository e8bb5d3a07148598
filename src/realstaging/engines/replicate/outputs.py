"""Taking a model's picture in: from an allowed host, of a sane size, and really a picture."""

from __future__ import annotations

import io
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp
import msgspec
from yarl import URL

from realstaging.engines.replicate.errors import NotReached, OutputRefused, Throttled
from realstaging.imaging.limits import MAX_PIXELS
from realstaging.kit import bounded_answers
from realstaging.kit.bounded_answers import AnswerTooLong

if TYPE_CHECKING:  # what a server process loads has no library for pixels in it (tests/architecture/test_loaded.py)
    from PIL import Image

_FIRST_BYTES = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff", "webp": b"RIFF"}


class OutputRules(msgspec.Struct, frozen=True):
    """``hosts``: names, reached by https with all below them, or whole origins such as ``http://127.0.0.1:8090``.

    Replicate's outputs are on replicate.delivery and below (https://replicate.com/docs/reference/http, read 2026-11-22).
    """

    hosts: tuple[str, ...] = ("replicate.delivery",)
    max_bytes: int = 64 * 1024 * 1024
    max_pixels: int = MAX_PIXELS
    timeout: float = 60.0

    def allow(self, address: str) -> bool:
        parts = urlsplit(address)
        name = (parts.hostname or "").lower()
        if parts.username or parts.password:
            return False
        if f"{parts.scheme}://{parts.netloc}" in self.hosts:
            return True
        plain = parts.scheme == "https" and parts.port in {None, 443}
        return plain and any(name == host or name.endswith(f".{host}") for host in self.hosts)


async def fetch(session: aiohttp.ClientSession, address: str, rules: OutputRules) -> bytes:
    """The bytes at an address a model gave. OutputRefused by the rules; NotReached or Throttled where asking again may help."""
    if not rules.allow(address):
        raise OutputRefused("The model's picture is on a host that is not allowed.", host=urlsplit(address).hostname)
    timeout = aiohttp.ClientTimeout(total=rules.timeout, connect=10.0)
    try:
        # Redirects are not followed: they could lead to any host.
        async with session.get(URL(address, encoded=True), timeout=timeout, allow_redirects=False) as answer:
            if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
                raise Throttled(2.0)
            if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise NotReached(status_code=answer.status)
            if answer.status != HTTPStatus.OK:
                raise OutputRefused("The model's picture is not there.", status_code=answer.status)
            data = await bounded_answers.whole(answer, rules.max_bytes)
    except AnswerTooLong as error:
        raise OutputRefused("The model's picture is too large.", limit=rules.max_bytes) from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise NotReached(why=type(error).__name__) from error
    if _format(data) is None:
        raise OutputRefused("The model's answer is not a picture.", starts_with=data[:16].hex())
    return data


def picture_of(data: bytes, rules: OutputRules | None = None) -> Image.Image:
    """The picture, wholly decoded; OutputRefused where it is broken or too large. Computes: call it away from the event loop."""
    from PIL import Image  # noqa: PLC0415 - as above

    limit = (rules or OutputRules()).max_pixels
    try:
        picture = Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "WEBP"])
        if picture.width * picture.height > limit:
            raise OutputRefused("The model's picture has too many pixels.", size=picture.size)
        picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise OutputRefused("The model's picture is broken.") from error
    return picture


def _format(data: bytes) -> str | None:
    for name, first in _FIRST_BYTES.items():
        if data.startswith(first) and (name != "webp" or data[8:12] == b"WEBP"):
            return name
    return None
