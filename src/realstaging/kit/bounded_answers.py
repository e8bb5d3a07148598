"""Another server's answer over HTTP: all of it, or an error where it is longer than anybody can mean."""

from __future__ import annotations

import json
from typing import Any, Final

import aiohttp

PIECE: Final = 256 * 1024
# Of a document that another service gives of itself: some thousands where it says much.
LONGEST_DOCUMENT: Final = 1_000_000


class AnswerTooLong(aiohttp.ClientPayloadError):
    """The answer is longer than the limit."""


async def whole(answer: aiohttp.ClientResponse, limit: int) -> bytes:
    """The body, to its end; AnswerTooLong where it has more than ``limit`` bytes.

    `answer.content.read(limit)` gives what has come by now instead: the begin of a long answer, and no error.
    """
    parts: list[bytes] = []
    size = answer.content_length or 0
    if size <= limit:
        size = 0
        async for part in answer.content.iter_chunked(PIECE):
            size += len(part)
            if size > limit:
                break
            parts.append(part)
    if size > limit:
        answer.close()
        raise AnswerTooLong(f"more than {limit} bytes")
    return b"".join(parts)


async def document(answer: aiohttp.ClientResponse, limit: int = LONGEST_DOCUMENT) -> Any:
    """The JSON that it is, whatever type it says it has; ValueError where it is none, or is nested deeper than anybody can mean."""
    body = await whole(answer, limit)
    try:
        return json.loads(body)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
