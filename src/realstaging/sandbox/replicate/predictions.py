"""The life of one prediction: waiting, running, ended; its picture, its charge and its webhooks."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import random
import secrets
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import aiohttp
import msgspec
from yarl import URL

from realstaging.kit.tasks import ended
from realstaging.sandbox.replicate.faults import Fault, Order
from realstaging.sandbox.replicate.pictures import ANOTHER_HOUSE, FAITHFUL, Drift, stage

ENDED = {"succeeded", "failed", "canceled", "aborted"}
_HARD_TIMEOUT = 30 * 60.0


class Conduct(msgspec.Struct, forbid_unknown_fields=True):
    """How the simulation behaves when nothing goes wrong. All times in seconds; a run's length is lognormal."""

    queue: float = 0.0
    run_median: float = 0.0
    run_sigma: float = 0.25
    drift: Drift = FAITHFUL
    picture: bytes | None = None
    """The answer to everything that goes well, for measurements: a provider far away draws on processors of its own."""
    retention: float = 3600.0
    webhook_tries: int = 4
    webhook_pause: float = 0.5
    huge_bytes: int = 128 * 1024 * 1024


class Prediction:
    """One prediction, and what a test may want to know of it."""

    def __init__(
        self, model: str, version: str | None, given: dict[str, Any], base_url: str, fault: Order | None
    ) -> None:
        self.id = secrets.token_hex(13)
        self.model = model
        self.version = version
        self.input = given
        self.fault = fault
        self.base_url = base_url
        self.status = "starting"
        self.output: Any = None
        self.error: str | None = None
        self.created_at = datetime.now(UTC)
        self.started_at: datetime | None = None
        self.completed_at: datetime | None = None
        self.deadline: float | None = None
        self.webhook: str | None = None
        self.webhook_events: set[str] = {"start", "output", "logs", "completed"}
        self.data_removed = False
        self.picture: bytes | None = None
        self.output_format = str(given.get("output_format") or "webp")
        self.ended = asyncio.Event()
        self.stop = asyncio.Event()

    def has(self, *faults: Fault) -> bool:
        return self.fault is not None and self.fault.fault in faults

    @property
    def charged(self) -> bool:
        """Public models charge what succeeded and what was stopped while it ran."""
        ran = self.status == "canceled" and self.started_at is not None
        return self.status == "succeeded" or ran or (self.status == "failed" and self.has(Fault.FAILED_BILLED))

    def end(self, status: str, *, error: str | None = None, output: Any = None) -> None:
        if self.status in ENDED:
            return
        self.status, self.error, self.output = status, error, output
        self.completed_at = datetime.now(UTC)

    def wire(self) -> dict[str, Any]:
        address = f"{self.base_url}/v1/predictions/{self.id}"
        metrics: dict[str, Any] = {}
        if self.completed_at:
            metrics["total_time"] = (self.completed_at - self.created_at).total_seconds()
            if self.started_at:
                metrics["predict_time"] = (self.completed_at - self.started_at).total_seconds()
            if self.status == "succeeded" or (self.status == "failed" and self.charged):
                metrics["image_count"] = 1
        return {
            "id": self.id,
            "model": self.model,
            "version": self.version or "hidden",
            "input": {} if self.data_removed else self.input,
            "output": None if self.data_removed else self.output,
            "logs": "",
            "error": self.error,
            "status": self.status,
            "data_removed": self.data_removed,
            "created_at": _wire_time(self.created_at),
            "started_at": _wire_time(self.started_at),
            "completed_at": _wire_time(self.completed_at),
            "metrics": metrics,
            "source": "api",
            "webhook": self.webhook,
            "urls": {"get": address, "cancel": f"{address}/cancel", "web": f"{self.base_url}/p/{self.id}"},
        }


