"""Customers of accounts that were erased, and customers that were deleted at Stripe: nobody is charged on, nobody comes back."""

from datetime import timedelta

from realstaging.domains.accounts import service as accounts
from realstaging.domains.payments import account_data, following, jobs
from realstaging.domains.payments.payloads import ForgetAsked, ForgetCustomer
from realstaging.kit.ids import new_id
from realstaging.runtime.jobs import run_next
from realstaging.runtime.lanes import MOST_FAILURES
from realstaging.runtime.work import transaction
from realstaging.sandbox.stripe.faults import Fault

FORGET, ASKED = (str(one.__struct_config__.tag) for one in (ForgetCustomer, ForgetAsked))


async def erased(shop):
    """As a step of the erasure does it, before any job of it is run."""
    async with transaction(shop.platform) as work:
        await accounts.begin_erasure(work, shop.account)
        await account_data.erase(work, shop.account, 100)


async def queued(shop, kind):
    """(what it is about, how long it waits) of each job."""
    rows = await shop.database.fetch(
        "select payload, run_at - now() as waits from jobs where state = 'queued' and kind = $1", kind
    )
    return [(row["payload"], row["waits"]) for row in rows]


async def given_up(shop, kind):
    """The job's last run fails."""
    await shop.database.execute(
        "update jobs set failures = $2, run_at = now() where kind = $1 and state = 'queued'", kind, MOST_FAILURES - 1
    )
    assert await run_next(shop.platform, {kind: jobs.HANDLERS[kind]}, "general")
    assert await shop.database.fetchval("select state from jobs where kind = $1 order by id limit 1", kind) == "dead"


def living(shop):
    return [one for one in shop.sandbox.books.all("customer") if not one.get("deleted")]


async def test_a_customer_is_deleted_at_stripe_however_long_stripe_is_away(shop):
    await shop.buy(plan="pro", term="month")
    await erased(shop)
    [(about, _)] = await queued(shop, FORGET)
    shop.fault(Fault.SERVER_ERROR, times=None, on="DELETE /v1/customers")
    await given_up(shop, FORGET)
    [(again, waits)] = await queued(shop, FORGET)
    assert again == about
    assert waits > timedelta(minutes=50), "tried again, and not at once"
    shop.sandbox.faults.clear()
    await shop.followed()
    assert living(shop) == []
    assert [one["status"] for one in shop.sandbox.books.all("subscription")] == ["canceled"]
    assert await queued(shop, FORGET) == []


async def test_one_that_stripe_does_not_know_is_forgotten(shop):
    async with transaction(shop.platform) as work:
        work.enqueue(ForgetCustomer("cus_gone"))
    await shop.followed()
    assert await shop.database.fetchval("select state from jobs where kind = $1", FORGET) == "done"


async def test_what_renews_for_an_erased_account_ends_with_its_customer(shop):
    await shop.buy(plan="pro", term="month")
    await erased(shop)
    lost = await shop.database.execute("delete from jobs where kind = $1", FORGET)
    assert lost == "DELETE 1"
    [subscription] = shop.sandbox.books.all("subscription")
    # Another installation's, on the same account at Stripe: no account of that name was ever here.
    ours = dict(subscription["metadata"])
    subscription["metadata"]["account_id"] = str(new_id())
    assert await following.subscription(shop.platform, subscription["id"]) == following.NOT_OURS
    subscription["metadata"] = {}
    assert await following.subscription(shop.platform, subscription["id"]) == following.NOT_OURS
    assert await queued(shop, FORGET) == []
    subscription["metadata"] = ours
    await shop.later(days=32)
    assert living(shop) == []
    assert subscription["status"] == "canceled"
    told = await shop.database.fetchval("select count(*) from jobs where kind = $1", FORGET)
    assert await following.subscription(shop.platform, subscription["id"]) == following.NOT_OURS
    assert await shop.database.fetchval("select count(*) from jobs where kind = $1", FORGET) == told


async def test_a_customer_whose_id_never_arrived_is_forgotten(shop):
    """Stripe made them and said that it had failed."""
    async with shop.service.signed_in(shop.stranger) as stranger:
        await stranger.ask("POST", "billing/checkout", 201, json={"pack": "pack_20"})
    [other] = shop.sandbox.books.all("customer")
    shop.fault(Fault.SERVER_ERROR_DONE, times=3, on="POST /v1/customers")
    await shop.open(503, pack="pack_20")
    shop.sandbox.faults.clear()
    [ada] = [one for one in living(shop) if one != other]
    await erased(shop)
    [(about, waits)] = await queued(shop, ASKED)
    assert waits > timedelta(minutes=9), "what is still under way is over by then"
    assert ada["email"] not in str(about), "the job outlives the erasure"
    shop.fault(Fault.SERVER_ERROR, times=None, on="GET /v1/customers")
    await given_up(shop, ASKED)
    assert [again for again, _ in await queued(shop, ASKED)] == [about]
    shop.sandbox.faults.clear()
    await shop.followed()
    assert [one["id"] for one in living(shop)] == [other["id"]]


async def test_a_deleted_customer_does_not_come_back_by_what_is_told_later(shop):
    await shop.buy(plan="pro", term="month")
    shop.fault(Fault.EVENT_LOST, times=None)
    [customer], [subscription] = shop.sandbox.books.all("customer"), shop.sandbox.books.all("subscription")
    await shop.platform.payments.customers.delete(customer["id"], "by hand")
    assert await following.customer(shop.platform, customer["id"]) == following.DONE
    assert await following.subscription(shop.platform, subscription["id"]) == following.DONE
    assert await shop.database.fetchval("select customer_id from customers") is None
    assert await shop.database.fetchval("select status from subscriptions") == "canceled"
    shop.sandbox.faults.clear()
    await shop.buy(plan="pro", term="month")
    [another] = living(shop)
    assert await shop.database.fetchval("select customer_id from customers") == another["id"]


async def test_a_customer_that_stripe_does_not_know_any_more_is_let_go(shop):
    await shop.buy(pack="pack_20")
    [customer] = shop.sandbox.books.all("customer")
    shop.sandbox.books.by_kind["customer"].clear()
    assert await following.customer(shop.platform, customer["id"]) == following.DONE
    assert await shop.database.fetchval("select customer_id from customers") is None
    await shop.open(pack="pack_20")
    assert len(living(shop)) == 1
