"""A process that buys, changes a plan, or looks at what Stripe told, and dies at a named step, as by ``kill -9``."""

import asyncio
import os
from uuid import UUID

import msgspec

from harness import doomed
from realstaging import wiring
from realstaging.domains.accounts import service as accounts
from realstaging.domains.payments import checkout, subscriptions
from realstaging.domains.payments.schemas import NewCheckout, PlanChange
from realstaging.runtime.jobs import Claim
from realstaging.settings import Settings
from realstaging.wiring.jobs import HANDLERS

PAYMENTS = "domains/payments/"
# name of the step: what is done, the file that holds the function, its name, whether it has returned
STEPS = {
    "page counted, not committed": ("checkout", "store.py", "insert_session", True),
    "customer not asked for": ("checkout", "customers.py", "_keep", False),
    "customer made, not kept": ("checkout", "store.py", "set_customer", False),
    "page not made": ("checkout", "checkout.py", "_made", False),
    "page made, not written down": ("checkout", "store.py", "set_session", False),
    "event not looked at": ("events", "store.py", "open_event", True),
    "object read, nothing written": ("events", "following.py", "_write", False),
    "subscription written, not committed": ("renewal", "subscription_store.py", "write", True),
    "payment written, not granted": ("renewal", "payment_store.py", "write", True),
    "granted, not committed": ("renewal", "payment_store.py", "set_granted", True),
    "all written, event not ended": ("events", "store.py", "end_event", False),
    "event ended, not committed": ("events", "store.py", "end_event", True),
    "change asked for, not sent": ("upgrade", "subscriptions.py", "_require_consent", True),
    "changed at Stripe, not read": ("upgrade", "subscriptions.py", "_done", False),
    "changed, put down, not read": ("upgrade", "following.py", "subscription", False),
    "refund read, nothing written": ("refund", "following.py", "_write_back", False),
    "refund written, nothing taken": ("refund", "payment_store.py", "write_give_back", True),
    "taken back, not committed": ("refund", "payment_store.py", "set_taken", True),
}


async def handled(platform):
    """Every event that waits, one after the other, as a worker takes them."""
    rows = await platform.database.fetch(
        "select id, kind, payload::text from jobs where state = 'queued' and kind like 'payments.%' order by id"
    )
    for row in rows:
        handler = HANDLERS[row["kind"]]
        payload = msgspec.json.decode(row["payload"], type=handler.payload)
        await handler.run(platform, Claim(row["id"], payload, 1))


async def main(settings, step, account_id):
    async with wiring.platform(settings, engines={}) as platform:
        what, file, name, returned = STEPS[step]
        doomed.STEPS[step] = (PAYMENTS + file, name, 1, returned)
        caller = accounts.nobody(account_id)
        doomed.die_at(step)
        if what == "checkout":
            await checkout.open_page(platform, caller, NewCheckout(plan="pro"))
        elif what == "upgrade":
            await subscriptions.change(platform, caller, PlanChange("business", "month"), "once")
        else:
            await handled(platform)


def run(settings, step, account_id):
    """The whole process, silent: what it would say while it dies is known. ``settings`` as JSON."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    asyncio.run(main(msgspec.json.decode(settings, type=Settings), step, UUID(account_id)))
