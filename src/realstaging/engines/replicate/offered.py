"""Our models, as those who set them up see them (`engines.paid.Models`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from realstaging.engines.paid import Chain, Offer
from realstaging.engines.replicate import choice, families, models
from realstaging.engines.replicate.models import Model


def offers() -> Sequence[Offer]:
    return [_offer(model) for model in models.catalogue().values()]


def offer(name: str) -> Offer:
    return _offer(models.find(name))


def check_settings(name: str, settings: Mapping[str, Any]) -> None:
    families.allowed(models.find(name), settings)


def check_chain(chain: Chain) -> Chain:
    return choice.check(chain)


def _offer(model: Model) -> Offer:
    return Offer(
        id=model.id,
        name=model.name,
        price_usd=model.price.usd,
        price_confidence=model.price.confidence,
        operations=model.does.operations,
        accepts={name: rule for name, rule in model.input.properties.items() if name not in families.FIXED},
        secrets=model.secrets,
    )
