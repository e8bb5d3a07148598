"""Stages photos by generative models, one paid prediction at a time, each examined by the fidelity gate.

A call reads the request's attempts first and goes on where an earlier call was cut off (attempts.py), so that killing the process
at any line neither loses a picture that was paid nor pays for it twice.
"""

from __future__ import annotations

import asyncio
import base64
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ParamSpec, Protocol, TypeVar

import msgspec

from realstaging.engines import prompts
from realstaging.engines.attempts import Attempt, Attempts, Crowded, NewAttempt, Outcome, files_of
from realstaging.engines.brief import Brief, OnProgress, Progress, RoomType, Staged
from realstaging.engines.engine import Accept
from realstaging.engines.faithful import Compute
from realstaging.engines.paid import Answer, Chain, Chosen, Notice
from realstaging.engines.replicate import checking, choice, models, padding
from realstaging.engines.replicate.abilities import abilities
from realstaging.engines.replicate.asking import Asking, Timing
from realstaging.engines.replicate.client import ReplicateClient
from realstaging.engines.replicate.errors import (
    DeadlinePassed,
    Moderated,
    OutputRefused,
    PredictionFailed,
    ResultLost,
)
from realstaging.engines.replicate.families import ModelRequest, model_input
from realstaging.engines.replicate.models import Model
from realstaging.engines.replicate.outputs import picture_of
from realstaging.engines.replicate.padding import Frame
from realstaging.engines.replicate.predictions import Prediction
from realstaging.engines.replicate.webhook import verify
from realstaging.fidelity.assurance import Assured, Unfaithful
from realstaging.fidelity.report import Door, Operation
from realstaging.kit.clock import Clock, utc_now
from realstaging.kit.errors import AppError, CannotStage
from realstaging.storage import NoSuchFile, Storage

P = ParamSpec("P")
T = TypeVar("T")

# What Replicate takes as a data URL; larger files have to be fetched (docs: 256 kB).
_SMALL = 190_000


class Measures(Protocol):
    """What is known of the room in a photo file."""

    async def of(self, photo: Path) -> prompts.RoomSize | None:
        """Its size; None where that cannot be told, or not soon."""
        ...

    async def doors(self, photo: Path) -> tuple[Door, ...]:
        """Its doors, where it was measured. Nobody waits for them."""
        ...


@dataclass(frozen=True)
class _Request:
    """What is asked for, and where it goes."""

    photo: Path
    brief: Brief
    chain: Chain
    accept: Accept
    on_progress: OnProgress


