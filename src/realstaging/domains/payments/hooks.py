"""What Stripe tells us of its own accord: verified, written down once, answered; a job then looks at the object itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Final

import structlog

from realstaging.domains.payments import following, second_plans, store
from realstaging.domains.payments.following import Follow
from realstaging.domains.payments.payloads import EndExtra, Handle
from realstaging.domains.payments.store import Told
from realstaging.kit.errors import Forged, NotFound
from realstaging.runtime.database import in_parts
from realstaging.runtime.jobs import Claim
from realstaging.runtime.platform import Platform
from realstaging.runtime.telemetry import STRIPE_EVENTS
from realstaging.runtime.work import Work, transaction
from realstaging.stripe.errors import NothingThere, NotTaken

log = structlog.get_logger()

KEPT: Final = timedelta(days=40)
"""Stripe tells an event again for at most 30 days (https://docs.stripe.com/webhooks#retries)."""
SESSIONS_KEPT: Final = timedelta(days=90)
AT_ONCE: Final = 1000

# By how the type of an event begins, the longest first: what it is about, and how that is followed.
FOLLOWED: Final[Mapping[str, Follow]] = {
    "customer.subscription.": following.subscription,
    "checkout.session.": following.session,
    "charge.dispute.": following.dispute,
    "customer.deleted": following.customer,
    "invoice.": following.invoice,
    "refund.": following.refund,
}


async def take(platform: Platform, body: bytes, signature: str) -> None:
    """Keep a notice and have it looked at. NotFound where no secret is set: there is no such endpoint then. Forged; NotTaken."""
    if platform.payments is None or platform.payments.webhooks is None:
        raise NotFound
    try:
        event = platform.payments.webhooks.read(body, signature)
    except Forged:
        STRIPE_EVENTS.labels("unknown", "forged").inc()
        raise
    except NotTaken:
        STRIPE_EVENTS.labels("unknown", "not_taken").inc()
        raise
    told = Told(event.id, event.type, event.object_id, event.api_version, event.created)
    async with transaction(platform) as work:
        new = await keep(work, told)
    STRIPE_EVENTS.labels(known(event.type), "taken" if new else "doubled").inc()
    if not new:
        log.info("payments.event_doubled", stripe_event=event.id, type=event.type)


async def keep(work: Work, told: Told) -> bool:
    """Write an event down and have it looked at, once however often it is told. Whether it is new."""
    new = await store.take_event(work.connection, told, work.now)
    if new:
        work.enqueue(Handle(told.id))
    return new


def known(event_type: str) -> str:
    """The type, as a label: one that we follow, or `other`, so that no stranger fills the metrics."""
    return event_type if follow_of(event_type) else "other"


def follow_of(event_type: str) -> Follow | None:
    """How what it is about is followed; None for what tells us nothing."""
    return next((follow for begins, follow in FOLLOWED.items() if event_type.startswith(begins)), None)


async def handle(platform: Platform, job: Claim[Handle]) -> None:
    """Look at what an event is about. What Stripe does not know any more is over."""
    told = await store.open_event(platform.database, job.payload.event_id)
    if told is None:
        return
    follow = follow_of(told.type)
    try:
        outcome = await follow(platform, told.object_id) if follow and told.object_id else following.NOTHING
    except NothingThere:
        outcome = following.GONE
    if outcome not in {following.DONE, following.NOTHING}:
        log.warning(
            "payments.event_of_nobody", stripe_event=told.id, type=told.type, object=told.object_id, outcome=outcome
        )
    STRIPE_EVENTS.labels(known(told.type), outcome).inc()
    async with transaction(platform) as work:
        await store.end_event(work.connection, told.id, outcome, work.now)


async def bury(work: Work, job: Claim[Handle], error: str) -> None:
    """Given up: the daily reconcile finds what it was about."""
    log.error("payments.event_given_up", stripe_event=job.payload.event_id, error=error)
    await store.end_event(work.connection, job.payload.event_id, "given up", work.now)


async def end_extra(platform: Platform, job: Claim[EndExtra]) -> None:
    await second_plans.end_extra(platform, job.payload.subscription_id)


async def forget(platform: Platform) -> None:
    """Forget old events, and pages that nothing came of."""
    now = platform.clock()
    await in_parts(partial(store.forget_events, platform.database, now - KEPT), AT_ONCE)
    await in_parts(partial(store.forget_sessions, platform.database, now - SESSIONS_KEPT), AT_ONCE)
