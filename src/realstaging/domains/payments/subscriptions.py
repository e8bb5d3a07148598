"""Use cases of a plan that is paid for: more of it at once, less when the period ends; end it, go on after all, rest.

What is asked here is asked of Stripe, and then read there like everything else (`following`): who dies in between has lost nothing, as
Stripe tells it, too.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, NamedTuple

from realstaging.domains.accounts import office
from realstaging.domains.accounts.service import Member
from realstaging.domains.billing.offers import FREE
from realstaging.domains.payments import checkout, following, payment_store, periods, records, rules, subscription_store
from realstaging.domains.payments.errors import (
    LosesAccess,
    NothingChanges,
    NotSubscribed,
    PaymentDisputed,
    PaymentFailed,
)
from realstaging.domains.payments.rules import Held, Status, When
from realstaging.domains.payments.schemas import ChangePreview, Losing, PlanChange, PlanChoice
from realstaging.domains.payments.subscription_store import Subscription
from realstaging.kit.errors import Conflict, SignInAgain
from realstaging.kit.ids import new_id
from realstaging.runtime.platform import Platform
from realstaging.runtime.switches import Switch
from realstaging.runtime.trail import Action, Detail
from realstaging.runtime.work import transaction
from realstaging.stripe import objects as stripe
from realstaging.stripe.errors import Declined

if TYPE_CHECKING:
    from realstaging.stripe.client import Stripe
    from realstaging.stripe.subscriptions import Wanted


class Change(NamedTuple):
    """What somebody wants of the subscription they have."""

    row: Subscription
    wanted: Held
    when: When
    to: Wanted
    of: stripe.Subscription


async def preview(platform: Platform, caller: Member, choice: PlanChoice) -> ChangePreview:
    """What a change would do: what is charged now, when it takes effect, who loses access. NothingChanges where it would do nothing."""
    at = following.client(platform)
    change = await _change(platform, at, caller, choice)
    if change is None:
        raise NothingChanges
    due = 0
    if change.when is When.NOW:
        due = max(0, (await at.subscriptions.preview(change.of, change.to)).amount_due)
    moment = platform.clock() if change.when is When.NOW else change.row.period_end
    return ChangePreview(change.when, moment, due, change.row.currency, await _losing(platform, caller, change.wanted))


async def change(platform: Platform, caller: Member, choice: PlanChange, key: str | None) -> None:
    """Change the plan; asked again, it is as asked. PaymentFailed where the difference cannot be charged, and then nothing is changed: what
    was to end still ends. ``key``: of the request.
    """
    at = following.client(platform)
    wanted = await _change(platform, at, caller, choice)
    if wanted is None:
        return
    await _require_consent(platform, caller, wanted.wanted, consents=choice.losing_access)
    # With the newest invoice: once one could not be paid, another try under the request's key would be told that again for a day.
    named = f"change:{wanted.of.latest_invoice or wanted.of.id}:{key or new_id()}"
    if wanted.when is When.PERIOD_END:
        await at.subscriptions.change_with_period(wanted.of, wanted.to, named)
        changed = None
    else:
        changed = await at.subscriptions.upgrade(wanted.of, wanted.to, named)
    held = wanted.wanted
    said: dict[str, Detail] = {"plan": held.plan, "term": held.every, "seats": held.seats, "when": wanted.when}
    await _done(platform, caller, wanted.row.id, Action.SUBSCRIPTION_CHANGED, said)
    if changed and changed.pending_update:
        raise PaymentFailed
    if changed:
        await _go_on_with(platform, at, wanted.of, named)


async def _go_on_with(platform: Platform, at: Stripe, of: stripe.Subscription, key: str) -> None:
    """More is paid: take back the end, or the change to less, that waited for the period's end. Last of all, as whoever is declined, or
    whom nobody answers, would be charged for what they had ended.
    """
    if of.schedule:
        await at.subscriptions.drop_change(of.schedule, f"{key}:drop")
    if of.ends:
        await at.subscriptions.keep(of, f"{key}:stay")
    if of.schedule or of.ends:
        await following.subscription(platform, of.id)


async def cancel(platform: Platform, caller: Member, *, losing_access: bool) -> None:
    """End the plan when what is paid is over."""
    await _require_consent(platform, caller, Held(FREE, "month", 1), consents=losing_access)

    async def end(at: Stripe, row: Subscription, key: str) -> None:
        if row.schedule_id:
            await at.subscriptions.drop_change(row.schedule_id, f"{key}:drop")
        await at.subscriptions.end_with_period(row.id, key)

    await _ask(platform, caller, Action.SUBSCRIPTION_CANCELED, end)


async def resume(platform: Platform, caller: Member, *, fresh: bool) -> None:
    """Go on: take back an end, a change that waits for the period's end, or a pause. What was not paid meanwhile begins anew. PaymentFailed
    where that cannot be charged; ``fresh``: the caller has signed in minutes ago, SignInAgain where it is charged and they have not.
    """

    async def go_on(at: Stripe, row: Subscription, key: str) -> None:
        begins = row.unpaid and row.status is Status.ACTIVE
        if begins:
            platform.switches.require(Switch.PAYMENTS)
            if not fresh:
                raise SignInAgain
        if row.schedule_id:
            await at.subscriptions.drop_change(row.schedule_id, f"{key}:drop")
        if row.cancels_at:
            await at.subscriptions.keep(await at.subscriptions.one(row.id), key)
        if row.paused_at:
            await at.subscriptions.resume(row.id, f"{key}:wake")
        if begins:
            await _begin_period(platform, at, row)
        if not (row.schedule_id or row.cancels_at or row.rests_from):
            raise NothingChanges

    await _ask(platform, caller, Action.SUBSCRIPTION_RESUMED, go_on)


async def _begin_period(platform: Platform, at: Stripe, row: Subscription) -> None:
    """The period it is in was not paid, as it rested: one that is begins now. PaymentFailed leaves it resting until its next period.

    Asked twice it is charged once: whose answer was lost finds another period there, and two at once ask under one key. A decline is
    answered again under its key as well, so the key is another one a minute later.
    """
    now = await at.subscriptions.one(row.id)
    if now.item.current_period_start != row.period_start:
        return
    try:
        await at.subscriptions.begin_period(
            row.id, f"begin:{row.id}:{row.period_start:%Y%m%d}:{platform.clock():%Y%m%d%H%M}"
        )
    except Declined as error:
        await following.subscription(platform, row.id)
        raise PaymentFailed from error


async def pause(platform: Platform, caller: Member, months: int) -> None:
    """Rest from the end of what is paid, for so many months: nothing is charged, and nothing of the plan is there."""

    async def rest(at: Stripe, row: Subscription, key: str) -> None:
        if row.status is not Status.ACTIVE or row.cancels_at:
            raise Conflict(
                "Only a plan that is paid, and that does not end, can rest. Update your card, or take back its end, first."
            )
        if row.rests_from:
            raise Conflict("Your plan rests already. Go on with it first.")
        if row.every != "month":
            raise Conflict(
                "A plan that is paid by the year cannot rest: its next payment is for a whole year. Cancel it, and buy it again when you need it."
            )
        await at.subscriptions.pause(row.id, periods.rest_until(row.anchor, row.period_end, months), key)

    await _ask(platform, caller, Action.SUBSCRIPTION_PAUSED, rest)


async def _ask(
    platform: Platform, caller: Member, action: Action, ask: Callable[[Stripe, Subscription, str], Awaitable[None]]
) -> None:
    at, row = following.client(platform), await _alive(platform, caller)
    await ask(at, row, f"{action}:{row.id}:{new_id()}")
    await _done(platform, caller, row.id, action, {})


async def _done(
    platform: Platform, caller: Member, subscription_id: str, action: Action, said: dict[str, Detail]
) -> None:
    """Put down who asked for it, and read what has become of it."""
    async with transaction(platform) as work:
        work.record(caller.account.id, action, subscription_id, **said)
    await following.subscription(platform, subscription_id)


async def _alive(platform: Platform, caller: Member) -> Subscription:
    rows = await subscription_store.of_account(platform.database, caller.account.id)
    found = next((one for one in rows if rules.is_alive(one.status)), None)
    if found is None:
        raise NotSubscribed
    return found


async def _change(platform: Platform, at: Stripe, caller: Member, choice: PlanChoice) -> Change | None:
    """What is wanted, held against what Stripe says now; None where that is the same."""
    row = await _alive(platform, caller)
    if await payment_store.disputes(platform.database, caller.account.id):
        raise PaymentDisputed
    of = await at.subscriptions.one(row.id)
    if of.pause_collection or row.unpaid:
        # Stripe voids what would be charged meanwhile, and the account is on the free plan.
        raise Conflict("Your plan rests. Go on with it first, then change it.")
    sold = records.sold(of.item.price)
    held = Held(sold.plan.id, sold.every, of.item.quantity) if isinstance(sold, records.Sold) else row.held
    plan = rules.plan_of(choice.plan)
    seats = choice.seats or min(max(held.seats, plan.seats.least), plan.seats.most)
    wanted = Held(choice.plan, choice.term, seats)
    key = rules.checked(wanted).lookup_key
    when = rules.when(held, wanted)
    if when is None and held == row.held and of.schedule is None:
        return None
    if when is None:
        # It is so at Stripe already, or would be another from the next period on: that is dropped, and the rest is read.
        if of.schedule:
            await at.subscriptions.drop_change(of.schedule, f"keep:{of.schedule}:{new_id()}")
        await following.subscription(platform, row.id)
        return None
    if row.status is Status.PAST_DUE:
        raise Conflict(
            "A payment of your plan is late. Pay its invoice, or update your card, on the billing page first."
        )
    if when is When.PERIOD_END and of.ends:
        # Stripe plans nothing for what ends: the end would be gone before less is planned, and for good where that fails.
        raise Conflict("Your plan ends with its period. Take back its end first, then choose less.")
    price = await checkout.price(at, key)
    from realstaging.stripe.subscriptions import Wanted  # noqa: PLC0415 - the SDK is loaded where people can pay

    return Change(row, wanted, when, Wanted(price.id, seats), of)


async def _losing(platform: Platform, caller: Member, wanted: Held) -> list[Losing]:
    """For whom there would be no seat."""
    most = rules.most_members(wanted.plan, wanted.seats)
    losing = await office.without_seat(platform.database, caller.account.id, most)
    return [Losing(one.id, one.name, one.email) for one in losing]


async def _require_consent(platform: Platform, caller: Member, wanted: Held, *, consents: bool) -> None:
    losing = await _losing(platform, caller, wanted)
    if losing and not consents:
        names = [one.name or one.email for one in losing[:10]]
        more = f" and {len(losing) - len(names)} more" if len(losing) > len(names) else ""
        raise LosesAccess(
            f"There would be no seat for {', '.join(names)}{more}: they would lose access. Send losing_access: true to do it all the same.",
            losing_access=[str(one.id) for one in losing],
        )
