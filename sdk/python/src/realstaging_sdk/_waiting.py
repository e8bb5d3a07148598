"""Waiting for stagings: what is heard and looked at, as steps (`_steps`)."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final
from uuid import UUID

import msgspec

from realstaging_sdk import models
from realstaging_sdk._steps import Call, Event, Listen, Sleep, Steps
from realstaging_sdk.errors import (
    NotReached,
    RealStagingError,
    ServiceError,
    StagingFailed,
    TookTooLong,
    TooManyRequests,
)

OVER: Final = frozenset({"ready", "failed", "canceled", "withdrawn"})
FIRST_LOOK: Final = 1.0
LONGEST_LOOK: Final = 10.0
"""Seconds between two looks, where events cannot be heard."""


def wait(staging_ids: Sequence[UUID | str], seconds: float) -> Steps[list[models.Staging]]:
    """Until all of them are over, in the order given. After so many seconds what kept the last look from knowing, else TookTooLong.

    First the stream's place, then a look at what is not over, then what the stream tells from that place on: nothing is missed in between.
    Where nothing can be heard, looking now and then does as well, only later. Whatever it ends by says what is over by then.
    """
    until, looks = time.monotonic() + seconds, FIRST_LOOK
    ends, missed = _Ends([_spelled(one) for one in staging_ids]), None
    try:
        while True:
            before = ends.heard
            if missed is None:
                yield Listen(ends.place, ends.take, until)
            missed = yield from _look(ends, until)
            if not ends.open():
                return ends.known()
            if time.monotonic() >= until:
                raise missed or TookTooLong(f"Not over after {seconds:g} seconds.")
            if missed or ends.heard == before:
                yield Sleep(min(looks, max(0.0, until - time.monotonic())))
                looks = min(LONGEST_LOOK, looks * 1.5)
            else:
                looks = FIRST_LOOK
    except RealStagingError as error:
        error.over = ends.known()
        raise


def _spelled(staging_id: UUID | str) -> str:
    """As the service spells it; what is no id is left as it is, for the service to refuse."""
    try:
        return str(UUID(str(staging_id)))
    except ValueError:
        return str(staging_id)


def _look(ends: _Ends, until: float) -> Steps[RealStagingError | None]:
    """Look at what is not over; what kept some of it from being known, where that may pass."""
    missed = None
    for one in ends.open():
        try:
            ends.look((yield Call("GET", f"stagings/{one}", models.Staging, until=until)))
        except (NotReached, TooManyRequests) as error:
            # The others would not be answered either.
            return error
        except ServiceError as error:
            missed = error
    return missed


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

    def known(self) -> list[models.Staging]:
        """Those that are over, in the order given."""
        return [self.over[one] for one in self._wanted if one in self.over]

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
