"""What Replicate publishes of a model, held against our catalogue."""

from __future__ import annotations

from typing import Any

from realstaging.engines.replicate.client import ReplicateClient
from realstaging.engines.replicate.errors import Rejected
from realstaging.engines.replicate.models import Model, differences


async def compare(client: ReplicateClient, model: Model) -> list[str]:
    """One sentence for each difference; none where the model is as we know it."""
    try:
        published = await _published(client, model)
    except Rejected as error:
        return [f"Replicate does not know it (status {error.details.get('status_code')})"]
    return differences(model, published) if published else ["Replicate publishes no schema of it"]


async def _published(client: ReplicateClient, model: Model) -> dict[str, Any] | None:
    if model.version:
        described = await client.version(model.id, model.version)
    else:
        described = (await client.model(model.id)).get("latest_version") or {}
    schema: dict[str, Any] | None = described.get("openapi_schema")
    return schema
