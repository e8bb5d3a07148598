"""Which engines there are, by name: what each can do, and the models of those that are paid. Only their own packages know them besides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from realstaging.engines.brief import RoomType, Style
from realstaging.engines.engine import Abilities, Engine
from realstaging.engines.local.abilities import abilities as of_local
from realstaging.engines.local.planned import Plan
from realstaging.engines.paid import Models
from realstaging.engines.replicate import offered
from realstaging.engines.replicate.abilities import abilities as of_replicate

__all__ = ["DECLARED", "DEFAULT", "MODELS", "PAID", "Plan", "abilities", "describe", "label", "running"]

DECLARED: Final[Mapping[str, Callable[[], Abilities]]] = {"local": of_local, "replicate": of_replicate}
DEFAULT: Final = "local"
"""Who stages where nobody is named."""
MODELS: Final[Models] = offered
"""Those of the one engine that is paid."""
PAID: Final = "replicate"
"""That engine."""


def running(held: Mapping[str, object]) -> Mapping[str, Engine]:
    """The engines of a platform, as what they are: `wiring` puts nothing else there."""
    return cast("Mapping[str, Engine]", held)


def abilities(name: str) -> Abilities | None:
    """What an engine says of itself, whether or not it is running here; None where there is none of this name."""
    return DECLARED[name]() if name in DECLARED else None


def describe(engines: Mapping[str, Engine]) -> dict[str, Any]:
    """Engines with what they take, and every room type and style with its label. A simulation says that it is one.

    ``instructions``: in words (``wishes`` before release 0.2; told until 0.3). ``plans``: gives plans, and takes them back edited, as it takes corrections of the room reading.
    """
    return {
        "engines": [_described(name, engines[name].can) for name in sorted(engines)],
        "room_types": [{"name": room, "label": label(room)} for room in RoomType],
        "styles": [{"name": style, "label": label(style)} for style in Style],
    }


def _described(name: str, can: Abilities) -> dict[str, Any]:
    return {
        "name": name,
        "label": label(name) + (" (simulation)" if can.simulated else ""),
        "room_types": [room for room in RoomType if can.stages(room, None)],
        "operations": can.operations,
        "instructions": can.instructions,
        "wishes": can.instructions,
        "plans": can.plans,
    }


def label(word: str) -> str:
    """A catalogue word as people read it: ``living_room`` is "Living room"."""
    return word.replace("_", " ").replace("mid century", "mid-century").capitalize()
