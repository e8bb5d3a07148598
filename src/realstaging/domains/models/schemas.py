"""Wire shapes of the models operators set up."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Final

import msgspec

from realstaging.fidelity.report import Operation
from realstaging.kit import bounds

ONCE_EACH: Final = {"uniqueItems": True}
"""Checked by `engines.paid.Models`; told here."""


class ModelChain(msgspec.Struct, frozen=True):
    """The models asked, in this order. Without an author it is the one of the setting REPLICATE_MODELS."""

    models: list[str]
    author: str | None = None
    set_at: datetime | None = None


class ModelSettings(msgspec.Struct, frozen=True):
    """A model, what may be set for it (JSON Schema by name), and what is. Of secrets only the names are told."""

    id: str
    name: str
    price_usd: Decimal
    price_confidence: str
    operations: list[Operation]
    accepts: dict[str, dict[str, Any]]
    configuration: dict[str, Any]
    secrets: list[str]
    author: str | None
    set_at: datetime | None


class ModelsInForce(msgspec.Struct, frozen=True):
    chain: ModelChain
    models: list[ModelSettings]


class ModelChecked(msgspec.Struct, frozen=True):
    """A model held against what its provider publishes of it; no differences: it is as we know it."""

    id: str
    differences: list[str]


class ModelsChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be in force from now on; what is left out stays.

    A model's configuration replaces the one before, except that a secret not named is kept; null takes a value away.
    """

    chain: (
        Annotated[list[bounds.Word], msgspec.Meta(min_length=1, max_length=10, extra_json_schema=ONCE_EACH)] | None
    ) = None
    configurations: Annotated[dict[bounds.Word, bounds.Values], msgspec.Meta(max_length=bounds.MOST_ENTRIES)] = {}
