"""How each family of models wants its input. Pure: a request in, a checked input out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from realstaging.engines.replicate import models
from realstaging.engines.replicate.models import Model
from realstaging.kit.errors import InvalidInput

ENOUGH_FOR_2K: Final = 2400
"""Pixels of the long side up to which Seedream's 2K loses nothing that is seen."""


class ModelRequest(msgspec.Struct, frozen=True):
    """What every family is asked for. ``picture`` and ``references`` are addresses (https or data); sizes in pixels."""

    prompt: str
    picture: str
    width: int
    height: int
    ratio: str = "match_input_image"
    references: tuple[str, ...] = ()
    seed: int | None = None


Adapter = Callable[[Model, ModelRequest], dict[str, Any]]


def _qwen_edit(_: Model, asked: ModelRequest) -> dict[str, Any]:
    return {"image": asked.picture, "aspect_ratio": asked.ratio, "output_format": "png", "go_fast": False}


def _qwen_edit_plus(_: Model, asked: ModelRequest) -> dict[str, Any]:
    pictures = [asked.picture, *asked.references]
    return {"image": pictures, "aspect_ratio": asked.ratio, "output_format": "png", "go_fast": False}


def _flux_kontext(_: Model, asked: ModelRequest) -> dict[str, Any]:
    # With a picture given, a tolerance above 2 is refused.
    return {
        "input_image": asked.picture,
        "aspect_ratio": asked.ratio,
        "output_format": "png",
        "safety_tolerance": 2,
        "prompt_upsampling": False,
    }


def _flux_2(_: Model, asked: ModelRequest) -> dict[str, Any]:
    return {
        "input_images": [asked.picture, *asked.references],
        "aspect_ratio": asked.ratio,
        "resolution": "match_input_image",
        "output_format": "png",
    }


def _seedream(_: Model, asked: ModelRequest) -> dict[str, Any]:
    size = "4K" if max(asked.width, asked.height) > ENOUGH_FOR_2K else "2K"
    return {
        "image_input": [asked.picture, *asked.references],
        "size": size,
        "aspect_ratio": asked.ratio,
        # More pictures than one would be paid and thrown away.
        "sequential_image_generation": "disabled",
        "max_images": 1,
    }


def _nano_banana(model: Model, asked: ModelRequest) -> dict[str, Any]:
    given: dict[str, Any] = {
        "image_input": [asked.picture, *asked.references],
        "aspect_ratio": asked.ratio,
        "output_format": "png",
    }
    if "resolution" in model.input.properties:
        given["resolution"] = "2K"
    return given


def _gpt_image(_: Model, asked: ModelRequest) -> dict[str, Any]:
    return {
        "input_images": [asked.picture, *asked.references],
        "aspect_ratio": asked.ratio,
        "quality": "high",
        "input_fidelity": "high",
        "background": "opaque",
        "output_format": "png",
        "number_of_images": 1,
    }


FAMILIES: Final[Mapping[str, Adapter]] = {
    "qwen_edit": _qwen_edit,
    "qwen_edit_plus": _qwen_edit_plus,
    "flux_kontext": _flux_kontext,
    "flux_2": _flux_2,
    "seedream": _seedream,
    "nano_banana": _nano_banana,
    "gpt_image": _gpt_image,
}
# What decides the house, the size or how often we pay is ours to say, never a setting.
FIXED: Final = frozenset(
    {"prompt", "image", "input_image", "input_images", "image_input", "aspect_ratio", "seed", "width", "height"}
    | {"max_images", "number_of_images", "sequential_image_generation"}
)

_EMPTY: Final[Mapping[str, Any]] = {"string": "", "array": []}


def model_input(model: Model, asked: ModelRequest, settings: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The input of one prediction, checked against the model's schema. ``settings`` change what an admin may change."""
    if len(asked.references) > model.does.references:
        raise InvalidInput(f"{model.id} takes at most {model.does.references} reference pictures.")
    given = {"prompt": asked.prompt, **FAMILIES[model.family](model, asked)}
    if model.does.seed and asked.seed is not None:
        given["seed"] = asked.seed
    given |= allowed(model, settings or {})
    models.check(model, given)
    return given


def allowed(model: Model, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings an admin may give a model, or InvalidInput for one that is fixed or not of its schema."""
    fixed = sorted(FIXED & settings.keys())
    if fixed:
        raise InvalidInput(f"{model.id}: {', '.join(fixed)} cannot be set.", model=model.id)
    ours = {name: _EMPTY[model.input.properties[name]["type"]] for name in model.input.required}
    models.check(model, {**ours, **settings})
    return dict(settings)
