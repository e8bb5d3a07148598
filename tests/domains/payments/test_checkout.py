"""Buying: one customer, one plan, in one currency; and what a page costs whoever has a list of stolen cards."""

import asyncio
from uuid import UUID

import pytest

from realstaging.domains.accounts.schemas import Account, Member
from realstaging.domains.payments import checkout, errors, following, rules
from realstaging.domains.payments.schemas import NewCheckout
from realstaging.kit.ids import new_id
from realstaging.runtime.trail import Action
from realstaging.sandbox.stripe.errors import Refusal
from realstaging.sandbox.stripe.faults import Fault
from tests.domains.payments.shop import shop as open_shop

GRANTS = "select count(*) from ledger_entries where kind = 'grant' and reference like 'session:%'"


async def test_a_pack_is_bought_once_whatever_is_told_of_it(shop):
    page = await shop.buy(pack="pack_20")
    [customer] = shop.sandbox.books.all("customer")
    assert customer["metadata"] == {"account_id": str(shop.account)}
    assert customer["email"]
    session = shop.session(page)
    assert session["client_reference_id"] == str(shop.account)
    for kind in ("payment_intent", "invoice"):
        [made] = shop.sandbox.books.all(kind)
        assert made["metadata"]["checkout"] == page["id"]
        assert made["metadata"]["account_id"] == str(shop.account)
    assert await shop.granted() == {f"session:{session['id']}": (5.0, 0.0)}
    billing = await shop.billing()
    assert (billing["plan"], billing["currency"], billing["subscription"]) == ("free", "usd", None)
    assert {kind["kind"]: kind["left_usd"] for kind in billing["credit"]} == {"plan": "2.50", "pack": "5.00"}
    assert billing["stagings_left"] == 30
    [invoice] = (await shop.ada.ask("GET", "billing/invoices"))["items"]
    assert (invoice["state"], invoice["total_minor"], invoice["credit_usd"]) == ("paid", 790, "5.00")
    assert invoice["pdf_url"].startswith(shop.sandbox.invoicing.address)
    assert (await shop.ada.ask("GET", f"billing/checkout/{page['id']}"))["state"] == "paid"
    async with shop.service.signed_in(shop.stranger) as stranger:
        await stranger.ask("GET", f"billing/checkout/{page['id']}", 404)
        assert (await stranger.ask("POST", "billing/portal", 404))["code"] == "nothing_bought"
    assert await shop.database.fetchval(GRANTS) == 1
    # In the currency of the first payment from then on.
    refused = await shop.open(422, pack="pack_20", currency="eur")
    assert "USD" in refused["detail"]


async def test_a_bank_that_takes_days_grants_when_it_has_paid_and_nothing_before(shop):
    for card, state, granted in (("DE89370400440532013000", "paid", 5.0), ("DE62370400440532013001", "waiting", 0.0)):
        before = await shop.available() if granted == 0 else 2.5
        page = await shop.open(pack="pack_20")
        await shop.billing()
        shop.pay(page, card)
        await shop.followed()
        assert await shop.available() == before
        assert (await shop.ada.ask("GET", f"billing/checkout/{page['id']}"))["state"] == "waiting"
        await shop.later(days=2)
        assert await shop.available() == before + granted
        assert (await shop.ada.ask("GET", f"billing/checkout/{page['id']}"))["state"] == state


async def test_a_failure_while_a_customer_is_made_keeps_nobody_from_buying_for_long(shop):
    """Stripe made them, said that it had failed, and says so to each who asks with the same key, for a day."""
    shop.fault(Fault.SERVER_ERROR_DONE, times=3, on="POST /v1/customers")
    await shop.open(503, pack="pack_20")
    shop.sandbox.faults.clear()
    await shop.open(503, pack="pack_20")
    assert len(shop.sandbox.books.all("customer")) == 1
    await shop.database.execute("update customers set asked_at = now() - interval '11 minutes'")
    await shop.buy(pack="pack_20")
    assert len(shop.sandbox.books.all("customer")) == 1
    assert len(await shop.granted()) == 1


