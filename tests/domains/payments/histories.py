"""Random histories of one account: it buys, changes, ends, is refunded, disputes; time passes; Stripe and its events do what they do.

After each act the ledger is balanced. When everything has been told, or found by the daily comparison, what is here is what is there.
"""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from aiohttp import web
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from harness.service import listener, pools
from harness.shelves import sandbox_running, stock
from realstaging import wiring
from realstaging.domains.accounts.schemas import Account, Member
from realstaging.domains.billing import service as billing
from realstaging.domains.payments import checkout, hooks, plans, reconciling, subscriptions
from realstaging.domains.payments.schemas import NewCheckout, PlanChange
from realstaging.kit.errors import AppError
from realstaging.kit.ids import new_id
from realstaging.sandbox.stripe.cards import CARDS, GOOD
from realstaging.sandbox.stripe.checkouts import Filled
from realstaging.sandbox.stripe.errors import Refusal
from realstaging.sandbox.stripe.faults import Fault, Order
from realstaging.sandbox.stripe.standin import KEY, SECRET
from realstaging.settings import Settings
from tests.domains.payments.shop import drained
from tests.faults.payments import EVENTS, REQUESTS, Shop, violated

BACK = timedelta(days=2000)
DECLINES_LATER = "4000000000000341"
PLACES = st.integers(0, 20)


class House:
    """The platform, the stand-in, and an address that events come to, on one loop of their own."""

    def __init__(self, loop, folder, database_url, redis_url):
        self.loop, self._stack = loop, AsyncExitStack()
        self.runs(self._open(folder, database_url, redis_url))

    def runs(self, what):
        return self.loop.run_until_complete(what)

    async def _open(self, folder, database_url, redis_url):
        self.sandbox, url = await self._stack.enter_async_context(sandbox_running(again=(0.0,)))
        listening, ours = listener()
        runner = web.AppRunner(self._hooks())
        await runner.setup()
        await web.SockSite(runner, listening).start()
        self._stack.push_async_callback(runner.cleanup)
        self.sandbox.listen(f"{ours}/", SECRET)
        settings = Settings(
            database_url=database_url,
            redis_url=redis_url,
            storage_url=folder.as_uri(),
            stripe_secret_key=KEY,
            stripe_webhook_secret=SECRET,
            stripe_url=url,
        )
        self.platform = await self._stack.enter_async_context(
            wiring.platform(settings, engines={}, clock=lambda: self.now, shared=pools())
        )

    def _hooks(self):
        async def told(request):
            try:
                await hooks.take(self.platform, await request.read(), request.headers["Stripe-Signature"])
            except AppError as error:
                return web.Response(status=error.status)
            return web.Response(status=204)

        app = web.Application()
        app.router.add_post("/", told)
        return app

    @property
    def now(self):
        return datetime.fromtimestamp(self.sandbox.books.now(), UTC)

    def close(self):
        self.runs(self._stack.aclose())

    async def begin(self):
        endpoints = self.sandbox.books.all("webhook_endpoint")
        self.sandbox.books.forget()
        for endpoint in endpoints:
            self.sandbox.books.add(endpoint)
        stock(self.sandbox.books)
        self.sandbox.faults.clear()
        account = new_id()
        await self.platform.database.execute("insert into accounts (id, name) values ($1, 'Ada')", account)
        self.caller = Member(new_id(), "ada@example.com", "Ada", Account(account, "Ada"))
        self.shop = Shop(SimpleNamespace(platform=self.platform), self.sandbox, None, account, lapsed=True)
        self._before = await self._jobs()

    async def settled(self):
        """What was told is done, as far as workers come."""
        self.sandbox.changed()
        await self.sandbox.notices.settled()
        await drained(self.platform)

    async def _jobs(self):
        """How many jobs something told has asked for, and how many others there were."""
        return await self.platform.database.fetchrow(
            """select count(*) filter (where kind = 'payments.handle') as told, count(*) filter (where kind <> 'payments.handle') as others
               from jobs where kind like 'payments.%'"""
        )

    async def end(self):
        """Nothing goes wrong any more; what is left of it is found."""
        self.sandbox.faults.clear()
        await self.settled()
        await reconciling.reconcile(self.platform, self.now - BACK)
        # A plan that was one too many is ended by a job, and what that did at Stripe is told by events of its own.
        for _ in range(2):
            await self.settled()
        await plans.follow_time(self.platform)
        found = await violated(self.shop)
        now, before = await self._jobs(), self._before
        most = now["told"] - before["told"] + 4 * len(self.sandbox.books.all("subscription"))
        if now["others"] - before["others"] > most:
            found.append(f"{now['others'] - before['others']} jobs that nobody told of, where {most} are many")
        for one in self.sandbox.books.all("subscription"):
            if one["status"] not in {"canceled", "incomplete_expired"}:
                self.sandbox.subscribing.end(one, "cancellation_requested")
        await self.settled()
        await self.platform.database.execute("update jobs set state = 'done' where state = 'queued'")
        return found


