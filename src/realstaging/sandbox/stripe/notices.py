"""Events told to webhook endpoints: signed, one after the other, tried again; and otherwise when it is ordered."""

from __future__ import annotations

import asyncio
import hmac
import json
import time
from collections.abc import Sequence
from hashlib import sha256
from http import HTTPStatus
from typing import Final

import aiohttp

from realstaging.sandbox.stripe.books import Books, Thing, told
from realstaging.sandbox.stripe.faults import OF_EVENT, Fault, Faults

PATIENCE: Final = 10.0
AGAIN: Final = (2.0, 10.0, 60.0)
"""Seconds of this machine's after each failure (Stripe's are hours)."""
HOUR: Final = 3600


def signature(secret: str, body: bytes, moment: int) -> str:
    """As the header ``Stripe-Signature`` says it (https://docs.stripe.com/webhooks/signature)."""
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, sha256).hexdigest()
    return f"t={moment},v1={digest},v0=0000000000000000000000000000000000000000000000000000000000000000"


class Notices:
    def __init__(self, books: Books, faults: Faults, again: Sequence[float] = AGAIN) -> None:
        self._books, self._faults, self._again = books, faults, again
        self._waiting: asyncio.Queue[Thing] = asyncio.Queue()
        self._late: set[asyncio.Task[None]] = set()
        self._held: list[Thing] = []
        self.sent = 0
        self._session: aiohttp.ClientSession

    async def run(self) -> None:
        """Until it is cancelled."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as self._session:
            while True:
                event = await self._waiting.get()
                try:
                    await self._tell(event)
                finally:
                    self._waiting.task_done()

    def hand_over(self) -> None:
        """What has happened since the last time."""
        for event in self._books.fresh_events:
            self._waiting.put_nowait(event)
        self._books.fresh_events.clear()

    async def settled(self) -> None:
        """Wait until everything that has happened was told, late ones and held ones too."""
        await self._waiting.join()
        while self._late or self._held:
            for event in self._held:
                self._later(event, 0)
            self._held.clear()
            await asyncio.gather(*self._late)

    async def stop(self) -> None:
        for task in self._late:
            task.cancel()
        await asyncio.gather(*self._late, return_exceptions=True)

    def again(self, event: Thing) -> None:
        """Tell an event anew, as the button at Stripe does."""
        self._later(event, 0)

    async def _tell(self, event: Thing) -> None:
        order = self._faults.take(OF_EVENT, event["type"])
        match order.fault if order else None:
            case Fault.EVENT_LOST:
                event["_told"] = "lost"
            case Fault.EVENT_LATE if order:
                self._later(event, order.seconds)
            case Fault.EVENT_REORDERED:
                self._held.append(event)
                return
            case Fault.EVENT_DOUBLED:
                await self._send(event)
                await self._send(event)
            case Fault.EVENT_FORGED:
                await self._post_all(event, forged=True)
                await self._send(event)
            case Fault.EVENT_STALE:
                await self._post_all(event, age=HOUR)
                await self._send(event)
            case Fault.EVENT_OLD_VERSION:
                await self._post_all({**event, "api_version": "2024-06-20"})
            case Fault.EVENT_LIVE:
                await self._post_all({**event, "livemode": True})
            case _:
                await self._send(event)
        held, self._held = self._held, []
        for one in held:
            await self._send(one)

    def _later(self, event: Thing, seconds: float) -> None:
        async def later() -> None:
            await asyncio.sleep(seconds)
            await self._send(event)

        task = asyncio.create_task(later())
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _send(self, event: Thing, turn: int = 0) -> None:
        """Once; what fails comes again later, and the queue does not wait for that."""
        if await self._post_all(event):
            event["pending_webhooks"], event["_told"] = 0, "told"
            return
        event["_told"] = f"refused {turn + 1} times"
        if turn < len(self._again):

            async def again() -> None:
                await asyncio.sleep(self._again[turn])
                await self._send(event, turn + 1)

            task = asyncio.create_task(again())
            self._late.add(task)
            task.add_done_callback(self._late.discard)

    async def _post_all(self, event: Thing, *, forged: bool = False, age: int = 0) -> bool:
        """To every endpoint that wants it; whether each took it."""
        wanted = [
            one
            for one in self._books.all("webhook_endpoint")
            if one["status"] == "enabled" and {"*", event["type"]} & set(one["enabled_events"])
        ]
        return all([await self._post(one, event, forged=forged, age=age) for one in wanted])

    async def _post(self, endpoint: Thing, event: Thing, *, forged: bool, age: int) -> bool:
        body = json.dumps(told(event), indent=2).encode()
        # Of this machine's clock, whatever the sandbox's says: receivers look at theirs.
        header = signature("whsec_not_this_one" if forged else endpoint["_secret"], body, int(time.time()) - age)
        headers = {"Stripe-Signature": header, "Content-Type": "application/json; charset=utf-8"}
        self.sent += 1
        try:
            async with self._session.post(endpoint["url"], data=body, headers=headers) as answer:
                event["_answer"] = answer.status
                return answer.status < HTTPStatus.MULTIPLE_CHOICES
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            event["_answer"] = type(error).__name__
            return False