async def test_many_at_once_make_one_customer_and_a_lost_link_is_found_again(shop):
    pages = await asyncio.gather(*(shop.open(pack="pack_20") for _ in range(6)))
    assert len(shop.sandbox.books.all("customer")) == 1
    assert len({page["id"] for page in pages}) == 6
    # Sent twice under one key it is one page; another body under it is refused.
    key = {"Idempotency-Key": "buy"}
    answers = []
    for body in ({"pack": "pack_20"}, {"pack": "pack_20"}, {"pack": "pack_100"}):
        async with shop.ada.session.post("billing/checkout", json=body, headers=key) as answer:
            answers.append((answer.status, await answer.json(content_type=None)))
    assert answers[0] == answers[1]
    assert (answers[2][0], answers[2][1]["code"]) == (422, "idempotency_key_reused")
    # The answer that named the customer never came: it is found by what is written on it, also where
    # nobody has an address.
    for address in ("email", "''"):
        await shop.database.execute(
            f"update customers set customer_id = null, asked_at = now() - interval '11 minutes', email = {address}"
        )
        await shop.open(pack="pack_20")
        assert len(shop.sandbox.books.all("customer")) == 1
    # A link that is lost while somebody pays is found by what was bought.
    await shop.database.execute("delete from customers")
    shop.pay(pages[0])
    await shop.followed()
    assert (
        await shop.database.fetchval("select customer_id from customers") == shop.sandbox.books.all("customer")[0]["id"]
    )
    assert len(await shop.granted()) == 1
    # One that was deleted at Stripe is let go; the next try makes another.
    [customer] = shop.sandbox.books.all("customer")
    customer["deleted"] = True
    await shop.open(503, pack="pack_20")
    await shop.open(pack="pack_20")
    assert len(shop.sandbox.books.all("customer")) == 2
    assert {one["email"] for one in shop.sandbox.books.all("customer")} == {customer["email"]} != {""}
    # Somebody's office has the same address: its customer is not theirs, also where it is the only one.
    books = shop.sandbox.books
    for one in books.all("customer"):
        one["deleted"] = True
    other = {**customer, "deleted": False, "metadata": {"account_id": str(new_id())}, "id": books.new_id("customer")}
    books.add(other)
    await shop.database.execute("update customers set customer_id = null, asked_at = now() - interval '11 minutes'")
    await shop.open(pack="pack_20")
    assert await shop.database.fetchval("select customer_id from customers") != other["id"]


async def test_an_account_has_one_plan(shop):
    one = await shop.open(plan="pro", term="month")
    other = await shop.open(plan="pro", term="year")
    # The first page was closed when the second was opened.
    with pytest.raises(Refusal):
        shop.pay(one)
    # Two paid at once all the same, as nobody could close the first: the later one is ended and paid back.
    shop.session(one)["status"] = "open"
    shop.pay(other)
    shop.sandbox.books.clock.set(shop.sandbox.books.now() + 5)
    shop.pay(one)
    await shop.followed()
    subscriptions = {each["metadata"]["term"]: each["status"] for each in shop.sandbox.books.all("subscription")}
    assert subscriptions == {"year": "active", "month": "canceled"}
    assert [each["amount"] for each in shop.sandbox.books.all("refund")] == [2400]
    billing = await shop.billing()
    assert (billing["plan"], billing["subscription"]["term"], billing["currency"]) == ("pro", "year", "usd")
    given = await shop.granted()
    assert sorted(given.values()) == [(25.0, 25.0), (300.0, 0.0)]
    assert (await shop.open(409, plan="pro", term="month"))["code"] == "already_subscribed"


async def test_what_cannot_be_bought_says_why(shop):
    for body, status, said in [
        ({}, 422, "Name a plan or a pack"),
        ({"plan": "pro", "pack": "pack_20"}, 422, "Name a plan or a pack"),
        ({"plan": "free"}, 422, "costs nothing"),
        ({"plan": "huge"}, 422, "There is no plan huge"),
        ({"pack": "huge"}, 422, "There is no pack huge"),
        ({"plan": "business", "seats": 3}, 422, "10 to 500 seats"),
        ({"pack": "pack_20", "currency": "gbp"}, 422, "USD, EUR"),
    ]:
        assert said in (await shop.open(status, **body))["detail"], body
    trying = Member(new_id(), "", "", Account(shop.account, "", test=True))
    with pytest.raises(errors.TestAccountsPayNothing):
        await checkout.open_page(shop.platform, trying, NewCheckout(pack="pack_20"))
    assert shop.sandbox.books.all("checkout.session") == []
    # Who was to be a customer and is none yet has nothing to look after.
    shop.fault(Fault.SERVER_ERROR, times=None, on="POST /v1/customers")
    await shop.open(503, pack="pack_20")
    shop.sandbox.faults.clear()
    assert (await shop.ada.ask("POST", "billing/portal", 404))["code"] == "nothing_bought"
    shop.fault(Fault.SERVER_ERROR, times=None, on="POST /v1/checkout")
    refused = await shop.open(503, pack="pack_20")
    assert refused["code"] == "payment_service_unavailable"
    shop.sandbox.faults.clear()
    await shop.ada.ask("POST", "billing/portal", 200)
    page = await shop.open(pack="pack_20")
    with pytest.raises(Refusal, match="declined"):
        shop.pay(page, "4000000000000002")
    await shop.followed()
    assert (await shop.ada.ask("GET", f"billing/checkout/{page['id']}"))["state"] == "open"
    assert await shop.granted() == {}
    # As many pages a day as a buyer may need, and no more; nobody else's are seen.
    count = await shop.database.fetchval("select count(*) from checkout_sessions")
    await pages_opened(shop, rules.MOST_SESSIONS_A_DAY - 1)
    assert (await shop.open(429, pack="pack_20"))["code"] == "too_many_checkouts"
    actions = await shop.database.fetch(
        "select action, count(*) from audit_entries where action like any('{checkout.%,portal.%}') group by 1"
    )
    assert dict(actions) == {Action.CHECKOUT_OPENED: count, Action.PORTAL_OPENED: 1}


