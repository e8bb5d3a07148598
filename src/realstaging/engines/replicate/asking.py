"""From an attempt to its answer, with at most one prediction created, whatever is lost on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec
import structlog

from realstaging.engines.attempts import Attempt, Attempts, NotWanted, Outcome
from realstaging.engines.replicate.client import ReplicateClient
from realstaging.engines.replicate.errors import (
    AccountRefused,
    AnswerLost,
    DeadlinePassed,
    NotReached,
    Rejected,
    Throttled,
)
from realstaging.engines.replicate.models import Model
from realstaging.engines.replicate.predictions import Prediction
from realstaging.kit.clock import Clock

log = structlog.get_logger()


class Timing(msgspec.Struct, frozen=True):
    """All in seconds, ``overdue`` and ``longest`` in multiples of a model's typical time."""

    deadline: float = 900.0
    """A request is given up so long after its first attempt was opened."""
    lost_after: float = 30.0
    """A prediction that is nowhere to be found so long after the call was never created."""
    pause: float = 1.0
    """Between two looks for a prediction whose answer was lost, and two calls while Replicate is down."""
    turn: float = 2.0
    """Between the first two tries to open an attempt while others have to end first; then half as much more each time."""
    longest_turn: float = 10.0
    overdue: float = 2.0
    """A webhook that has not come by then counts as lost: look, and again each time as long passes."""
    unannounced: float = 0.25
    """Where no webhook can come: look each time such a share of the typical time has passed."""
    shortest_look: float = 5.0
    longest: float = 8.0
    """Replicate ends a prediction that runs longer, though none before ``shortest_life``."""
    shortest_life: float = 60.0
    grace: float = 10.0
    """What a prediction may run beyond that before we end it, and the end may take before we wait for it no longer."""
    finishing: float = 180.0
    """A call may last so long beyond the deadline, to take a picture in that was answered in time."""


class _Right:
    """The right to ask for an attempt, for one call: what another runner has taken is not given back."""

    def __init__(self, attempts: Attempts, token: str) -> None:
        self._attempts, self._token, self._taken = attempts, token, False

    async def take(self) -> None:
        """NotWanted where it is another's, or the staging is over."""
        if not await self._attempts.send(self._token):
            raise NotWanted
        self._taken = True

    async def give_back(self) -> None:
        if self._taken:
            await self._attempts.unsend(self._token)