class Life:
    """Runs predictions from their creation to their last webhook."""

    def __init__(self, session: aiohttp.ClientSession, conduct: Conduct, secret: str, seed: int = 0) -> None:
        self._session = session
        self._conduct = conduct
        self._secret = secret
        self._random = random.Random(seed)
        self.webhooks_sent = 0

    async def run(self, prediction: Prediction) -> None:
        """Wait, run, end, tell. An order to stop is obeyed at any moment before the end."""
        if await self._stopped_within(prediction, self._conduct.queue) or prediction.has(Fault.ABORTED):
            prediction.end("aborted" if not prediction.stop.is_set() else "canceled")
        else:
            prediction.status = "processing"
            prediction.started_at = datetime.now(UTC)
            if not prediction.has(Fault.WEBHOOK_REORDERED):
                await self._tell(prediction, "start")
            await self._process(prediction)
        prediction.ended.set()
        await self._tell_the_end(prediction)
        await asyncio.sleep(self._conduct.retention)
        prediction.data_removed, prediction.picture = True, None

    async def _process(self, prediction: Prediction) -> None:
        length = self._conduct.run_median * self._random.lognormvariate(0, self._conduct.run_sigma)
        if prediction.fault and prediction.has(Fault.SLOW):
            length += prediction.fault.seconds
        if prediction.has(Fault.HANG):
            length = _HARD_TIMEOUT
        # As a model does: it works while it runs, not when its time is over.
        drawing = asyncio.create_task(self._drawn(prediction))
        if await self._stopped_within(prediction, length):
            prediction.end("canceled")
        elif prediction.has(Fault.HANG):
            prediction.end("failed", error="Prediction interrupted; please retry (code: PA)")
        elif prediction.has(Fault.CANCELED):
            prediction.end("canceled")
        elif prediction.has(Fault.FAILED, Fault.FAILED_BILLED):
            prediction.end("failed", error="CUDA out of memory. Tried to allocate 2.00 GiB.")
        elif prediction.has(Fault.MODERATED):
            prediction.end("failed", error="The input or output was flagged as sensitive. Please try again. (E005)")
        else:
            await self._finish(prediction, drawing)
        await ended(drawing)

    async def _drawn(self, prediction: Prediction) -> bytes:
        photo = await self._photo(prediction.input)
        if self._conduct.picture is not None:
            return self._conduct.picture
        drift = ANOTHER_HOUSE if prediction.has(Fault.FAILS_GATE) else self._conduct.drift
        seed = int(prediction.input.get("seed") or 0)
        return await asyncio.to_thread(stage, photo, drift, prediction.output_format, seed)

    async def _finish(self, prediction: Prediction, drawing: asyncio.Task[bytes]) -> None:
        try:
            prediction.picture = await drawing
        except (aiohttp.ClientError, OSError, ValueError) as error:
            prediction.end("failed", error=f"The input image could not be read: {error}")
            return
        address = f"{prediction.base_url}/outputs/{prediction.id}/out-0.{prediction.output_format}"
        if prediction.has(Fault.WRONG_HOST):
            address = f"https://pictures.example.com/{prediction.id}.{prediction.output_format}"
        prediction.end("succeeded", output=None if prediction.has(Fault.NO_OUTPUT) else [address])

    async def _photo(self, given: dict[str, Any]) -> bytes:
        """The first input that is a file: an address or a data URL."""
        files = (v for value in given.values() for v in (value if isinstance(value, list) else [value]))
        address = next(
            (v for v in files if isinstance(v, str) and v.startswith(("data:", "http://", "https://"))), None
        )
        if address is None:
            raise ValueError("no image given")
        if address.startswith("data:"):
            return base64.b64decode(address.partition(",")[2])
        async with self._session.get(URL(address, encoded=True), timeout=aiohttp.ClientTimeout(total=30)) as answer:
            answer.raise_for_status()
            return await answer.read()

    async def _stopped_within(self, prediction: Prediction, seconds: float) -> bool:
        """Wait so long. True when the prediction is stopped meanwhile, by its owner or its deadline."""
        if prediction.stop.is_set():
            return True
        left = float("inf")
        if prediction.deadline is not None:
            left = prediction.deadline - (datetime.now(UTC) - prediction.created_at).total_seconds()
        try:
            await asyncio.wait_for(prediction.stop.wait(), max(0.0, min(seconds, left)))
        except TimeoutError:
            return left <= seconds
        return True

    async def _tell_the_end(self, prediction: Prediction) -> None:
        fault = prediction.fault
        if prediction.has(Fault.WEBHOOK_LOST):
            return
        if fault and prediction.has(Fault.WEBHOOK_LATE):
            await asyncio.sleep(fault.seconds)
        if prediction.has(Fault.WEBHOOK_FORGED):
            lie = prediction.wire() | {
                "status": "succeeded",
                "output": ["https://pictures.example.com/another-house.png"],
            }
            await self._post(prediction, lie, secret=_new_secret())
        if prediction.has(Fault.WEBHOOK_REPLAYED):
            await self._post(prediction, prediction.wire(), sent_at=datetime.now(UTC) - timedelta(hours=1))
        message_id = f"msg_{secrets.token_hex(12)}"
        await self._tell(prediction, "completed", message_id)
        if prediction.has(Fault.WEBHOOK_DUPLICATED):
            await self._tell(prediction, "completed", message_id)
        if prediction.has(Fault.WEBHOOK_REORDERED):
            early = prediction.wire() | {"status": "processing", "output": None, "completed_at": None}
            await self._post(prediction, early)

    async def _tell(self, prediction: Prediction, event: str, message_id: str | None = None) -> None:
        """Send a notice until it is taken, as often as the conduct says."""
        if event not in prediction.webhook_events:
            return
        message_id = message_id or f"msg_{secrets.token_hex(12)}"
        for turn in range(self._conduct.webhook_tries):
            if await self._post(prediction, prediction.wire(), message_id=message_id):
                return
            await asyncio.sleep(self._conduct.webhook_pause * 2**turn)

    async def _post(
        self,
        prediction: Prediction,
        body: dict[str, Any],
        *,
        message_id: str | None = None,
        secret: str | None = None,
        sent_at: datetime | None = None,
    ) -> bool:
        if prediction.webhook is None:
            return True
        data = json.dumps(body).encode()
        headers = sign(data, secret or self._secret, message_id or f"msg_{secrets.token_hex(12)}", sent_at)
        self.webhooks_sent += 1
        try:
            async with self._session.post(
                prediction.webhook, data=data, headers=headers, timeout=aiohttp.ClientTimeout(total=10)
            ) as answer:
                return answer.status < HTTPStatus.MULTIPLE_CHOICES
        except (aiohttp.ClientError, TimeoutError):
            return False


def sign(body: bytes, secret: str, message_id: str, sent_at: datetime | None = None) -> dict[str, str]:
    """The headers of a signed notice, by Standard Webhooks."""
    timestamp = str(int((sent_at or datetime.now(UTC)).timestamp()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signature = hmac.digest(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256)
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{base64.b64encode(signature).decode()}",
    }


def _new_secret() -> str:
    return f"whsec_{base64.b64encode(secrets.token_bytes(24)).decode()}"


def _wire_time(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None
