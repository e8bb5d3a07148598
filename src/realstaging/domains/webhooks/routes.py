"""HTTP of webhook endpoints and deliveries."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from realstaging.domains.accounts.service import Member, Permission, needs
from realstaging.domains.webhooks import service
from realstaging.domains.webhooks.schemas import (
    DeliveryState,
    NewWebhookEndpoint,
    NewWebhookTest,
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
from realstaging.kit import bounds
from realstaging.kit.cursors import LARGEST_PAGE
from realstaging.runtime.idempotency import Answer, Asked, Key, once
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import Work, transaction

TAGS = ["webhooks"]
ONE = "/webhook-endpoints/{endpoint_id:uuid}"


@get("/webhook-endpoints", tags=TAGS, opt=needs(Permission.WEBHOOKS))
async def list_webhook_endpoints(
    platform: NamedDependency[Platform], caller: NamedDependency[Member]
) -> WebhookEndpoints:
    """Your account's endpoints, oldest first."""
    return await service.of_account(platform, caller)


@post("/webhook-endpoints", tags=TAGS, opt=needs(Permission.WEBHOOKS))
async def create_webhook_endpoint(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    data: JSONBody[NewWebhookEndpoint],
    idempotency_key: Key = None,
) -> Response[WebhookEndpointWithSecret]:
    """Have an address of yours told what happens. The answer holds the secret that verifies signatures, this once."""

    async def create(work: Work) -> Answer:
        return Answer(await service.create(work, caller, data), secret=True)

    return await once(platform, Asked("POST /webhook-endpoints", caller.account.id, idempotency_key, data), create)


@get(ONE, tags=TAGS, opt=needs(Permission.WEBHOOKS))
async def get_webhook_endpoint(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], endpoint_id: FromPath[UUID]
) -> WebhookEndpoint:
    return await service.get(platform, caller, endpoint_id)


@patch(ONE, tags=TAGS, opt=needs(Permission.WEBHOOKS))
async def change_webhook_endpoint(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    endpoint_id: FromPath[UUID],
    data: JSONBody[WebhookEndpointChange],
) -> WebhookEndpoint:
    """Change what is named. Disabled, it is told nothing, and what was to be sent to it is given up."""
    async with transaction(platform) as work:
        return await service.change(work, caller, endpoint_id, data)


@delete(ONE, tags=TAGS, opt=needs(Permission.WEBHOOKS))
async def delete_webhook_endpoint(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], endpoint_id: FromPath[UUID]
) -> None:
    """Delete it, with all that it was told."""
    async with transaction(platform) as work:
        await service.delete(work, caller, endpoint_id)


@post(f"{ONE}/rotate", tags=TAGS, status_code=200, opt=needs(Permission.WEBHOOKS))
async def rotate_webhook_secret(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    endpoint_id: FromPath[UUID],
    idempotency_key: Key = None,
) -> Response[WebhookEndpointWithSecret]:
    """A new secret, told this once. For 24 hours messages are signed with the one before as well."""

    async def rotate(work: Work) -> Answer:
        return Answer(await service.rotate(work, caller, endpoint_id), 200, secret=True)

    asked = Asked(f"POST /webhook-endpoints/{endpoint_id}/rotate", caller.account.id, idempotency_key)
    return await once(platform, asked, rotate)


@post(f"{ONE}/test", tags=TAGS, opt=needs(Permission.WEBHOOKS))
async def send_webhook_test(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    endpoint_id: FromPath[UUID],
    data: JSONBody[NewWebhookTest],
    idempotency_key: Key = None,
) -> Response[WebhookDelivery]:
    """Send a message with made-up ids, of any type, chosen for the endpoint or not. Look at the delivery to see how it went."""

    async def send(work: Work) -> Answer:
        return Answer(await service.test(work, caller, endpoint_id, data.type))

    asked = Asked(f"POST /webhook-endpoints/{endpoint_id}/test", caller.account.id, idempotency_key, data)
    return await once(platform, asked, send)


@post(f"{ONE}/replay", tags=TAGS, status_code=200, opt=needs(Permission.WEBHOOKS))
async def replay_webhook_deliveries(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    endpoint_id: FromPath[UUID],
    data: JSONBody[WebhookReplay],
    idempotency_key: Key = None,
) -> Response[WebhookReplayed]:
    """Send again what was told in a time, each under its own webhook-id."""

    async def replay(work: Work) -> Answer:
        return Answer(await service.replay(work, caller, endpoint_id, data), 200)

    asked = Asked(f"POST /webhook-endpoints/{endpoint_id}/replay", caller.account.id, idempotency_key, data)
    return await once(platform, asked, replay)


@get(f"{ONE}/deliveries", tags=TAGS, opt=needs(Permission.WEBHOOKS))
async def list_webhook_deliveries(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    endpoint_id: FromPath[UUID],
    only: Annotated[DeliveryState | None, QueryParameter(name="state")] = None,
    cursor: FromQuery[bounds.Cursor | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=LARGEST_PAGE)] = 50,
) -> WebhookDeliveryPage:
    """What it was told in the last 30 days, newest first."""
    return await service.page(platform, caller, service.Wanted(endpoint_id, only, cursor), limit)


@get("/webhook-deliveries/{delivery_id:uuid}", tags=TAGS, opt=needs(Permission.WEBHOOKS))
async def get_webhook_delivery(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], delivery_id: FromPath[UUID]
) -> WebhookDeliveryWithAttempts:
    """A message with its body, every attempt and what was answered."""
    return await service.delivery(platform, caller, delivery_id)


@post("/webhook-deliveries/{delivery_id:uuid}/replay", tags=TAGS, status_code=200, opt=needs(Permission.WEBHOOKS))
async def replay_webhook_delivery(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    delivery_id: FromPath[UUID],
    idempotency_key: Key = None,
) -> Response[WebhookDelivery]:
    """Send it again, now, under the same webhook-id."""

    async def replay(work: Work) -> Answer:
        return Answer(await service.replay_one(work, caller, delivery_id), 200)

    asked = Asked(f"POST /webhook-deliveries/{delivery_id}/replay", caller.account.id, idempotency_key)
    return await once(platform, asked, replay)


ROUTES = [
    list_webhook_endpoints,
    create_webhook_endpoint,
    get_webhook_endpoint,
    change_webhook_endpoint,
    delete_webhook_endpoint,
    rotate_webhook_secret,
    send_webhook_test,
    replay_webhook_deliveries,
    list_webhook_deliveries,
    get_webhook_delivery,
    replay_webhook_delivery,
]