class ReplicateEngine:
    """``storage`` keeps what models answer and, ``by_address``, hands them the photo; else it travels in the request.

    ``reveal`` opens the sealed secrets of a model's settings. ``simulated`` says that a stand-in answers, not Replicate.
    ``webhook_url`` is None where Replicate cannot reach us: predictions are looked at instead.
    """

    name = "replicate"

    def __init__(
        self,
        client: ReplicateClient,
        attempts: Attempts,
        chain: Chain,
        *,
        compute: Compute,
        reveal: Callable[[str], str] | None = None,
        measures: Measures | None = None,
        storage: Storage | None = None,
        by_address: bool = True,
        webhook_url: str | None = None,
        webhook_secret: str = "",
        simulated: bool = False,
        timing: Timing | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self.client = client
        self.chain = choice.check(chain)
        self.can = msgspec.structs.replace(abilities(), simulated=simulated)
        self._attempts = attempts
        self._compute = compute
        self._reveal = reveal
        self._measures = measures
        self._storage = storage
        self._by_address = by_address and storage is not None
        self._secret = webhook_secret
        self._timing = timing or Timing()
        self._clock = clock
        self._asking = Asking(
            client, attempts, webhook_url, self._timing, clock, leaves_a_mark=bool(webhook_url) or self._by_address
        )

    @property
    def predicts(self) -> None:
        """It knows nothing before it has asked."""

    @property
    def paid(self) -> ReplicateEngine:
        """See `paid.Paid`."""
        return self

    def picture_price(self, operation: Operation, room: RoomType, chain: Chain) -> int:
        """See `paid.Paid`."""
        try:
            asked = choice.able(chain, operation, room, models.catalogue())
        except CannotStage:
            return 0
        return models.find(asked.models[0].model).price.micro

    def answer(self, document: Mapping[str, Any]) -> Answer | None:
        """See `paid.Paid`."""
        prediction = msgspec.convert(document, Prediction)
        return prediction.answer() if prediction.ended else None

    async def differences(self, model: str) -> list[str]:
        """See `paid.Paid`."""
        return await checking.compare(self.client, models.find(model))

    async def close(self) -> None:
        await self.client.close()

    async def stage(self, photo: Path, brief: Brief, accept: Accept, on_progress: OnProgress) -> Staged:
        """See `Engine.stage`. Cancelling the call leaves a prediction running, to be gone on with or ended by `stop`."""
        started = time.monotonic()
        width, height = await self._compute(padding.size_of, photo)
        asked = msgspec.convert(brief.settings, Chain) if brief.settings else self.chain
        chain = choice.able(asked, brief.operation, brief.room_type, models.catalogue())
        attempt, assured = await self._passed(_Request(photo, brief, chain, accept, on_progress))
        return Staged(
            engine=self.name,
            seed=brief.seed,
            seconds=time.monotonic() - started,
            width=width,
            height=height,
            untouched_share=assured.untouched_share,
            confidence=assured.score,
            made_by={"model": attempt.model, "attempt": attempt.number, "prompt_version": attempt.prompt_version},
        )

    async def stop(self, request_key: str) -> None:
        """End every prediction of a request that is over, and write down what it cost. What keeps it from that is raised at the end:
        call again.
        """
        refused: AppError | None = None
        for attempt in await self._attempts.of(request_key):
            if attempt.ended_at is None:
                try:
                    await self._asking.stop(attempt)
                except AppError as error:
                    refused = error
        if refused:
            raise refused

    async def notice(self, body: bytes, headers: Mapping[str, str]) -> Notice:
        """The webhook in this request, verified. Forged where it is not Replicate's."""
        if not self._secret:
            self._secret = await self.client.webhook_secret()
        return verify(body, headers, [self._secret], self._clock())

    async def _passed(self, request: _Request) -> tuple[Attempt, Assured]:
        """Attempts, one after another, until one passes; each turn gives its attempt an outcome, so that there are as many turns as
        the chain allows attempts, and all of them together end in time.
        """
        brief = request.brief
        while True:
            history = await self._attempts.of(brief.request_key)
            attempt = history[-1] if history and not history[-1].over else await self._open(request, history)
            deadline = (history or [attempt])[0].created_at + timedelta(seconds=self._timing.deadline)
            limit = max(0.0, (deadline - self._clock()).total_seconds()) + self._timing.finishing
            try:
                async with asyncio.timeout(limit) as lasting:
                    if attempt.outcome is Outcome.PASSED:
                        return attempt, await self._again(attempt, request)
                    assured = await self._concluded(attempt, request, deadline)
            except TimeoutError:
                if lasting.expired():
                    raise DeadlinePassed from None
                raise
            if assured:
                return attempt, assured

    async def _open(self, request: _Request, history: list[Attempt]) -> Attempt:
        if history and self._clock() > history[0].created_at + timedelta(seconds=self._timing.deadline):
            raise DeadlinePassed
        brief, chain = request.brief, request.chain
        following = choice.next_try(chain, brief.seed + await self._attempts.before(brief.request_key), history)
        model = models.find(following.chosen.model)
        version = prompts.write(brief.operation, brief.room_type, brief.style).version
        dearest = max(models.find(chosen.model).price.micro for chosen in chain.models)
        new = NewAttempt(model.id, model.version, following.seed, version, model.price.micro, dearest * chain.paid)
        until = self._clock() + timedelta(seconds=self._timing.deadline)
        pause = self._timing.turn
        while True:
            try:
                return await self._attempts.open(brief.request_key, len(history) + 1, new)
            except Crowded:
                if self._clock() > until:
                    raise
                request.on_progress(Progress("waiting_for_turn", 0.02))
                await asyncio.sleep(pause)
                pause = min(pause * 1.5, self._timing.longest_turn)

    async def _concluded(self, attempt: Attempt, request: _Request, deadline: datetime) -> Assured | None:
        """Ask, take the picture in, have it examined. None where nothing came of this attempt: its outcome says why."""
        model, brief, on_progress = models.find(attempt.model), request.brief, request.on_progress
        on_progress(Progress("preparing", 0.05))
        sent, frame = await self._fitted(request, model)

        async def given() -> dict[str, Any]:
            address = await self._address(attempt, sent)
            settings = self._settings(request.chain, model)
            measures = self._measures if brief.operation is Operation.STAGE else None
            room = await measures.of(request.photo) if measures else None
            prompt = prompts.write(
                brief.operation, brief.room_type, brief.style, size=room, instructions=brief.instructions
            )
            asked = ModelRequest(prompt.text, address, frame.width, frame.height, frame.ratio, seed=attempt.seed)
            return model_input(model, asked, settings)

        on_progress(Progress("waiting_for_model", 0.15))
        prediction = await self._asking.answer(attempt, model, given, deadline)
        if prediction is None:
            return None
        try:
            assured = await self._examined(attempt, prediction, frame, request)
        except Unfaithful as unfaithful:
            await self._attempts.concluded(attempt.token, Outcome.UNFAITHFUL, str(unfaithful))
            return None
        except (Moderated, PredictionFailed, OutputRefused) as error:
            await self._attempts.concluded(attempt.token, _OUTCOMES[type(error)], _reason(error))
            return None
        await self._attempts.concluded(attempt.token, Outcome.PASSED, "")
        return assured

    async def _again(self, attempt: Attempt, request: _Request) -> Assured:
        """The result of an attempt that passed before this call: made again from what is kept, never asked for again.

        ResultLost where that is gone, or would be judged otherwise by now.
        """
        if attempt.answer is None:
            raise ResultLost
        _, frame = await self._fitted(request, models.find(attempt.model))
        try:
            return await self._examined(attempt, msgspec.convert(attempt.answer, Prediction), frame, request)
        except (Unfaithful, Moderated, PredictionFailed, OutputRefused) as error:
            raise ResultLost(why=str(error)) from error

    async def _fitted(self, request: _Request, model: Model) -> tuple[bytes, Frame]:
        largest = None if self._by_address else _SMALL
        return await self._compute(padding.prepare, request.photo, model.size, largest)

    async def _examined(self, attempt: Attempt, prediction: Prediction, frame: Frame, request: _Request) -> Assured:
        """The model's picture, taken in and through the gate. Unfaithful, or what is wrong with the answer."""
        request.on_progress(Progress("receiving", 0.8))
        picture = await self._picture(attempt, prediction)
        with tempfile.TemporaryDirectory(prefix="realstaging-") as folder:
            staged = Path(folder) / "staged.png"
            await self._compute(_take_in, picture, frame, staged)
            doors = await self._measures.doors(request.photo) if self._measures else ()
            return await request.accept(staged, doors)

    def _settings(self, chain: Chain, model: Model) -> dict[str, Any]:
        """What was set for the model when the staging was requested, its secrets opened."""
        chosen = next((one for one in chain.models if one.model == model.id), Chosen(model.id))
        opened = {name: self._reveal(sealed) for name, sealed in chosen.secrets.items()} if self._reveal else {}
        return {**chosen.settings, **opened}

    async def _address(self, attempt: Attempt, picture: bytes) -> str:
        """Where the model finds the photo: a signed address, or the picture itself as a data URL."""
        if self._storage is None or not self._by_address:
            return f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}"
        key, _ = files_of(attempt.token)
        await self._storage.put(key, picture, "image/jpeg")
        return self._storage.sign_get(key, now=self._clock())

    async def _picture(self, attempt: Attempt, prediction: Prediction) -> bytes:
        """The model's picture, copied to our storage at once: Replicate forgets it after an hour."""
        if self._storage is None:
            return await self.client.download(prediction)
        _, key = files_of(attempt.token)
        with suppress(NoSuchFile):
            return await self._storage.get(key)
        picture = await self.client.download(prediction)
        await self._storage.put(key, picture, "application/octet-stream")
        return picture


_OUTCOMES: Mapping[type[Exception], Outcome] = {
    Moderated: Outcome.MODERATED,
    PredictionFailed: Outcome.FAILED,
    OutputRefused: Outcome.UNUSABLE,
}


def _take_in(picture: bytes, frame: Frame, staged: Path) -> None:
    padding.cut_back(picture_of(picture), frame, staged)


def _reason(error: Moderated | PredictionFailed | OutputRefused) -> str:
    # PostgreSQL's text holds no NUL, and a provider's may.
    said = str(error.details.get("reason") or "").replace("\0", "")
    return f"{error.message} {said}".strip()[:500]