async def test_a_page_that_names_anothers_changes_nothing_of_theirs(shop):
    """It was paid before its name was kept, and what was written on it has been changed at Stripe: whose customer paid has the pack."""
    async with shop.service.signed_in(shop.stranger) as stranger:
        theirs = await stranger.ask("POST", "billing/checkout", 201, json={"pack": "pack_20"})
        shop.fault(Fault.EVENT_LOST, times=None)
        page = await shop.open(pack="pack_20")
        session = shop.session(page)
        shop.pay(page)
        await shop.database.execute("update checkout_sessions set session_id = null where id = $1", UUID(page["id"]))
        session["metadata"]["checkout"] = theirs["id"]
        assert await following.session(shop.platform, session["id"]) == following.DONE
        assert await shop.granted() == {f"session:{session['id']}": (5.0, 0.0)}
        assert (await stranger.ask("GET", f"billing/checkout/{theirs['id']}"))["state"] == "open"
        assert (await stranger.ask("GET", "billing"))["available_usd"] == "2.50"


async def test_a_page_reckons_tax_and_asks_for_codes_and_tax_ids(shop):
    page = await shop.open(plan="business", term="month", seats=12, currency="eur")
    session = shop.session(page)
    assert (session["automatic_tax"]["enabled"], session["allow_promotion_codes"]) == (True, True)
    # Asked of who buys as a business, and of nobody else: a person who has none can pay.
    assert session["tax_id_collection"] == {"enabled": True, "required": "never"}
    with pytest.raises(Refusal, match="not valid"):
        shop.pay(page, code="FREE")
    shop.pay(page, country="DE", code="WELCOME20")
    await shop.followed()
    # A fifth off 12 x 11.90, with VAT in it. The credit is that of the plan, whatever was paid for it.
    [invoice] = (await shop.ada.ask("GET", "billing/invoices"))["items"]
    assert (invoice["currency"], invoice["paid_minor"], invoice["credit_usd"]) == ("eur", 11_424, "150.00")
    # In dollars tax comes on top, and a business abroad reckons it itself.
    async with shop.service.signed_in(shop.stranger) as other:
        for country, vat_id in (("US", ""), ("DE", ""), ("FR", "FR123")):
            page = await other.ask("POST", "billing/checkout", 201, json={"pack": "pack_20", "currency": "usd"})
            shop.pay(page, country=country, vat_id=vat_id)
        await shop.followed()
        paid = [one["paid_minor"] for one in (await other.ask("GET", "billing/invoices"))["items"]]
        assert sorted(paid) == [790, 790, round(790 * 1.19)]


async def test_the_rate_of_payment_pages_is_their_own(tmp_path, database_url, redis_url):
    async with open_shop(tmp_path, database_url, redis_url, rate_limit_checkout="3/hour, 3/hour, 3/hour") as shop:
        for _ in range(3):
            await shop.open(pack="pack_20")
        refused = await shop.open(429, pack="pack_20")
        assert refused["code"] == "too_many_requests"
        await shop.billing()


async def pages_opened(shop, count, named="'cs_' || number"):
    """So many pages today; ``named``: what they are at Stripe, in SQL."""
    await shop.database.execute(
        f"""insert into checkout_sessions (id, account_id, session_id, pack, currency, created_at, expires_at)
            select gen_random_uuid(), $1, {named}, 'pack_20', 'usd', now(), now() from generate_series(1, $2) number""",
        shop.account,
        count,
    )


async def test_a_failure_while_another_page_is_closed_keeps_nobody_from_buying(shop):
    """Stripe closed it, said that it had failed, and says so to each who asks with the same key, for a day."""
    await shop.open(plan="pro", term="month")
    shop.fault(Fault.SERVER_ERROR_DONE, on="POST /v1/checkout/sessions/")
    await shop.open(503, plan="pro", term="year")
    page = await shop.open(plan="pro", term="year")
    shop.pay(page)
    await shop.followed()
    assert (await shop.billing())["plan"] == "pro"


async def test_tries_that_came_to_no_page_are_none_of_the_pages_of_a_day(shop):
    """They kept who had tried again while Stripe was away from buying until the next day."""
    await pages_opened(shop, rules.MOST_SESSIONS_A_DAY, named="null")
    await shop.open(pack="pack_20")
    await pages_opened(shop, rules.MOST_SESSIONS_A_DAY - 1)
    assert (await shop.open(429, pack="pack_20"))["code"] == "too_many_checkouts"
