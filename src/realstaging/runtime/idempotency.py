"""A request that is sent twice is done once: what was answered to an Idempotency-Key is kept and answered again.

    asked = Asked("POST /projects", caller.account.id, key, data)
    return await once(platform, asked, create)

Every POST that makes something takes a key (`tests/api/test_idempotency.py` walks them). The key is the account's: used again with
another body, or for another address, it is refused (422). While the first request is being done a second one waits for it, as long as a
request waits for any row (`database.REQUESTS`), then it is told to come back (409, KeyInUse). A refusal keeps nothing, so that the key may
be used again. Of an answer with a secret in it only that it was given is kept: asked again, that is a Conflict too, and nothing is done twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Final, NamedTuple
from uuid import UUID

import asyncpg
import msgspec
from litestar import Response
from litestar.params import HeaderParameter

from realstaging.kit import bounds
from realstaging.kit.errors import AppError, Conflict, KeyInUse, KeyReused
from realstaging.kit.sealing import Sealer
from realstaging.runtime.database import Connection, struct_of
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import Work, transaction

Key = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key",
        min_length=1,
        max_length=bounds.LONGEST_KEY,
        description="Names this request: sent again with the same key and body, it is answered as before and does nothing more. "
        "Sent again while the first is still being done, it waits for that; where that takes more than some seconds it is 409 "
        "`idempotency_key_in_use`, with `Retry-After`: then send it once more.",
    ),
]

CREATED: Final = 201
PURPOSE: Final = "answers"
"""Of the keys that seal answers."""


class Asked(NamedTuple):
    """One request: what it is for, whose it is, under which key if any, and its body; and as the release before had that."""

    route: str
    account_id: UUID
    key: str | None
    body: object = None
    body_before: object = None

    def fingerprints(self) -> tuple[str, str]:
        """What tells it from another request under the same key; and the same as releases before 0.2 took it, from the body alone."""
        body, before = msgspec.json.encode(self.body), msgspec.json.encode(self.body_before)
        return hashlib.sha256(self.route.encode() + b"\n" + body).hexdigest(), hashlib.sha256(before).hexdigest()


class Answer(NamedTuple):
    """What is said to it."""

    body: object
    status: int = CREATED
    secret: bool = False
    """It holds a secret that is told this once: kept, it is sealed."""
    shown_once: bool = False
    """There is a secret in it: it is not kept, and asked again it is not given again."""
    passing: bool = False
    """Some of it may still become what was asked for: it is not kept, so that the same request may be sent again."""


SHOWN: Final = 409
"""The status that is kept of what is shown once."""


async def once(
    platform: Platform, asked: Asked, create: Callable[[Work], Awaitable[Answer | AppError]]
) -> Response[Any]:
    """Do it in one transaction, together with keeping its answer: two at once wait for each other, and one of them does it.

    An AppError that ``create`` returns, rather than raises, is raised once its transaction is committed.
    """
    async with transaction(platform) as work:
        if (before := await _claim(platform, work.connection, asked)) is not None:
            return before
        answer = await create(work)
        if isinstance(answer, AppError):
            await _release(work.connection, asked)
            response: Response[Any] | AppError = answer
        else:
            response = await _keep(platform, work.connection, asked, answer)
    if isinstance(response, AppError):
        raise response
    return response


async def once_in_steps(platform: Platform, asked: Asked, create: Callable[[], Awaitable[Answer]]) -> Response[Any]:
    """The same for what takes more than one transaction, and makes the same of what is sent again: killed between two of them, it
    is done again and then answered, and so it is where its answer was ``passing``. Two at once both do it.
    """
    if (before := await _claim(platform, platform.database, asked)) is not None:
        return before
    try:
        answer = await create()
    except AppError:
        await _release(platform.database, asked)
        raise
    if answer.passing:
        await _release(platform.database, asked)
        return _response(answer.body, answer.status)
    return await _keep(platform, platform.database, asked, answer)


async def _claim(platform: Platform, connection: Connection, asked: Asked) -> Response[Any] | None:
    """What was answered before; None where this request is to be done. Waits for one under way in a transaction; KeyInUse where that
    is not over in time.
    """
    if asked.key is None:
        return None
    fingerprint, from_body_alone = asked.fingerprints()
    try:
        new = await connection.fetchval(
            "insert into idempotency_keys (account_id, key, fingerprint) values ($1, $2, $3) on conflict do nothing returning true",
            asked.account_id,
            asked.key,
            fingerprint,
        )
    except asyncpg.LockNotAvailableError as waited:
        raise KeyInUse from waited
    before = None if new else await _before(connection, asked)
    if before is None:
        return None
    if before.fingerprint not in {fingerprint, from_body_alone}:
        raise KeyReused
    if before.status == SHOWN:
        raise Conflict(
            "This was done, and its answer held a secret that is shown once. If you have not got it, revoke what was made and make another."
        )
    if before.status is None:
        return None
    # What is answered is an object; a text is one that was sealed.
    sealed = isinstance(before.answer, str)
    body = msgspec.Raw(Sealer(platform.keys, PURPOSE).open(before.answer).encode()) if sealed else before.answer
    return _response(body, before.status)


class _Before(msgspec.Struct, frozen=True):
    """A request that came before under the same key; without a status it was not answered yet."""

    fingerprint: str
    status: int | None
    answer: Any


async def _before(connection: Connection, asked: Asked) -> _Before | None:
    row = await connection.fetchrow(
        "select fingerprint, status, answer from idempotency_keys where account_id = $1 and key = $2",
        asked.account_id,
        asked.key,
    )
    return struct_of(_Before, row)


async def _keep(platform: Platform, connection: Connection, asked: Asked, answer: Answer) -> Response[Any]:
    """The answer, encoded once: kept and sent as it is."""
    if asked.key is None:
        return _response(answer.body, answer.status)
    if answer.shown_once:
        await connection.execute(
            "update idempotency_keys set status = $3 where account_id = $1 and key = $2",
            asked.account_id,
            asked.key,
            SHOWN,
        )
        return _response(answer.body, answer.status)
    encoded = msgspec.Raw(msgspec.json.encode(answer.body))
    kept: object = Sealer(platform.keys, PURPOSE).seal(bytes(encoded).decode()) if answer.secret else encoded
    await connection.execute(
        "update idempotency_keys set status = $3, answer = $4 where account_id = $1 and key = $2",
        asked.account_id,
        asked.key,
        answer.status,
        kept,
    )
    return _response(encoded, answer.status)


async def _release(connection: Connection, asked: Asked) -> None:
    await connection.execute(
        "delete from idempotency_keys where account_id = $1 and key = $2 and status is null",
        asked.account_id,
        asked.key,
    )


def _response(body: object, status: int) -> Response[Any]:
    return Response(body, status_code=status)
