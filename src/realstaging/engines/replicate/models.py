"""Which models there are: what each can do, what it takes, what it costs. Data, one file a model, in ``catalogue/``.

Prices move: each has the date it was read and how far it can be trusted. What Replicate bills by its metrics wins over them
(`Prediction.cost`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, Literal

import msgspec

from realstaging.engines.brief import RoomType
from realstaging.fidelity.report import Operation
from realstaging.kit.errors import InvalidInput, NotFound

MICRO = 1_000_000


class Price(msgspec.Struct, frozen=True):
    """US dollars for one picture. ``confidence``: read from Replicate (published), from another seller, or assumed by us."""

    usd: Decimal
    per: Literal["output"]
    confidence: Literal["published", "second_hand", "assumed"]
    source: str
    read: date

    @property
    def micro(self) -> int:
        """Millionths of a dollar."""
        return int(self.usd * MICRO)


class Size(msgspec.Struct, frozen=True):
    """How large a model answers: in the photo's own ratio, or only in ``ratios``; at most about ``megapixels``."""

    matches_input: bool
    ratios: tuple[str, ...]
    megapixels: float


class Does(msgspec.Struct, frozen=True):
    """What a model can: operations, room types, how many reference pictures besides the photo, whether it takes a seed."""

    operations: tuple[Operation, ...]
    references: int
    seed: bool
    rooms: tuple[RoomType, ...] = tuple(RoomType)


class Schema(msgspec.Struct, frozen=True):
    """The part of JSON Schema that Replicate's models describe their input with."""

    required: tuple[str, ...]
    properties: dict[str, dict[str, Any]]


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One model. ``version`` pins it; official models have a stable interface and none."""

    id: str
    name: str
    family: str
    official: bool
    version: str | None
    price: Price
    size: Size
    does: Does
    typical_seconds: float
    output: Literal["uri", "uris"]
    input: Schema

    @property
    def secrets(self) -> frozenset[str]:
        """The inputs that nobody may read again, such as a key for the model's own provider."""
        return frozenset(name for name, rule in self.input.properties.items() if rule.get("format") == "password")


@cache
def catalogue() -> Mapping[str, Model]:
    """Every model by its id."""
    folder = resources.files(__package__) / "catalogue"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".json")), key=lambda file: file.name)
    models = (msgspec.json.decode(file.read_bytes(), type=Model) for file in files)
    return {model.id: model for model in models}


def find(model_id: str) -> Model:
    """The model, or NotFound."""
    model = catalogue().get(model_id)
    if model is None:
        raise NotFound(f"There is no model {model_id}. There are: {', '.join(catalogue())}.")
    return model


def check(model: Model, given: Mapping[str, Any]) -> None:
    """InvalidInput with every mistake in an input, by the model's schema."""
    wrong = [f"{name} is required" for name in model.input.required if name not in given]
    for name, value in given.items():
        rule = model.input.properties.get(name)
        wrong += [f"{name} is not known"] if rule is None else _mistakes(name, value, rule)
    if wrong:
        raise InvalidInput(f"{model.id}: {'; '.join(wrong)}.", model=model.id, mistakes=wrong)


_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
}


def _mistakes(name: str, value: Any, rule: dict[str, Any]) -> list[str]:
    kind = str(rule["type"])
    fits = isinstance(value, _KINDS[kind]) and (kind == "boolean" or not isinstance(value, bool))
    if not fits:
        return [f"{name} must be of type {kind}"]
    wrong = []
    if "enum" in rule and value not in rule["enum"]:
        wrong.append(f"{name} must be one of {', '.join(rule['enum'])}")
    if "minimum" in rule and value < rule["minimum"]:
        wrong.append(f"{name} must be at least {rule['minimum']}")
    if "maximum" in rule and value > rule["maximum"]:
        wrong.append(f"{name} must be at most {rule['maximum']}")
    if "maxItems" in rule and len(value) > rule["maxItems"]:
        wrong.append(f"{name} must have at most {rule['maxItems']} items")
    return wrong


def openapi(model: Model) -> dict[str, Any]:
    """The model's input as the OpenAPI document Replicate publishes holds it: what the stand-in serves."""
    required, properties = list(model.input.required), model.input.properties
    return {"components": {"schemas": {"Input": {"type": "object", "required": required, "properties": properties}}}}


def differences(model: Model, published: Mapping[str, Any]) -> list[str]:
    """What Replicate publishes (an ``openapi_schema``) and our catalogue says otherwise, one sentence each."""
    schemas = published["components"]["schemas"]
    theirs = schemas["Input"]
    found = [
        f"{name}: they require it, we do not" for name in theirs.get("required", []) if name not in model.input.required
    ]
    for name, ours in model.input.properties.items():
        rule = theirs["properties"].get(name)
        if rule is None:
            found.append(f"{name}: gone")
            continue
        rule = _resolved(rule, schemas)
        found += [
            f"{name}: {word} is {rule.get(word)}, we say {ours[word]}"
            for word in ("type", "minimum", "maximum", "enum", "default")
            if word in ours and rule.get(word) != ours[word]
        ]
    return found


def _resolved(rule: dict[str, Any], schemas: Mapping[str, Any]) -> dict[str, Any]:
    """Replicate puts choices apart: ``{"allOf": [{"$ref": "#/components/schemas/aspect_ratio"}], "default": …}``."""
    for part in rule.get("allOf", []):
        if "$ref" in part:
            return {**schemas[part["$ref"].rpartition("/")[2]], **rule}
    return rule
