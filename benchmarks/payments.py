"""From what Stripe tells to credit that can be used, an API and a worker of their own, a stand-in on this machine; and a quote of many."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import aiohttp
from msgspec.structs import replace

from benchmarks.figures import Figure, quantile
from benchmarks.paid import paid_house
from benchmarks.processes import lives, process, settings
from benchmarks.stack import filled
from harness.paid import Paid
from harness.service import AUDIENCE
from harness.shelves import SETTINGS, sandbox_running
from harness.statements import counted
from realstaging.sandbox import oidc
from realstaging.sandbox.stripe.cards import CARDS, GOOD
from realstaging.sandbox.stripe.checkouts import Filled
from realstaging.sandbox.stripe.notices import signature
from realstaging.sandbox.stripe.standin import SECRET

ROUNDS = 18
"""As many pages as one account opens in a day, but two."""
LONGEST = 10.0


async def measure() -> list[Figure]:
    return [await webhook_to_balance(), *await quotes()]


async def quotes() -> list[Figure]:
    """Of fifty photos, each with a picture by an engine that costs."""
    async with paid_house(1.0) as paid:
        _, photos = await filled(paid.service, paid.ada, 50, 0)
        took, counts = [], {}
        for items in (5, *[50] * 11):
            with counted(paid.service) as statements:
                took.append(await _quoted(paid, photos[:items]))
            counts[items] = len(statements)
    return [
        Figure("quote of 50 photos, p50", quantile(took[2:], 0.5), "ms", 15),
        Figure("statements of a quote of 50 photos", counts[50], "", counts[5]),
    ]


async def _quoted(paid: Paid, photos: Sequence[Any]) -> float:
    """Milliseconds until the price of a picture of each is there."""
    items = [
        {"photo_id": photo, "room_type": "living_room", "styles": ["modern"], "engine": "replicate"} for photo in photos
    ]
    began = time.perf_counter()
    await paid.ada.ask("POST", "stagings/quote", json={"items": items})
    return (time.perf_counter() - began) * 1000


async def webhook_to_balance() -> Figure:
    async with sandbox_running() as (sandbox, url), settings() as (given, key_file):
        chosen = replace(given, stripe_url=url, **SETTINGS)
        with process("api", chosen), process("worker", chosen):
            await lives(chosen)
            token = oidc.mint_token(key_file, issuer=chosen.oidc_issuer, audience=AUDIENCE, person=oidc.PEOPLE[0])
            headers = {"Authorization": f"Bearer {token}"}
            async with aiohttp.ClientSession(chosen.public_url, headers=headers) as session:
                taken = [await _bought(session, sandbox) for _ in range(ROUNDS)]
    # A process loads some things at its first.
    return Figure("from Stripe's webhook to the balance, p50", quantile(taken[2:], 0.5), "ms", 100)


async def _bought(session: aiohttp.ClientSession, sandbox: Any) -> float:
    """Milliseconds from the webhook of a pack that was paid until its credit is told by the API."""
    async with session.post("/api/v1/billing/checkout", json={"pack": "pack_20"}) as answer:
        page = await answer.json()
    before = await _available(session)
    found = next(one for one in sandbox.books.all("checkout.session") if one["metadata"]["checkout"] == page["id"])
    sandbox.checkouts.take(found, Filled(CARDS[GOOD]))
    told = [one for one in sandbox.books.fresh_events if one["type"] == "checkout.session.completed"]
    body = json.dumps(told[-1]).encode()
    sandbox.books.fresh_events.clear()
    began = time.perf_counter()
    headers = {"Stripe-Signature": signature(SECRET, body, int(time.time()))}
    async with session.post("/api/v1/webhooks/stripe", data=body, headers=headers) as answer:
        assert answer.status == HTTPStatus.NO_CONTENT, await answer.text()
    while await _available(session) == before:
        assert time.perf_counter() - began < LONGEST
        await asyncio.sleep(0.002)
    return (time.perf_counter() - began) * 1000


async def _available(session: aiohttp.ClientSession) -> str:
    async with session.get("/api/v1/usage") as answer:
        return str((await answer.json())["available_usd"])
