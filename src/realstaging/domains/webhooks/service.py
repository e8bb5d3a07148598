"""Use cases of webhooks: endpoints set up, looked at, tested, and what they were told, sent again."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final, NamedTuple
from uuid import UUID

from realstaging.domains.accounts.service import Member
from realstaging.domains.webhooks import deliveries_store, messages, rules, store
from realstaging.domains.webhooks.errors import EndpointDisabled, TooManyEndpoints
from realstaging.domains.webhooks.events import EndpointChanged
from realstaging.domains.webhooks.messages import WebhookEvent
from realstaging.domains.webhooks.payloads import Deliver
from realstaging.domains.webhooks.schemas import (
    MOST_REPLAYED,
    DeliveryState,
    NewWebhookEndpoint,
    WebhookAttempt,
    WebhookDelivery,
    WebhookDeliveryPage,
    WebhookDeliveryWithAttempts,
    WebhookEndpoint,
    WebhookEndpointChange,
    WebhookEndpoints,
    WebhookEndpointWithSecret,
    WebhookReplay,
    WebhookReplayed,
)
from realstaging.kit import addresses, cursors
from realstaging.kit.errors import NotFound
from realstaging.kit.ids import new_id
from realstaging.kit.keyring import KeyRing
from realstaging.kit.sealing import Sealer
from realstaging.runtime.database import Connection, in_parts
from realstaging.runtime.outward import checked
from realstaging.runtime.platform import Platform
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work, transaction

PURPOSE: Final = "webhook secrets"
MOST_ATTEMPTS: Final = 100
"""Of one delivery shown: ten for each time it was replayed."""
FORGOTTEN_AT_ONCE: Final = 1000
OVERDUE: Final = timedelta(seconds=30)
"""What is due for so long has lost its job."""
MOST_SWEPT: Final = 200


def sealer(keys: KeyRing) -> Sealer:
    return Sealer(keys, PURPOSE)


async def create(work: Work, caller: Member, asked: NewWebhookEndpoint) -> WebhookEndpointWithSecret:
    """TooManyEndpoints beyond the limit; Refused for an address that is not spoken to."""
    url = checked(asked.url, private=work.platform.outward.private)
    await store.lock_account(work.connection, caller.account.id)
    if await store.count(work.connection, caller.account.id) >= rules.MOST_ENDPOINTS:
        raise TooManyEndpoints
    secret = rules.new_secret(secrets.token_bytes(rules.SECRET_BYTES))
    row = await store.insert(
        work.connection,
        store.NewEndpointRow(
            new_id(),
            caller.account.id,
            url,
            asked.description,
            _once_each(asked.events),
            sealer(work.platform.keys).seal(secret),
            work.now,
        ),
    )
    _record(work, Action.WEBHOOK_CREATED, row)
    return _with_secret(_told(work, row), secret)


def _record(work: Work, action: Action, row: store.Row) -> None:
    """An address of a customer's may have a secret in it: its host is put down."""
    work.record(row.account_id, action, row.id, host=addresses.host(row.url), events=row.events)


def _once_each(events: Sequence[WebhookEvent]) -> list[str]:
    return list(dict.fromkeys(str(event) for event in events))


def endpoint_of(row: store.Row, now: datetime) -> WebhookEndpoint:
    rotating = row.previous_until if row.previous_until and row.previous_until > now else None
    return WebhookEndpoint(
        row.id,
        row.url,
        row.description,
        row.events,
        row.enabled,
        row.disabled_reason,
        row.failing_since,
        rotating,
        row.created_at,
    )


def _told(work: Work, row: store.Row) -> WebhookEndpoint:
    endpoint = endpoint_of(row, work.now)
    work.publish(row.account_id, EndpointChanged(endpoint))
    return endpoint


def _with_secret(endpoint: WebhookEndpoint, secret: str) -> WebhookEndpointWithSecret:
    shown = {name: getattr(endpoint, name) for name in WebhookEndpoint.__struct_fields__}
    return WebhookEndpointWithSecret(**shown, secret=secret)


async def of_account(platform: Platform, caller: Member) -> WebhookEndpoints:
    rows = await store.of_account(platform.database, caller.account.id)
    return WebhookEndpoints([endpoint_of(row, platform.clock()) for row in rows])


