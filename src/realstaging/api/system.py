"""What the service says of itself: configuration for browsers, what can be asked for, health, version."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency

from realstaging.domains.accounts.service import Member, Permission, needs
from realstaging.domains.photos.names import WORDS
from realstaging.domains.photos.service import MAX_BYTES, predicting
from realstaging.engines import catalog
from realstaging.imaging import mls_profiles
from realstaging.imaging.limits import MAX_PIXELS, MLS_LEAST
from realstaging.kit import bounds
from realstaging.runtime import parts
from realstaging.runtime.platform import Platform
from realstaging.runtime.release import Release, release
from realstaging.settings import Settings


class Oidc(msgspec.Struct, frozen=True):
    issuer: str
    client_id: str
    audience: str


class BrowserConfig(msgspec.Struct, frozen=True):
    """What the web app must know before anyone has signed in."""

    oidc: Oidc
    environment: str


class Health(msgspec.Struct, frozen=True):
    status: str
    parts: dict[str, str]


@get("/config", tags=["system"], exclude_from_auth=True)
async def browser_config(settings: NamedDependency[Settings]) -> BrowserConfig:
    return BrowserConfig(
        Oidc(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_audience),
        settings.environment or "development",
    )


@get("/catalog", tags=["system"], opt=needs(Permission.READ))
async def get_catalog(platform: NamedDependency[Platform], caller: NamedDependency[Member]) -> dict[str, Any]:  # noqa: ARG001 - asking for the caller is the check
    """Room types, styles, engines and limits: all that a staging may ask for."""
    return {
        **catalog.describe(catalog.running(platform.engines)),
        "room_words": {room_type: words.split() for room_type, words in WORDS.items()},
        "predicts": predicting(platform) is not None,
        "mls_profiles": [
            {"name": profile.id, "label": profile.name, "labelled": profile.labelled}
            for profile in mls_profiles.profiles().values()
        ],
        "limits": {
            "max_files": bounds.MOST_AT_ONCE,
            "max_bytes": MAX_BYTES,
            "max_pixels": MAX_PIXELS,
            "mls_least": MLS_LEAST,
        },
    }


@get("/health/live", tags=["system"], exclude_from_auth=True)
async def live() -> Health:
    """This process answers."""
    return Health("ok", {})


@get("/health/ready", tags=["system"], exclude_from_auth=True)
async def ready(platform: NamedDependency[Platform]) -> Response[Health]:
    """Every part this process needs answers too; 503 when one does not."""
    states = await parts.look(platform)
    good = all(state == parts.WELL for state in states.values())
    return Response(Health("ok" if good else "unavailable", states), status_code=200 if good else 503)


@get("/version", tags=["system"], exclude_from_auth=True)
async def get_version() -> Release:
    """Which release answers: its version, the commit it was built from, the schema it brings."""
    return release()


ROUTES = [browser_config, get_catalog, live, ready, get_version]