class Histories(RuleBasedStateMachine):
    """``house`` is set by who runs it."""

    house = None

    @initialize()
    def begin(self):
        self.house.runs(self.house.begin())

    def asks(self, use_case, *arguments, **named):
        """Somebody of the account asks; what cannot be now is refused."""

        async def ask():
            try:
                return await use_case(self.house.platform, self.house.caller, *arguments, **named)
            except AppError:
                return None

        return self.house.runs(ask())

    def does(self, act, *arguments, **named):
        """Somebody does something at Stripe; what is not possible there is refused."""
        try:
            return act(*arguments, **named)
        except Refusal:
            return None

    def one_of(self, kind, place):
        found = self.house.sandbox.books.all(kind)
        return found[place % len(found)] if found else None

    def pay(self, page, card):
        session = next(
            (
                one
                for one in self.house.sandbox.books.all("checkout.session")
                if one["metadata"]["checkout"] == str(page.id)
            ),
            None,
        )
        if session:
            self.does(self.house.sandbox.checkouts.take, session, Filled(CARDS[card]))

    @rule(
        pack=st.sampled_from(["pack_20", "pack_100"]), card=st.sampled_from([GOOD, DECLINES_LATER, "4000000000000002"])
    )
    def buys_a_pack(self, pack, card):
        if page := self.asks(checkout.open_page, NewCheckout(pack=pack)):
            self.pay(page, card)

    @rule(
        plan=st.sampled_from(["pro", "business"]),
        term=st.sampled_from(["month", "year"]),
        card=st.sampled_from([GOOD, GOOD, DECLINES_LATER]),
    )
    def buys_a_plan(self, plan, term, card):
        if page := self.asks(checkout.open_page, NewCheckout(plan=plan, term=term)):
            self.pay(page, card)

    @rule(plan=st.sampled_from(["pro", "business"]), term=st.sampled_from(["month", "year"]), seats=st.integers(10, 30))
    def changes_the_plan(self, plan, term, seats):
        self.asks(
            subscriptions.change, PlanChange(plan, term, seats if plan == "business" else 1, losing_access=True), None
        )

    @rule()
    def ends_the_plan(self):
        self.asks(subscriptions.cancel, losing_access=True)

    @rule()
    def goes_on(self):
        self.asks(subscriptions.resume, fresh=True)

    @rule(months=st.integers(1, 2))
    def rests(self, months):
        self.asks(subscriptions.pause, months)

    @rule(place=PLACES, share=st.sampled_from([1, 2, 3]))
    def is_refunded(self, place, share):
        intent = self.one_of("payment_intent", place)
        if intent and intent["status"] == "succeeded":
            charged = self.house.sandbox.payments.charge_of(intent["id"])
            self.does(self.house.sandbox.payments.refund, charged, {"amount": charged["amount"] // share})

    @rule(place=PLACES)
    def a_refund_fails(self, place):
        if refund := self.one_of("refund", place):
            self.does(self.house.sandbox.payments.fail_refund, refund)

    @rule(place=PLACES)
    def disputes(self, place):
        intent = self.one_of("payment_intent", place)
        if intent and intent["status"] == "succeeded":
            self.does(
                self.house.sandbox.payments.dispute, self.house.sandbox.payments.charge_of(intent["id"]), "fraudulent"
            )

    @rule(place=PLACES, status=st.sampled_from(["won", "lost"]))
    def a_dispute_ends(self, place, status):
        if dispute := self.one_of("dispute", place):
            self.house.sandbox.payments.close_dispute(dispute, status)

    @rule(days=st.sampled_from([1, 6, 31, 40]))
    def time_passes(self, days):
        self.house.sandbox.advance(int((self.house.now + timedelta(days=days)).timestamp()))

    @rule()
    def everything_is_told(self):
        self.house.runs(self.house.settled())
        self.house.runs(plans.follow_time(self.house.platform))

    @precondition(lambda self: len(self.house.sandbox.faults.orders) < 3)
    @rule(fault=st.sampled_from(EVENTS + REQUESTS), times=st.integers(1, 3))
    def something_goes_wrong(self, fault, times):
        if fault is not Fault.SLOW:
            self.house.sandbox.faults.order(Order(fault, times, seconds=0.0))

    def teardown(self):
        if self.house is not None:
            found = self.house.runs(self.house.end())
            assert found == []
            wrong = [one for one in self.house.runs(billing.check(self.house.platform.database)) if one.times]
            assert wrong == []


def run(folder, database_url, redis_url, settings):
    """Run histories; raises at the first that goes wrong, with the shortest one that does."""
    loop = asyncio.new_event_loop()
    house = House(loop, folder, database_url, redis_url)
    try:
        machine = type("Histories", (Histories,), {"house": house})
        run_state_machine_as_test(machine, settings=settings)
    finally:
        house.close()
        loop.close()