class Asking:
    """Everything between an attempt's row and Replicate.

    ``leaves_a_mark``: whether a prediction carries its attempt's token, in its webhook's or its photo's address. Without one a
    lost answer cannot be looked for, and is told to the caller.
    """

    def __init__(
        self,
        client: ReplicateClient,
        attempts: Attempts,
        webhook_url: str | None,
        timing: Timing,
        clock: Clock,
        *,
        leaves_a_mark: bool,
    ) -> None:
        self._client = client
        self._attempts = attempts
        self._webhook_url = webhook_url
        self._leaves_a_mark = leaves_a_mark
        self._timing = timing
        self._clock = clock

    async def answer(
        self, attempt: Attempt, model: Model, given: Callable[[], Awaitable[dict[str, Any]]], deadline: datetime
    ) -> Prediction | None:
        """The ended prediction of this attempt, asked for only if nobody has yet. None where none ever was created.

        ``given`` makes the input. AccountRefused when Replicate declines us, Rejected when it does not let us look; NotWanted when
        somebody else asks; DeadlinePassed.
        """
        if attempt.answer:
            return msgspec.convert(attempt.answer, Prediction)
        prediction_id = attempt.prediction_id
        if not prediction_id:
            if attempt.sent_at:
                found = await self._look_for(attempt.token, attempt.sent_at, deadline)
            else:
                found = await self._ask(attempt, model, await given(), deadline)
            if found is None or found.ended:
                return await self._written(attempt.token, found)
            prediction_id = found.id
        ended = await self._end_of(attempt, prediction_id, model, deadline)
        if ended is None:
            await self._attempts.unknown(attempt.token)
            await self._attempts.concluded(attempt.token, Outcome.FAILED, "Replicate does not know it any more.")
        return await self._written(attempt.token, ended)

    async def stop(self, attempt: Attempt) -> None:
        """End what this attempt may have started, and write down what it cost. An AppError while that is not sure yet."""
        await self._attempts.concluded(attempt.token, Outcome.STOPPED, "Nobody wants it any more.")
        attempt = next(one for one in await self._attempts.of(attempt.request_key) if one.token == attempt.token)
        if attempt.sent_at is None:
            # With an outcome nobody takes the right to ask any more.
            await self._attempts.never_created(attempt.token)
        elif attempt.ended_at is None:
            await self._end(attempt, attempt.sent_at)

    async def _end(self, attempt: Attempt, sent_at: datetime) -> None:
        early = not self._past(sent_at, self._timing.lost_after)
        prediction_id = attempt.prediction_id or await self._found(attempt.token, sent_at)
        if prediction_id:
            await self._attempts.created(attempt.token, prediction_id)
        stopped = await self._stopped(prediction_id) if prediction_id else None
        if stopped and stopped.ended:
            await self._attempts.answered(attempt.token, stopped.answer())
        elif stopped or early:
            later = NotReached("This prediction has not ended yet, or was not found yet.")
            later.retry_after = self._timing.pause
            raise later
        elif prediction_id:
            log.warning("replicate.prediction_unknown", prediction=prediction_id, counted=attempt.price)
            await self._attempts.unknown(attempt.token)
        else:
            await self._attempts.never_created(attempt.token)

    async def _found(self, token: str, sent_at: datetime) -> str | None:
        found = await self._client.find(token, sent_at)
        return found.id if found else None

    async def _stopped(self, prediction_id: str) -> Prediction | None:
        """The prediction after an order to stop, over or about to be. None where Replicate does not know it (any more)."""
        try:
            return await self._client.cancel(prediction_id)
        except Rejected:
            # It cannot be stopped: over, perhaps.
            return await self._seen(prediction_id)

    async def _seen(self, prediction_id: str) -> Prediction | None:
        """The prediction; None where Replicate does not know it (any more)."""
        try:
            return await self._client.get(prediction_id)
        except Rejected:
            return None

    async def _ask(
        self, attempt: Attempt, model: Model, given: dict[str, Any], deadline: datetime
    ) -> Prediction | None:
        """Create the prediction, when Replicate lets us. Only a refusal that surely created nothing is followed by another call."""
        while True:
            left = (deadline - self._clock()).total_seconds()
            if left <= 0:
                raise DeadlinePassed
            right = _Right(self._attempts, attempt.token)
            try:
                prediction = await self._client.create(
                    model.id,
                    given,
                    token=attempt.token,
                    version=model.version,
                    webhook_url=self._webhook_url,
                    cancel_after=min(left, self._longest(model)),
                    sending=right.take,
                )
            except (Throttled, NotReached) as error:
                await right.give_back()
                pause = error.retry_after if isinstance(error, Throttled) else self._timing.pause
                await asyncio.sleep(min(pause, max(left, 0.0)))
            except AnswerLost as lost:
                if not self._leaves_a_mark:
                    raise
                return await self._look_for(attempt.token, lost.sent_at, deadline)
            except (Rejected, AccountRefused) as error:
                await self._attempts.concluded(attempt.token, Outcome.REFUSED, error.message)
                if isinstance(error, AccountRefused):
                    raise
                return None
            else:
                await self._attempts.created(attempt.token, prediction.id)
                return prediction

    async def _look_for(self, token: str, sent_at: datetime, deadline: datetime) -> Prediction | None:
        """Find the prediction whose answer was lost. Only a look after ``lost_after`` that was answered proves there is none."""
        lost_at = sent_at + timedelta(seconds=self._timing.lost_after)
        latest = max(deadline, lost_at) + timedelta(seconds=self._timing.grace)
        while True:
            looked_at = self._clock()
            try:
                prediction = await self._client.find(token, sent_at)
            except (Throttled, NotReached):
                prediction, looked_at = None, sent_at
            if prediction:
                await self._attempts.created(token, prediction.id)
                return prediction
            if looked_at > lost_at:
                await self._attempts.concluded(token, Outcome.LOST, "Replicate never got to know of it.")
                return None
            if self._clock() > latest:
                raise DeadlinePassed
            told = await self._told(token, self._timing.pause)
            if told:
                return told

    async def _end_of(
        self, attempt: Attempt, prediction_id: str, model: Model, deadline: datetime
    ) -> Prediction | None:
        """Wait for the webhook; look when it is overdue; end what runs too long. None where Replicate does not know it any more,
        DeadlinePassed where it does not end.
        """
        asked_at = attempt.sent_at or self._clock()
        latest = asked_at + timedelta(seconds=self._longest(model) + self._timing.grace)
        latest = min(latest, deadline + timedelta(seconds=self._timing.grace))
        patience = self._timing.overdue if self._webhook_url else self._timing.unannounced
        every = max(self._timing.shortest_look, patience * model.typical_seconds)
        while True:
            left = (latest - self._clock()).total_seconds()
            prediction = await self._told(attempt.token, max(0.0, min(every, left)))
            reached = True
            try:
                if prediction is None:
                    prediction = await (self._seen(prediction_id) if left > 0 else self._stopped(prediction_id))
            except (Throttled, NotReached):
                reached = False
            if prediction and prediction.ended:
                return prediction
            if reached and prediction is None and self._past(asked_at, self._timing.lost_after):
                return None
            if self._past(latest, self._timing.grace):
                raise DeadlinePassed
            if not reached or prediction is None or left <= 0:
                await asyncio.sleep(self._timing.pause)

    async def _told(self, token: str, seconds: float) -> Prediction | None:
        """What somebody else has written down meanwhile. A document that is not understood is nothing: Replicate is asked."""
        document = await self._attempts.told(token, seconds)
        try:
            return msgspec.convert(document, Prediction) if document else None
        except msgspec.ValidationError as error:
            log.warning("replicate.answer_not_understood", token=token, error=repr(error))
            return None

    def _past(self, moment: datetime, seconds: float) -> bool:
        return self._clock() > moment + timedelta(seconds=seconds)

    async def _written(self, token: str, prediction: Prediction | None) -> Prediction | None:
        if prediction:
            await self._attempts.answered(token, prediction.answer())
        return prediction

    def _longest(self, model: Model) -> float:
        return max(self._timing.shortest_life, self._timing.longest * model.typical_seconds)
