"""Rank 3: builds the platform from settings, and lists the domains. What workers do is in `wiring.jobs`, which only they load."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import msgspec

from realstaging.domains.accounts import events as accounts_events
from realstaging.domains.accounts import routes as accounts
from realstaging.domains.accounts import service as accounts_service
from realstaging.domains.archives import events as archives_events
from realstaging.domains.archives import routes as archives
from realstaging.domains.archives import service as archives_service
from realstaging.domains.attempts import routes as attempts
from realstaging.domains.audit import routes as audit
from realstaging.domains.billing import events as billing_events
from realstaging.domains.billing import routes as billing
from realstaging.domains.billing.service import limits_of
from realstaging.domains.invitations import routes as invitations
from realstaging.domains.invitations import service as invitations_service
from realstaging.domains.keys import events as keys_events
from realstaging.domains.keys import routes as keys
from realstaging.domains.models import routes as models
from realstaging.domains.notifications import routes as notifications
from realstaging.domains.operations import routes as operations
from realstaging.domains.payments import routes as payments_routes
from realstaging.domains.photos import events as photos_events
from realstaging.domains.photos import routes as photos
from realstaging.domains.photos import service as photos_service
from realstaging.domains.privacy import events as privacy_events
from realstaging.domains.privacy import routes as privacy
from realstaging.domains.projects import events as projects_events
from realstaging.domains.projects import routes as projects
from realstaging.domains.projects import service as projects_service
from realstaging.domains.sessions import routes as sessions
from realstaging.domains.staging import events as staging_events
from realstaging.domains.staging import lifecycle as staging_lifecycle
from realstaging.domains.staging import reading as staging_reading
from realstaging.domains.staging import routes as staging
from realstaging.domains.upload_links import routes as upload_links
from realstaging.domains.webhooks import events as webhooks_events
from realstaging.domains.webhooks import messages as webhooks_messages
from realstaging.domains.webhooks import outgoing as webhooks
from realstaging.domains.webhooks import routes as webhooks_routes
from realstaging.engines.deferred import Deferred
from realstaging.engines.engine import Engine
from realstaging.engines.local.abilities import NAME as LOCAL
from realstaging.engines.local.abilities import abilities as local_abilities
from realstaging.engines.local.measures import SpareTimeMeasures
from realstaging.engines.replicate.engine import ReplicateEngine
from realstaging.kit.children import Allowance
from realstaging.kit.clock import Clock, utc_now
from realstaging.kit.cores import cores
from realstaging.runtime.database import WORK, Bounds, open_pool
from realstaging.runtime.outward import Outward
from realstaging.runtime.platform import Platform
from realstaging.runtime.processes import Processes
from realstaging.runtime.quotas import Quotas, Resource, Use
from realstaging.runtime.sign_in_identities import SignInIdentities
from realstaging.runtime.switches import Switches
from realstaging.runtime.wake_ups import WakeUps
from realstaging.runtime.work import Event
from realstaging.settings import Settings
from realstaging.storage import open_storage
from realstaging.wiring import mail, paid
from realstaging.wiring.paid import Parts

ROUTES: Final[list[Any]] = [
    *accounts.ROUTES,
    *notifications.ROUTES,
    *audit.ROUTES,
    *keys.ROUTES,
    *invitations.ROUTES,
    *sessions.ROUTES,
    *projects.ROUTES,
    *photos.ROUTES,
    *upload_links.ROUTES,
    *staging.ROUTES,
    *archives.ROUTES,
    *privacy.ROUTES,
    *attempts.ROUTES,
    *billing.ROUTES,
    *payments_routes.ROUTES,
    *models.ROUTES,
    *webhooks_routes.ROUTES,
    *operations.ROUTES,
]
EVENTS: Final[list[type[Event]]] = [
    *accounts_events.EVENTS,
    *keys_events.EVENTS,
    *projects_events.EVENTS,
    *photos_events.EVENTS,
    *staging_events.EVENTS,
    *archives_events.EVENTS,
    *privacy_events.EVENTS,
    *billing_events.EVENTS,
    *webhooks_events.EVENTS,
]
# Lower domains publish what happened; those above them that have something to do then are told.
SUBSCRIBERS: Final[dict[type[Event], list[Callable[..., None]]]] = {
    photos_events.PhotoAdded: [webhooks.photo_added],
    photos_events.PhotoRefused: [webhooks.photo_refused],
    photos_events.PhotoDeleted: [staging_lifecycle.photo_deleted, webhooks.photo_deleted],
    projects_events.ProjectDeleted: [staging_lifecycle.project_deleted],
    staging_events.StagingChanged: [archives_service.picture_withdrawn, webhooks.staging_changed],
    staging_events.StagingDeleted: [webhooks.staging_deleted],
    billing_events.BudgetAlert: [webhooks.budget_alert],
    accounts_events.MemberJoined: [webhooks.member_joined],
    accounts_events.MemberRemoved: [webhooks.member_removed],
    accounts_events.AccountSuspended: [staging_lifecycle.account_suspended],
}
# The bodies of webhooks, for the API's description.
MESSAGES: Final = webhooks_messages.MESSAGES


def quotas() -> Quotas:
    """What plans let accounts have, and the domains that count what they have."""
    return Quotas(
        limits_of,
        (
            Use(frozenset({Resource.MEMBERS}), accounts_service.used),
            Use(frozenset({Resource.MEMBERS}), invitations_service.used),
            Use(frozenset({Resource.PROJECTS}), projects_service.used),
            Use(frozenset({Resource.PHOTOS, Resource.UPLOADS, Resource.STORAGE}), photos_service.used),
            Use(frozenset({Resource.STAGINGS, Resource.STORAGE}), staging_reading.used),
        ),
    )


DECODERS: Final = 2
"""At once in one process of the service: each may take the memory below."""
# The slowest photo that is taken (64 megapixels, progressive) takes 10 s of processor time; a busy machine gives it slowly.
DECODING: Final = Allowance(seconds=180, processor_seconds=40, resident=800_000_000)


class Pools(msgspec.Struct, frozen=True):
    """Processes for pixels, and those that read files nobody has looked at yet."""

    processes: Processes
    decoders: Processes

    def close(self) -> None:
        """End them all. Safe to call twice."""
        self.processes.close()
        self.decoders.close()


def pools() -> Pools:
    """As many as this machine has processors; none is started before it is needed."""
    count = cores()
    return Pools(Processes(count), Processes(min(DECODERS, count), DECODING))


BuildEngines = Callable[[Settings, Parts], dict[str, Engine]]


def build_engines(settings: Settings, parts: Parts) -> dict[str, Engine]:
    """Every engine these settings allow. Building one starts nothing."""
    engines: list[Engine] = [local_engine(settings)]
    if settings.replicate_api_token:
        engines.append(paid.service_engine(settings, parts, measures=SpareTimeMeasures(parts.processes)))
    return {engine.name: engine for engine in engines}


def local_engine(settings: Settings) -> Engine:
    def load() -> Engine:
        from realstaging.engines.local.engine import LocalEngine  # noqa: PLC0415 - only who stages loads it

        return LocalEngine(render_python=Path(settings.render_python) if settings.render_python else None)

    return Deferred(LOCAL, local_abilities(), load)


@asynccontextmanager
async def command_line_engine(settings: Settings, name: str) -> AsyncIterator[Engine]:
    """The engine of one command, closed at its end. What a provider still works on then is stopped: nobody waits for it.

    BadSettings where something is missing for it.
    """
    if name == ReplicateEngine.name:
        async with paid.command_line_engine(settings) as engine:
            yield engine
        return
    local = local_engine(settings)
    try:
        yield local
    finally:
        await local.close()


@asynccontextmanager
async def platform(
    settings: Settings,
    *,
    engines: dict[str, Engine] | BuildEngines = build_engines,
    clock: Clock = utc_now,
    bounds: Bounds = WORK,
    shared: Pools | None = None,
) -> AsyncIterator[Platform]:
    """The parts of one process, closed again at the end. ``engines``: those there are, or what builds them.

    ``bounds``: how long it waits for the database. ``shared``: processes that others use as well, and that stay open.
    """
    database = await open_pool(settings.database_url, largest=settings.database_connections, bounds=bounds)
    wake_ups = WakeUps(settings.redis_url)
    storage = open_storage(settings.storage_url, public_url=settings.public_url, keys=settings.keys)
    own = shared or pools()
    outward = Outward(private=settings.webhook_private_addresses == "allowed")
    built = engines(settings, Parts(database, wake_ups, storage, own.processes)) if callable(engines) else engines
    stripe = settings.payments
    try:
        yield Platform(
            database=database,
            wake_ups=wake_ups,
            storage=storage,
            processes=own.processes,
            decoders=own.decoders,
            engines=built,
            quotas=quotas(),
            subscribers=SUBSCRIBERS,
            clock=clock,
            keys=settings.keys,
            public_url=settings.public_url,
            caps=settings.caps,
            credit_backs=settings.credit_backs,
            outward=outward,
            mail=mail.of(settings),
            payments=stripe,
            sign_in_identities=SignInIdentities(
                settings.oidc_issuer,
                settings.oidc_management_client_id,
                settings.oidc_management_client_secret,
                former_issuer=settings.oidc_former_issuer,
                address=settings.oidc_management_url,
            ),
            kept_for=settings.kept_for,
            paying=settings.paying,
            audit_kept=timedelta(days=settings.audit_days),
            switches=Switches(database),
        )
    finally:
        for engine in built.values():
            await engine.close()
        if stripe:
            await stripe.close()
        outward.close()
        if not shared:
            own.close()
        await wake_ups.close()
        await database.close()
