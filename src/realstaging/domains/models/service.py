"""Use cases of operators: choose the models, set each up. A staging keeps what was in force when it was requested."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import msgspec
import structlog

from realstaging.domains.attempts.service import paid_side
from realstaging.domains.models import store
from realstaging.domains.models.schemas import ModelChain, ModelSettings
from realstaging.domains.models.schemas import ModelChecked as ModelChecked
from realstaging.domains.models.schemas import ModelsChange as ModelsChange
from realstaging.domains.models.schemas import ModelsInForce as ModelsInForce
from realstaging.engines import catalog
from realstaging.engines.catalog import MODELS
from realstaging.engines.paid import Chain, Chosen, Offer
from realstaging.kit.errors import Conflict
from realstaging.kit.keyring import KeyRing
from realstaging.kit.sealing import Sealer
from realstaging.runtime.platform import Platform
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work

log = structlog.get_logger()

PURPOSE: Final = "model settings"
LONGEST_CHECK: Final = 20.0
"""Seconds that a provider may take to say what it publishes of a model."""


def sealer(keys: KeyRing) -> Sealer:
    return Sealer(keys, PURPOSE)


async def in_force(platform: Platform, default: Chain | None = None) -> ModelsInForce:
    """What is asked and how. ``default``: the chain where none was ever set and this process has no engine."""
    row = await store.chain(platform.database)
    rows = await store.newest(platform.database)
    paid = paid_side(platform)
    fallback = default or (paid.chain if paid else None)
    return ModelsInForce(
        chain=ModelChain(_names(row.chain), row.author, row.created_at)
        if row
        else ModelChain(_names(fallback) if fallback else []),
        models=[_shown(offer, rows.get(offer.id)) for offer in MODELS.offers()],
    )


def _names(chain: Chain) -> list[str]:
    return [chosen.model for chosen in chain.models]


def _shown(offer: Offer, row: store.SetModel | None) -> ModelSettings:
    return ModelSettings(
        id=offer.id,
        name=offer.name,
        price_usd=offer.price_usd,
        price_confidence=offer.price_confidence,
        operations=list(offer.operations),
        accepts=offer.accepts,
        configuration=row.configuration if row else {},
        secrets=sorted(row.secrets) if row else [],
        author=row.author if row else None,
        set_at=row.created_at if row else None,
    )


async def check(platform: Platform, name: str) -> ModelChecked:
    """Hold a model against what its provider publishes. NotFound; Conflict where this process asks no provider."""
    offer = MODELS.offer(name)
    paid = paid_side(platform)
    if paid is None:
        raise Conflict("No provider is asked here. Set REPLICATE_API_TOKEN, then check again.")
    async with asyncio.timeout(LONGEST_CHECK):
        return ModelChecked(offer.id, await paid.differences(offer.id))


async def change(work: Work, asked: ModelsChange, author: str) -> None:
    """All of it or nothing: InvalidInput with every mistake of a model, NotFound for one that does not exist."""
    await store.lock(work.connection)
    before = await store.newest(work.connection)
    seal = sealer(work.platform.keys)
    for name, given in asked.configurations.items():
        offer = MODELS.offer(name)
        kept = before[name].secrets if name in before else {}
        configuration, secrets = _parted(offer, given)
        given_now = {key: text for key, text in secrets.items() if text is not None}
        MODELS.check_settings(name, {**configuration, **given_now})
        sealed = {key: seal.seal(text) for key, text in given_now.items()}
        kept = {key: value for key, value in kept.items() if key not in secrets}
        await store.put(work.connection, name, configuration, kept | sealed, author)
    if asked.chain is not None:
        chain = MODELS.check_chain(Chain(tuple(Chosen(name) for name in asked.chain)))
        await store.put_chain(work.connection, msgspec.to_builtins(chain), author)
    work.record(
        None,
        Action.MODELS_CHANGED,
        None,
        author=author,
        chain=asked.chain if asked.chain is None else list(asked.chain),
        configured=sorted(asked.configurations),
    )
    log.info("models_changed", chain=asked.chain, configured=sorted(asked.configurations))


def _parted(offer: Offer, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What may be shown (nulls left out), and the secrets among it (nulls kept: they take one away)."""
    secret = offer.secrets & given.keys()
    shown = {name: value for name, value in given.items() if name not in secret and value is not None}
    return shown, {name: given[name] for name in secret}


async def reseal(work: Work) -> int:
    """A new version of every model's settings whose secrets another key sealed; returns how many. Versions no longer in force stay.

    SealBroken where the ring has no key for one.
    """
    seal = sealer(work.platform.keys)
    await store.lock(work.connection)
    rows = [row for row in (await store.newest(work.connection)).values() if row.secrets]
    for row in rows:
        renewed = {name: seal.renew(secret) for name, secret in row.secrets.items()}
        await store.put(work.connection, row.model, row.configuration, renewed, row.author)
    return len(rows)


def resealed(keys: KeyRing, settings: Mapping[str, Any]) -> dict[str, Any]:
    """What a staging keeps of the settings it was requested with, its secrets sealed with the key in force."""
    seal = sealer(keys)
    chain = msgspec.convert(settings, Chain)
    renewed = [
        msgspec.structs.replace(chosen, secrets={name: seal.renew(secret) for name, secret in chosen.secrets.items()})
        for chosen in chain.models
    ]
    kept: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(chain, models=tuple(renewed)))
    return kept


async def settings_of(work: Work, engine: str) -> dict[str, Any] | None:
    """How an engine is set up now, to be kept with a staging that is requested now. Secrets stay sealed."""
    paid = catalog.running(work.platform.engines)[engine].paid
    if paid is None:
        return None
    row = await store.chain(work.connection)
    chain = row.chain if row else paid.chain
    rows = await store.newest(work.connection)
    set_up = msgspec.structs.replace(chain, models=tuple(_set_up(chosen, rows) for chosen in chain.models))
    settings: dict[str, Any] = msgspec.to_builtins(set_up)
    return settings


def _set_up(chosen: Chosen, rows: Mapping[str, store.SetModel]) -> Chosen:
    row = rows.get(chosen.model)
    return Chosen(chosen.model, row.configuration, row.secrets) if row else chosen
