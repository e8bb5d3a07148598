"""Killed while somebody buys, renews, changes, is refunded: one pair of each, and the whole table in `make faults`."""

import pytest

from harness import doomed_payments
from realstaging.sandbox.stripe.faults import Fault
from tests.domains.payments.shop import shop
from tests.faults import payments

SHORT = {
    "customer made, not kept": Fault.ANSWER_LOST,
    "granted, not committed": Fault.EVENT_DOUBLED,
    "changed at Stripe, not read": Fault.EVENT_LOST,
    "taken back, not committed": Fault.EVENT_REORDERED,
}


async def test_whoever_is_killed_grants_once_and_keeps_nothing(tmp_path, database_url, redis_url):
    async with shop(tmp_path, database_url, redis_url) as of:
        for step, fault in SHORT.items():
            row = await payments.under_every_fault(of, step, [fault])
            assert (row.killed, row.violated) == (1, []), step


@pytest.mark.long
@pytest.mark.slow  # every step under every fault: hundreds of processes
@pytest.mark.parametrize("what", ["checkout", "events", "renewal", "upgrade", "refund"])
async def test_the_whole_table(tmp_path, database_url, redis_url, what):
    steps = [step for step, (of, *_) in doomed_payments.STEPS.items() if of == what]
    async for row in payments.every_step(tmp_path, database_url, redis_url, steps):
        assert row.killed >= len(payments.FAULTS) / 2, row
        assert row.violated == [], row