async def get(platform: Platform, caller: Member, endpoint_id: UUID) -> WebhookEndpoint:
    return endpoint_of(await _require(platform.database, caller, endpoint_id), platform.clock())


async def _require(connection: Connection, caller: Member, endpoint_id: UUID) -> store.Row:
    """The one door to an endpoint and what it was told: NotFound unless it is the caller's account's."""
    row = await store.find(connection, caller.account.id, endpoint_id)
    if row is None:
        raise NotFound("There is no such webhook endpoint.")
    return row


async def _lock(work: Work, caller: Member, endpoint_id: UUID) -> store.Row:
    row = await store.lock_own(work.connection, caller.account.id, endpoint_id)
    if row is None:
        raise NotFound("There is no such webhook endpoint.")
    return row


async def change(work: Work, caller: Member, endpoint_id: UUID, asked: WebhookEndpointChange) -> WebhookEndpoint:
    """What is named. Another address or being enabled again makes a new beginning: failures of before don't count."""
    row = await _lock(work, caller, endpoint_id)
    url = row.url if asked.url is None else checked(asked.url, private=work.platform.outward.private)
    setup = store.Setup(
        url,
        row.description if asked.description is None else asked.description,
        row.events if asked.events is None else _once_each(asked.events),
        row.enabled if asked.enabled is None else asked.enabled,
    )
    anew = setup.enabled and (url != row.url or not row.enabled)
    changed = await store.change(work.connection, endpoint_id, setup, anew=anew)
    if not setup.enabled:
        await deliveries_store.give_up_waiting(work.connection, endpoint_id, work.now)
    elif anew:
        work.enqueue(Deliver(endpoint_id), lane=rules.LANE, account_id=row.account_id)
    _record(work, Action.WEBHOOK_CHANGED, changed)
    return _told(work, changed)


async def rotate(work: Work, caller: Member, endpoint_id: UUID) -> WebhookEndpointWithSecret:
    """A new secret; for a day messages bear a signature by the one before as well."""
    await _lock(work, caller, endpoint_id)
    secret = rules.new_secret(secrets.token_bytes(rules.SECRET_BYTES))
    sealed = sealer(work.platform.keys).seal(secret)
    row = await store.rotate(work.connection, endpoint_id, sealed, work.now + rules.ROTATION)
    _record(work, Action.WEBHOOK_SECRET_ROTATED, row)
    return _with_secret(_told(work, row), secret)


async def delete(work: Work, caller: Member, endpoint_id: UUID) -> None:
    if not await store.delete(work.connection, caller.account.id, endpoint_id):
        raise NotFound("There is no such webhook endpoint.")
    work.record(caller.account.id, Action.WEBHOOK_DELETED, endpoint_id)


async def reseal(work: Work) -> int:
    """Seal every secret with the key in force; how many endpoints there are. SealBroken where the ring has no key for one."""
    seal, rows = sealer(work.platform.keys), await store.secrets(work.connection)
    for row in rows:
        previous = row.previous_secret and seal.renew(row.previous_secret)
        await store.put_secrets(work.connection, row.id, seal.renew(row.secret), previous)
    return len(rows)


# ---- deliveries


async def test(work: Work, caller: Member, endpoint_id: UUID, type_: WebhookEvent | None) -> WebhookDelivery:
    """Send a made-up message. EndpointDisabled where nothing is sent."""
    row = await _lock_enabled(work, caller, endpoint_id)
    message = messages.example(type_, endpoint_id, work.now)
    made = deliveries_store.NewDelivery(new_id(), row.id, message.kind(), messages.written(message))
    await deliveries_store.insert_deliveries(work.connection, [made], work.now)
    _record(work, Action.WEBHOOK_TESTED, row)
    work.enqueue(Deliver(row.id), lane=rules.LANE, account_id=row.account_id)
    return _delivery(await _require_delivery(work.connection, caller, made.id))


async def _lock_enabled(work: Work, caller: Member, endpoint_id: UUID) -> store.Row:
    row = await _lock(work, caller, endpoint_id)
    if not row.enabled:
        raise EndpointDisabled
    return row


