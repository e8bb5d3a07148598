"""Every step a process can be killed at while somebody buys, a plan is renewed or changed, or a refund is read × everything that
Stripe and its events do to us.

A pair is an account of its own: what it did before goes well; then the fault is ordered, a process does the next thing and dies (-9)
at the step; then it is asked for again, everything is told that will be, and the daily comparison is made. After that everything
must hold: each payment granted once, nothing kept of what was refunded, one customer, one plan, and Stripe's list is ours.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import msgspec

from harness import doomed_payments
from harness.killing import started
from realstaging.domains.billing import service as billing
from realstaging.domains.payments import reconciling
from realstaging.kit.errors import AppError
from realstaging.sandbox.stripe.faults import Fault
from tests.domains.payments.shop import Shop, drained, shop
from tests.offices import asking, somebody

REQUESTS = (
    Fault.THROTTLED,
    Fault.SERVER_ERROR,
    Fault.SERVER_ERROR_DONE,
    Fault.REQUEST_LOST,
    Fault.ANSWER_LOST,
    Fault.SLOW,
)
EVENTS = (
    Fault.EVENT_LOST,
    Fault.EVENT_LATE,
    Fault.EVENT_DOUBLED,
    Fault.EVENT_REORDERED,
    Fault.EVENT_FORGED,
    Fault.EVENT_STALE,
    Fault.EVENT_OLD_VERSION,
    Fault.EVENT_LIVE,
)
FAULTS = (None, *REQUESTS, *EVENTS)
# Days that the daily comparison looks back.
BACK = 60


@dataclass
class Row:
    """What came of one step under every fault."""

    step: str
    killed: int = 0
    struck: int = 0
    counts: dict = field(default_factory=dict)
    violated: list = field(default_factory=list)


async def every_step(folder, database_url, redis_url, steps=tuple(doomed_payments.STEPS), faults=FAULTS):
    """A row for each step, in the order in which they are done."""
    async with shop(folder, database_url, redis_url) as of:
        for step in steps:
            yield await under_every_fault(of, step, faults)


async def under_every_fault(of, step, faults):
    row = Row(step)
    for fault in faults:
        named = fault or "no fault"
        person = somebody(f"buyer{of.next_number()}")
        async with asking(of.service, person) as buyer:
            me = await buyer.ask("GET", "me")
            buys = Shop(of.service, of.sandbox, buyer, UUID(me["account"]["id"]))
            row.killed += await one(buys, step, fault)
            row.violated += [f"{named}: {claim}" for claim in await violated(buys)]
    row.struck = sum(of.sandbox.faults.struck.values())
    rows = await of.database.fetch("select state, count(*) from payments group by 1")
    row.counts = {row["state"]: row["count"] for row in rows}
    return row


async def one(buys, step, fault):
    """Do one pair; whether the process died at its step."""
    what = doomed_payments.STEPS[step][0]
    sandbox = buys.sandbox
    sandbox.faults.clear()
    page = await before(buys, what)
    if fault:
        # Three tries of the SDK: what strikes once is not noticed by anybody.
        buys.fault(fault, times=None if fault in EVENTS else 2, seconds=0.2)
    happens(buys, what, page)
    sandbox.changed()
    if fault is not Fault.EVENT_LATE:
        await sandbox.notices.settled()
    died = await killed_at(buys, step)
    await again(buys, what)
    await buys.followed()
    sandbox.faults.clear()
    await drained(buys.platform)
    await buys.database.execute("update jobs set state = 'done' where state = 'queued' and kind like 'payments.%'")
    await reconciling.reconcile(buys.platform, buys.now - timedelta(days=BACK))
    await drained(buys.platform)
    return died


async def before(buys, what):
    """What went well; the page of a pack that is open."""
    if what in {"renewal", "upgrade"}:
        await buys.buy(plan="pro", term="month")
    if what == "refund":
        await buys.buy(pack="pack_100")
    return await buys.open(pack="pack_100") if what == "events" else None


def happens(buys, what, page):
    """What Stripe tells of, besides what is asked for by the process that dies."""
    sandbox = buys.sandbox
    if what == "events":
        buys.pay(page)
    elif what == "renewal":
        [subscription] = mine_of(sandbox, "subscription", buys.account)
        sandbox.subscribing.turn(subscription)
        sandbox.subscribing.finalize(sandbox.books.get("invoice", subscription["latest_invoice"]))
    elif what == "refund":
        [intent] = mine_of(sandbox, "payment_intent", buys.account)
        sandbox.payments.refund(sandbox.payments.charge_of(intent["id"]), {})


def mine_of(sandbox, kind, account):
    return [one for one in sandbox.books.all(kind) if one["metadata"].get("account_id") == str(account)]


async def killed_at(buys, step):
    settings = msgspec.json.encode(buys.service.settings)
    process = started(doomed_payments.run, settings, step, str(buys.account))
    try:
        async with asyncio.timeout(60):
            while process.is_alive():
                await asyncio.sleep(0.02)
    except TimeoutError:
        process.kill()
    process.join()
    return process.exitcode == -9


async def again(buys, what):
    """Whoever asked asks again, until it is done."""
    for _ in range(4):
        try:
            if what == "checkout":
                page = await buys.open(plan="pro", term="month")
                buys.pay(page)
            elif what == "upgrade":
                await buys.ada.ask("PUT", "billing/subscription", json={"plan": "business", "term": "month"})
        except (AssertionError, AppError):
            await asyncio.sleep(0.05)
        else:
            return


def given_back(sandbox, intent):
    """Of a payment, in minor units."""
    kinds = (("refund", {"succeeded"}), ("dispute", {"needs_response", "under_review", "lost"}))
    return sum(
        one["amount"]
        for kind, states in kinds
        for one in sandbox.books.all(kind)
        if one["payment_intent"] == intent and one["status"] in states
    )


async def violated(buys):
    """What does not hold of this account, in words."""
    sandbox = buys.sandbox
    ids = {one["id"] for one in mine_of(sandbox, "customer", buys.account)}
    alive = [
        one
        for one in sandbox.books.all("subscription")
        if one["customer"] in ids and one["status"] in {"active", "trialing", "past_due"}
    ]
    there = alive[0]["items"]["data"][0]["price"]["lookup_key"].partition("_")[0] if alive else "free"
    plan = await buys.database.fetchval("select plan from ledger_accounts where account_id = $1", buys.account)
    held = {
        "one customer": len(ids) <= 1,
        "one plan": len(alive) <= 1,
        f"the plan is {there}, not {plan}": plan in {None, there} or buys.lapsed,
        "the ledger is balanced": not any(one.times for one in await billing.check(buys.database)),
        "Stripe's list is ours": not await reconciling.reconcile(buys.platform, buys.now - timedelta(days=BACK)),
    }
    return [claim for claim, holds in held.items() if not holds] + await kept(buys, ids)


async def kept(buys, ids):
    """What does not hold of what was granted for payments."""
    sandbox, account, found = buys.sandbox, buys.account, []
    paid = {
        f"invoice:{one['id']}"
        for one in sandbox.books.all("invoice")
        if one["customer"] in ids and one["status"] == "paid" and one["parent"]
    } | {
        f"session:{one['id']}"
        for one in sandbox.books.all("checkout.session")
        if one["customer"] in ids and one["mode"] == "payment" and one["payment_status"] == "paid"
    }
    rows = await buys.database.fetch("select * from payments where account_id = $1 and state = 'paid'", account)
    if {row["reference"] for row in rows} != paid:
        found.append("every payment is known here, and no other")
    lots = await buys.database.fetch(
        """select split_part(reference, '/', 1) as payment, sum(amount)::bigint as amount from lots
           where account_id = $1 and (reference like 'invoice:%' or reference like 'session:%') and reference not like '%/again:%'
           group by 1""",
        account,
    )
    granted = {row["reference"]: row["granted"] for row in rows if row["granted"]}
    if {row["payment"]: row["amount"] for row in lots} != granted:
        found.append("every payment is granted once")
    for row in rows:
        share = row["granted"] * min(given_back(sandbox, row["payment_intent"]), row["paid_minor"])
        if row["paid_minor"] and row["taken"] != share // row["paid_minor"]:
            found.append("what was refunded is taken back, and nothing else")
    return found
