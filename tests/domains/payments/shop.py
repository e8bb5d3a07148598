"""The service with Stripe's stand-in beside it: a buyer, a card, what is told, and time."""

from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

import msgspec

from harness.service import service as run_service
from harness.shelves import SETTINGS, sandbox_running
from realstaging import wiring
from realstaging.kit.clock import utc_now
from realstaging.runtime.jobs import Claim
from realstaging.sandbox import oidc
from realstaging.sandbox.stripe.cards import CARDS, GOOD
from realstaging.sandbox.stripe.checkouts import Filled
from realstaging.sandbox.stripe.faults import Order
from realstaging.sandbox.stripe.standin import SECRET, StripeSandbox
from realstaging.wiring.jobs import HANDLERS


@dataclass
class Shop:
    """Ada buys; ``account``: the id of hers."""

    service: object
    sandbox: StripeSandbox
    ada: object
    account: object
    lapsed: bool = False
    """Whether a plan may have lapsed here that is still tried for at Stripe."""
    stranger = oidc.PEOPLE[1]
    _numbers = count(1)

    def next_number(self):
        return next(self._numbers)

    @property
    def platform(self):
        return self.service.platform

    @property
    def database(self):
        return self.service.platform.database

    async def open(self, status=201, **asked):
        return await self.ada.ask("POST", "billing/checkout", status, json=asked)

    def pay(self, page, card=GOOD, **filled):
        """What somebody types into the page; how that ends."""
        session = self.session(page)
        try:
            return self.sandbox.checkouts.take(session, Filled(CARDS[card], **filled))
        finally:
            self.sandbox.changed()

    def session(self, page):
        """The page, as the stand-in has it."""
        return next(
            one for one in self.sandbox.books.all("checkout.session") if one["metadata"]["checkout"] == page["id"]
        )

    async def buy(self, card=GOOD, filled=None, **asked):
        """A page opened and paid, and everything that was told of it done."""
        page = await self.open(**asked)
        self.pay(page, card, **(filled or {}))
        await self.followed()
        return page

    async def followed(self, platform=None):
        """Everything that happened has been told, and all jobs of it are done, whatever the clock says."""
        self.sandbox.changed()
        await self.sandbox.notices.settled()
        await drained(platform or self.platform)

    async def billing(self):
        return await self.ada.ask("GET", "billing")

    async def granted(self):
        """What was given for payments, by payment, in dollars; and what is left of everything."""
        rows = await self.database.fetch("select reference, granted, taken from payments order by id")
        return {row["reference"]: (row["granted"] / 1e6, row["taken"] / 1e6) for row in rows}

    async def available(self):
        return (
            await self.database.fetchval("select available from ledger_accounts where account_id = $1", self.account)
        ) / 1e6

    @property
    def now(self):
        return datetime.fromtimestamp(self.sandbox.books.now(), UTC)

    async def later(self, platform=None, **time):
        """Time goes on at Stripe, and everything that comes of it is told and done by then."""
        self.sandbox.advance(int((self.now + timedelta(**time)).timestamp()))
        await self.followed(platform)

    def fault(self, fault, **more):
        self.sandbox.faults.order(Order(fault, **more))

    @asynccontextmanager
    async def at_their_time(self):
        """A platform whose clock is the stand-in's."""
        async with wiring.platform(self.service.settings, engines={}, clock=lambda: self.now) as platform:
            yield platform


async def drained(platform):
    """Run every job of payments that waits, one after the other, as a worker would; what fails is left."""
    failed = set()
    while True:
        rows = await platform.database.fetch(
            "select id, kind, payload::text, attempt from jobs where state = 'queued' and kind like 'payments.%' order by id"
        )
        rows = [row for row in rows if row["id"] not in failed]
        if not rows:
            return failed
        for row in rows:
            handler = HANDLERS[row["kind"]]
            payload = msgspec.json.decode(row["payload"], type=handler.payload)
            try:
                await handler.run(platform, Claim(row["id"], payload, 1))
            except Exception as error:  # noqa: BLE001 - a worker tries it again
                failed.add(row["id"])
                await platform.database.execute("update jobs set error = $2 where id = $1", row["id"], repr(error))
            else:
                await platform.database.execute("update jobs set state = 'done' where id = $1", row["id"])


@asynccontextmanager
async def shop(folder, database_url, redis_url, *, clock=utc_now, **settings):
    async with (
        sandbox_running(again=(0.05, 0.05)) as (sandbox, url),
        run_service(
            folder, database_url, redis_url, clock=clock, stripe_url=url, **{**SETTINGS, **settings}
        ) as service,
    ):
        sandbox.listen(f"{service.url}/api/v1/webhooks/stripe", SECRET)
        async with service.signed_in() as ada:
            me = await ada.ask("GET", "me")
            yield Shop(service, sandbox, ada, UUID(me["account"]["id"]))
