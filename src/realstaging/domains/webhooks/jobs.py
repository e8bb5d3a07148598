"""What a worker does with webhooks: one job at a time sends to an endpoint, so that a slow one takes one place of the lane and no more."""

from __future__ import annotations

import asyncio
import random
from datetime import datetime, timedelta
from typing import Final

import structlog

from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.service import Permission
from realstaging.domains.notifications import service as notifications
from realstaging.domains.notifications.service import Recipient, WebhookDisabled
from realstaging.domains.webhooks import deliveries_store, rules, service, store
from realstaging.domains.webhooks.events import EndpointChanged
from realstaging.domains.webhooks.payloads import Deliver, TellOwner
from realstaging.domains.webhooks.rules import Decision, Failing, Tried
from realstaging.domains.webhooks.schemas import DeliveryState, DisabledReason
from realstaging.kit.ids import new_id
from realstaging.kit.sealing import SealBroken
from realstaging.runtime.jobs import Claim, Handler, by_kind
from realstaging.runtime.outward import Answered
from realstaging.runtime.platform import Platform
from realstaging.runtime.telemetry import WEBHOOKS
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work, transaction

log = structlog.get_logger()

MOST_BATCHES: Final = 20
"""Of messages sent in one turn; then other endpoints have theirs."""
EARLY: Final = timedelta(seconds=2)
"""Jobs may be claimed a second before their time, and clocks differ: what is due so soon is sent now."""
UNREADABLE: Final = "The secret cannot be read any more. Rotate it."


async def deliver(platform: Platform, job: Claim[Deliver]) -> None:
    """1 be the one that sends to the endpoint · 2 send what is due, a few at a time · 3 write each outcome · 4 let go.

    Killed between 2 and 3, the job runs again and sends again, under the same webhook-id.
    """
    endpoint_id = job.payload.endpoint_id
    if not await store.take(platform.database, endpoint_id, job.id):
        # Whoever sends looks for what is due until there is nothing, and let go of the endpoint after that.
        return
    for _ in range(MOST_BATCHES):
        endpoint = await store.by_id(platform.database, endpoint_id)
        due = await deliveries_store.due(platform.database, endpoint_id, platform.clock() + EARLY, rules.AT_ONCE)
        if endpoint is None or not due:
            break
        await asyncio.gather(*(_try(platform, endpoint, one) for one in due))
    async with transaction(platform) as work:
        account_id = await store.let_go(work.connection, endpoint_id, job.id)
        # What came while the last look was taken has had its job turned away.
        if account_id and await deliveries_store.due(work.connection, endpoint_id, work.now + EARLY, 1):
            work.enqueue(Deliver(endpoint_id), lane=rules.LANE, account_id=account_id)


async def _try(platform: Platform, endpoint: store.Row, delivery: deliveries_store.DeliveryRow) -> None:
    at = platform.clock()
    answered = await _send(platform, endpoint, delivery, at)
    async with transaction(platform) as work:
        await _write(work, endpoint, delivery, answered, at)


async def _send(
    platform: Platform, endpoint: store.Row, delivery: deliveries_store.DeliveryRow, at: datetime
) -> Answered:
    sealed = [endpoint.secret]
    if endpoint.previous_secret and endpoint.previous_until and endpoint.previous_until > at:
        sealed.append(endpoint.previous_secret)
    try:
        secrets = [service.sealer(platform.keys).open(one) for one in sealed]
    except SealBroken:
        return Answered(0, error=UNREADABLE)
    message_id, timestamp = rules.webhook_id(delivery.id.hex), int(at.timestamp())
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": rules.signatures(secrets, message_id, timestamp, delivery.body),
    }
    return await platform.outward.post(endpoint.url, delivery.body.encode(), headers)


async def _write(
    work: Work, sent_to: store.Row, delivery: deliveries_store.DeliveryRow, answered: Answered, at: datetime
) -> None:
    endpoint = await store.lock(work.connection, sent_to.id)
    if endpoint is None:
        return
    tried = Tried(delivery.tries + 1, endpoint.failures, work.now)
    decision = rules.decide(answered, tried, random.random())
    over = None if decision.state is DeliveryState.WAITING else work.now
    outcome = deliveries_store.Outcome(delivery.id, tried.number, decision.state, decision.next_at, over)
    if not await deliveries_store.end_try(work.connection, outcome):
        return
    attempt = deliveries_store.AttemptRow(
        at, sent_to.url, answered.status, answered.answer, answered.error, answered.milliseconds
    )
    await deliveries_store.insert_attempt(work.connection, new_id(), delivery.id, attempt)
    WEBHOOKS.labels("delivered" if decision.state is DeliveryState.DELIVERED else "failed").inc()
    if decision.state is DeliveryState.DELIVERED:
        await store.recovered(work.connection, endpoint.id)
    else:
        await _failed(work, endpoint, decision, answered)


async def _failed(work: Work, before: store.Row, decision: Decision, answered: Answered) -> None:
    endpoint = await store.failed(work.connection, before.id, work.now, decision.paused_until)
    failing = Failing(endpoint.failing_since or work.now, endpoint.warned_at)
    if endpoint.enabled and (decision.gone or rules.must_disable(failing, work.now)):
        reason = DisabledReason.GONE if decision.gone else DisabledReason.FAILING
        WEBHOOKS.labels("disabled").inc()
        work.record(endpoint.account_id, Action.WEBHOOK_DISABLED, endpoint.id, reason=reason)
        disabled = await store.disable(work.connection, endpoint.id, reason, work.now)
        _tell_owner(work, disabled, answered, None)
        return
    if endpoint.enabled and rules.must_warn(failing, work.now):
        await store.warned(work.connection, endpoint.id, work.now)
        _tell_owner(work, endpoint, answered, rules.disabled_at(failing, work.now))
    for moment in {decision.next_at, decision.paused_until}:
        if moment:
            work.enqueue(Deliver(endpoint.id), lane=rules.LANE, run_at=moment, account_id=endpoint.account_id)


def _tell_owner(work: Work, endpoint: store.Row, answered: Answered, off_at: datetime | None) -> None:
    """That it fails for days and will be disabled at ``off_at``, or is: on the page, and by letters, which a job writes (letters are
    locked before endpoints).
    """
    log.warning(
        "webhook_endpoint_failing",
        endpoint=str(endpoint.id),
        disabled=endpoint.disabled_reason,
        since=endpoint.failing_since,
    )
    work.publish(endpoint.account_id, EndpointChanged(service.endpoint_of(endpoint, work.now)))
    reason = answered.error or f"It answered {answered.status}."
    work.enqueue(TellOwner(endpoint.id, reason, off_at), account_id=endpoint.account_id)


async def tell_owner(platform: Platform, job: Claim[TellOwner]) -> None:
    """Write to all who look after the account's webhooks."""
    told = job.payload
    async with transaction(platform) as work:
        endpoint = await store.by_id(work.connection, told.endpoint_id)
        if endpoint is None:
            return
        for contact in await accounts.contacts_with(work.connection, endpoint.account_id, Permission.WEBHOOKS):
            letter = WebhookDisabled(
                to=Recipient(contact.name, contact.email),
                key=f"webhook:{job.id}:{contact.email}",
                account_id=endpoint.account_id,
                endpoint=endpoint.url,
                reason=told.reason,
                path="/settings/webhooks",
                off_at=told.off_at,
            )
            await notifications.send(work, letter)


HANDLERS = by_kind(Handler(Deliver, deliver), Handler(TellOwner, tell_owner))
