"""What is in force, for operators: the settings of the process that answers, without what is secret; the limits of requests, and who is held
to them now.
"""

from __future__ import annotations

from typing import Any, Final, Literal
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency

from realstaging.domains.accounts.service import Permission, needs
from realstaging.kit import addresses
from realstaging.runtime import limited_callers
from realstaging.runtime.platform import Platform
from realstaging.runtime.rate_limits import Cost, Per
from realstaging.settings import ADDRESSES, SECRET_PARAMETER, SECRETS, Settings, listed

OPERATE = needs(Permission.OPERATE)
DEFAULTS: Final = Settings()
MOST_LIMITED_SHOWN: Final = 200
# Places where what is kept goes, and hosts that may be written as addresses.
PLACES: Final = ("storage_url", "backup_storage_url", "replicate_output_hosts")
SHOWN_OF_TOKEN: Final = 8


class SettingInForce(msgspec.Struct, frozen=True):
    """A setting by its name in the environment. ``value`` is None for what is secret; of addresses it has no user, password or parameter."""

    name: str
    value: str | None
    state: Literal["default", "set", "not set"]


class SettingsInForce(msgspec.Struct, frozen=True):
    """Those of the process that answers. ``given``: how many are not as they are by default."""

    given: int
    items: list[SettingInForce]


class LimitInForce(msgspec.Struct, frozen=True):
    """So many requests of a kind in so many seconds, and which setting says so."""

    cost: Cost
    per: Per
    most: int
    window_seconds: int
    setting: str


class LimitedCaller(msgspec.Struct, frozen=True):
    """Somebody who has no request of a kind left: an account's id, an address, or the beginning of a digest of a token."""

    cost: Cost
    per: Per
    who: str
    account_id: UUID | None
    wait_seconds: int


class LimitsInForce(msgspec.Struct, frozen=True):
    """Limits, and who is held to them at this moment. Not ``complete`` where there are more callers than are looked at, or shown."""

    limits: list[LimitInForce]
    limited: list[LimitedCaller]
    complete: bool


@get("/operator/settings", tags=["operator"], opt=OPERATE)
async def get_settings(settings: NamedDependency[Settings]) -> SettingsInForce:
    """Every setting: its value, or that it is a secret that is set or not."""
    items = [in_force(settings, name) for name in sorted(Settings.__struct_fields__)]
    return SettingsInForce(sum(item.state == "set" for item in items), items)


def in_force(settings: Settings, name: str) -> SettingInForce:
    """One setting as it may be told."""
    value, given = getattr(settings, name), getattr(settings, name) != getattr(DEFAULTS, name)
    if name in SECRETS or SECRET_PARAMETER.search(name):
        return SettingInForce(name.upper(), None, "set" if given else "not set")
    text = str(value)
    if name in ADDRESSES or name in PLACES:
        text = ", ".join(bare(one) for one in listed(text))
    return SettingInForce(name.upper(), settings.hide(text), "set" if given else "default")


def bare(address: str) -> str:
    """An address without a user, a password, parameters or a fragment; a folder, or a host alone, is told as it is."""
    if "://" not in address or address.startswith("file:"):
        return address
    parts = addresses.split(address)
    if parts is None:
        return "an address that cannot be read"
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{urlsplit(address).path}"


@get("/operator/rate-limits", tags=["operator"], opt=OPERATE)
async def get_rate_limits(platform: NamedDependency[Platform], settings: NamedDependency[Settings]) -> LimitsInForce:
    """How many requests may come, and who has come too often just now. 503 while Valkey is away: then nobody knows of all."""
    rates = settings.rates
    found = await limited_callers.limited(platform.wake_ups.redis, rates)
    return LimitsInForce(
        [
            LimitInForce(cost, per, item.amount, item.get_expiry(), cost.setting.upper())
            for cost, limits in rates.items()
            for per, item in limits.items()
        ],
        [_caller(one) for one in found.limited[:MOST_LIMITED_SHOWN]],
        found.complete and len(found.limited) <= MOST_LIMITED_SHOWN,
    )


def _caller(one: limited_callers.Limited) -> LimitedCaller:
    who = one.who[:SHOWN_OF_TOKEN] if one.per is Per.TOKEN else one.who
    account_id = UUID(one.who) if one.per is Per.ACCOUNT else None
    return LimitedCaller(one.cost, one.per, who, account_id, one.wait)


ROUTES: Final[list[Any]] = [get_settings, get_rate_limits]