class Wanted(NamedTuple):
    """Of an endpoint's deliveries: those in this state alone, from where the page before ended."""

    endpoint_id: UUID
    state: DeliveryState | None
    cursor: str | None


async def page(platform: Platform, caller: Member, wanted: Wanted, limit: int) -> WebhookDeliveryPage:
    """What an endpoint was told, newest first."""
    await _require(platform.database, caller, wanted.endpoint_id)
    after = cursors.decode(wanted.cursor)
    rows = await deliveries_store.page(platform.database, wanted.endpoint_id, wanted.state, after, limit + 1)
    kept = [_delivery(row) for row in rows[:limit]]
    return WebhookDeliveryPage(kept, cursors.encode(kept[-1].id) if len(rows) > limit else None)


async def delivery(platform: Platform, caller: Member, delivery_id: UUID) -> WebhookDeliveryWithAttempts:
    row = await _require_delivery(platform.database, caller, delivery_id)
    tried = await deliveries_store.attempts(platform.database, delivery_id, MOST_ATTEMPTS)
    shown = _delivery(row)
    return WebhookDeliveryWithAttempts(
        **{name: getattr(shown, name) for name in WebhookDelivery.__struct_fields__},
        body=row.body,
        attempts=[
            WebhookAttempt(one.at, one.url, one.status, one.answer, one.error, one.milliseconds) for one in tried
        ],
    )


async def _require_delivery(connection: Connection, caller: Member, delivery_id: UUID) -> deliveries_store.DeliveryRow:
    row = await deliveries_store.delivery(connection, caller.account.id, delivery_id)
    if row is None:
        raise NotFound("There is no such delivery; they are kept for 30 days.")
    return row


def _delivery(row: deliveries_store.DeliveryRow) -> WebhookDelivery:
    return WebhookDelivery(
        row.id,
        row.endpoint_id,
        rules.webhook_id(row.id.hex),
        row.type,
        row.state,
        row.tries,
        row.status,
        row.next_at,
        row.created_at,
        row.finished_at,
    )


async def replay_one(work: Work, caller: Member, delivery_id: UUID) -> WebhookDelivery:
    """Send it again, now, under the same webhook-id. EndpointDisabled where nothing is sent."""
    endpoint_id = (await _require_delivery(work.connection, caller, delivery_id)).endpoint_id
    await _replay(work, await _lock_enabled(work, caller, endpoint_id), [delivery_id])
    return _delivery(await _require_delivery(work.connection, caller, delivery_id))


async def replay(work: Work, caller: Member, endpoint_id: UUID, asked: WebhookReplay) -> WebhookReplayed:
    """The same for those of a range of time."""
    row = await _lock_enabled(work, caller, endpoint_id)
    wanted = deliveries_store.Range(asked.since, asked.until, asked.states)
    found = await deliveries_store.in_range(work.connection, endpoint_id, wanted, MOST_REPLAYED + 1)
    await _replay(work, row, [one.id for one in found[:MOST_REPLAYED]])
    return WebhookReplayed(
        len(found[:MOST_REPLAYED]), found[MOST_REPLAYED].created_at if len(found) > MOST_REPLAYED else None
    )


async def _replay(work: Work, row: store.Row, delivery_ids: Sequence[UUID]) -> None:
    await deliveries_store.replay(work.connection, delivery_ids, work.now)
    work.record(row.account_id, Action.WEBHOOK_REPLAYED, row.id, deliveries=len(delivery_ids))
    work.enqueue(Deliver(row.id), lane=rules.LANE, account_id=row.account_id)


# ---- chores


async def sweep(platform: Platform) -> None:
    """Find jobs for what is due and has none: rows are the truth, whatever became of theirs."""
    kind, now = str(Deliver.__struct_config__.tag), platform.clock()
    for row in await deliveries_store.overdue(platform.database, now - OVERDUE, now, kind, MOST_SWEPT):
        async with transaction(platform) as work:
            work.enqueue(Deliver(row.id), lane=rules.LANE, account_id=row.account_id)


async def forget(platform: Platform) -> None:
    """Delete what is older than deliveries are kept."""
    before = platform.clock() - platform.kept_for.deliveries
    await in_parts(partial(deliveries_store.forget, platform.database, before), FORGOTTEN_AT_ONCE)
