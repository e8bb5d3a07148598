"""What is there from the start: a demo project, made the way people make theirs, over the API; plans and packs at Stripe's stand-in."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path
from typing import Any, Final

import aiohttp

from realstaging.domains.billing import at_stripe
from realstaging.domains.billing.offers import OFFERS
from realstaging.imaging import encode
from realstaging.sandbox import oidc
from realstaging.settings import Settings
from realstaging.synthetic import demo

PROJECT: Final = "Demo: 12 Elm Street"
PHOTO: Final = "living-room.jpg"


async def seed(settings: Settings, key_file: Path) -> bool:
    """Make the demo project, unless this person has one already. Returns whether it was made."""
    person = oidc.PEOPLE[0]
    token = oidc.mint_token(key_file, issuer=settings.oidc_issuer, audience=settings.oidc_audience, person=person)
    headers = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession(f"{settings.public_url}/api/v1/", headers=headers, raise_for_status=True) as api:
        if (await _ask(api, "GET", "projects"))["items"]:
            return False
        picture = await asyncio.to_thread(lambda: encode.jpeg(demo.draw(), 92))
        project = await _ask(api, "POST", "projects", {"name": PROJECT})
        photo = await _upload(api, project["id"], picture)
        item = {"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"]}
        await _ask(api, "POST", "stagings", {"items": [item]})
    return True


async def offer(settings: Settings) -> None:
    """Let the stand-in sell what is offered, as `realstaging operate stripe sync` lets Stripe."""
    stripe = settings.payments
    assert stripe is not None
    try:
        for one in await at_stripe.differences(stripe, OFFERS, settings.public_url):
            if one.mend:
                await one.mend()
    finally:
        await stripe.close()


async def _upload(api: aiohttp.ClientSession, project_id: str, picture: bytes) -> dict[str, Any]:
    digest = hashlib.sha256(picture).hexdigest()
    file = {"name": PHOTO, "type": "image/jpeg", "size": len(picture), "sha256": digest}
    [upload] = (await _ask(api, "POST", "uploads", {"project_id": project_id, "files": [file]}))["items"]
    async with aiohttp.ClientSession(raise_for_status=True) as bare:
        await bare.put(upload["url"], data=picture, headers=upload["headers"])
    completed = await _ask(api, "POST", "photos", {"project_id": project_id, "upload_ids": [upload["upload_id"]]})
    photo: dict[str, Any] = completed["items"][0]["photo"]
    return photo


async def _ask(api: aiohttp.ClientSession, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    async with api.request(method, path, json=body) as answer:
        return await answer.json()
