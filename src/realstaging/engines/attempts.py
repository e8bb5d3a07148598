"""What was asked of a model for a request: one attempt a prediction, written down before the provider is called.

A process may die between any two lines. The next one reads the attempts of the request and goes on where the last was cut off:

    sent_at None          nothing was asked: ask
    prediction_id None    asked, answer unknown: look for it by its token, never ask again
    answer None           running: wait for it
    outcome None          ended: fetch the picture and have it examined
    outcome               examined, or over; only after an outcome other than PASSED may another attempt be opened
"""

from __future__ import annotations

import asyncio
import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Protocol

import msgspec

from realstaging.engines.paid import Answer
from realstaging.kit.clock import Clock, utc_now
from realstaging.kit.errors import Unavailable


class Outcome(StrEnum):
    """What became of an attempt."""

    PASSED = "passed"
    UNFAITHFUL = "unfaithful"
    """A picture of a house that is no longer the same."""
    UNUSABLE = "unusable"
    """No picture we can take in."""
    FAILED = "failed"
    """The model gave up, or was stopped."""
    MODERATED = "moderated"
    REFUSED = "refused"
    """The provider did not take the request. Nothing was created."""
    LOST = "lost"
    """Asked, and never created."""
    STOPPED = "stopped"
    """Nobody wants it any more."""


NEVER_CREATED: Final = frozenset({Outcome.REFUSED, Outcome.LOST})


class NewAttempt(msgspec.Struct, frozen=True):
    """``price``: millionths of a dollar for one picture, as known when the attempt was opened. ``stake``: the same for all that may be
    made for the request.
    """

    model: str
    version: str | None
    seed: int | None
    prompt_version: str
    price: int
    stake: int = 0


class Attempt(NewAttempt, frozen=True, kw_only=True):
    token: str
    request_key: str
    number: int
    created_at: datetime
    sent_at: datetime | None = None
    prediction_id: str | None = None
    answer: dict[str, Any] | None = None
    """What the provider said at its end: a document of its engine's."""
    cost: int = 0
    ended_at: datetime | None = None
    outcome: Outcome | None = None
    reason: str | None = None

    @property
    def running(self) -> bool:
        """Whether a prediction may be running, or may have run without our knowing its cost."""
        return self.sent_at is not None and self.ended_at is None

    @property
    def over(self) -> bool:
        """Whether another attempt may be opened after this one."""
        return self.outcome not in {None, Outcome.PASSED}


class NotWanted(Unavailable):
    """Somebody else is working on this staging, or nobody wants it any more."""

    code = "not_wanted"
    retry_after = 1.0


class Crowded(Unavailable):
    """As many pictures are being made for your account as may be at once. You were charged nothing. Try again in a while."""

    code = "crowded"


def files_of(token: str) -> tuple[str, str]:
    """Where an attempt's pictures are stored while they are needed: the photo as it was sent, and the answer."""
    return f"attempts/{token}/photo.jpg", f"attempts/{token}/answer"


def new_token() -> str:
    """Names one attempt in its webhook and file addresses. Unguessable, so nobody else can speak of it."""
    return secrets.token_urlsafe(24)


class Attempts(Protocol):
    """Where attempts are written down. Every method is one committed change, or none."""

    async def of(self, request_key: str) -> list[Attempt]:
        """All attempts of the request, oldest first."""
        ...

    async def before(self, request_key: str) -> int:
        """How many attempts were made for the same staging by earlier requests."""
        ...

    async def open(self, request_key: str, number: int, new: NewAttempt) -> Attempt:
        """Write down an attempt before anything is asked. NotWanted where the request is over or has another one open; Crowded where
        others have to end first; an AppError where no more may be spent.
        """
        ...

    async def send(self, token: str) -> bool:
        """Claim the one right to ask. False where it was taken already, or the request is over."""
        ...

    async def unsend(self, token: str) -> None:
        """Give the right back: surely nothing was created."""
        ...

    async def created(self, token: str, prediction_id: str) -> None: ...

    async def answered(self, token: str, answer: Answer) -> None:
        """The prediction has ended: keep its answer and cost, once, however late and however often it is told."""
        ...

    async def concluded(self, token: str, outcome: Outcome, reason: str) -> None:
        """Close the attempt; the first outcome stays. One that was never sent never will be."""
        ...

    async def never_created(self, token: str) -> None:
        """It is sure that the call of this attempt created nothing."""
        ...

    async def unknown(self, token: str) -> None:
        """What became of its prediction will not be known: it counts as charged with one picture, unless told otherwise later."""
        ...

    async def told(self, token: str, seconds: float) -> dict[str, Any] | None:
        """Wait so long at most for the answer to be written down by somebody else, such as a webhook."""
        ...


class ProcessAttempts:
    """The attempts of one process, as the command line uses: it waits for nobody else, and ends with its only request."""

    def __init__(self, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._attempts: dict[str, Attempt] = {}

    def request_keys(self) -> set[str]:
        return {attempt.request_key for attempt in self._attempts.values()}

    async def of(self, request_key: str) -> list[Attempt]:
        return [attempt for attempt in self._attempts.values() if attempt.request_key == request_key]

    async def before(self, request_key: str) -> int:  # noqa: ARG002 - a process has one request
        return 0

    async def open(self, request_key: str, number: int, new: NewAttempt) -> Attempt:
        attempt = Attempt(
            **msgspec.structs.asdict(new),
            token=new_token(),
            request_key=request_key,
            number=number,
            created_at=self._clock(),
        )
        self._attempts[attempt.token] = attempt
        return attempt

    async def send(self, token: str) -> bool:
        attempt = self._attempts[token]
        if attempt.sent_at or attempt.outcome:
            return False
        self._change(token, sent_at=self._clock())
        return True

    async def unsend(self, token: str) -> None:
        self._change(token, sent_at=None)

    async def created(self, token: str, prediction_id: str) -> None:
        self._change(token, prediction_id=prediction_id)

    async def answered(self, token: str, answer: Answer) -> None:
        cost = answer.pictures * self._attempts[token].price
        self._change(
            token, prediction_id=answer.prediction_id, answer=answer.document, cost=cost, ended_at=self._clock()
        )

    async def concluded(self, token: str, outcome: Outcome, reason: str) -> None:
        attempt = self._attempts[token]
        if attempt.outcome:
            return
        self._change(token, outcome=outcome, reason=reason)
        if outcome in NEVER_CREATED or not attempt.sent_at:
            self._change(token, ended_at=self._clock())

    async def never_created(self, token: str) -> None:
        self._change(token, ended_at=self._clock())

    async def unknown(self, token: str) -> None:
        self._change(token, ended_at=self._clock(), cost=self._attempts[token].price)

    async def told(self, token: str, seconds: float) -> dict[str, Any] | None:  # noqa: ARG002 - nobody else tells
        await asyncio.sleep(seconds)
        return None

    def _change(self, token: str, **changed: object) -> None:
        self._attempts[token] = msgspec.structs.replace(self._attempts[token], **changed)
