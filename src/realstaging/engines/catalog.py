"""What can be asked for: which engine stages which rooms in which styles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from realstaging.engines.brief import Engine, RoomType, Style
from realstaging.engines.local.furniture import furnishes
from realstaging.fidelity.report import Operation

COMPUTE: Final = frozenset({"local"})
"""Engines that compute on this machine's cores: they add furniture of their own catalogue, by plans that can be edited."""


def supports(engine: str, room_type: RoomType, style: Style | None) -> bool:
    """Whether an engine stages this kind of room in this style; without a style, whether it works on such rooms at all."""
    if engine == "replicate":
        return True
    return engine == "local" and (
        furnishes(room_type, style) if style else any(furnishes(room_type, each) for each in Style)
    )


def operations(engine: str) -> tuple[Operation, ...]:
    """What an engine does with a photo. Those that compute cannot tell what is behind the things in a room."""
    return (Operation.STAGE,) if engine in COMPUTE else tuple(Operation)


def describe(engines: Mapping[str, Engine]) -> dict[str, Any]:
    """Engines with what they take, and every room type and style with its label. A simulation says that it is one.

    ``wishes``: in words. ``plans``: gives plans, and takes them back edited, as it takes corrections of the room reading.
    """
    return {
        "engines": [
            {
                "name": name,
                "label": label(name) + (" (simulation)" if getattr(engines[name], "simulated", False) else ""),
                "room_types": [room for room in RoomType if supports(name, room, None)],
                "operations": operations(name),
                "wishes": name not in COMPUTE,
                "plans": name in COMPUTE,
            }
            for name in sorted(engines)
        ],
        "room_types": [{"name": room, "label": label(room)} for room in RoomType],
        "styles": [{"name": style, "label": label(style)} for style in Style],
    }


def label(word: str) -> str:
    """A catalogue word as people read it: ``living_room`` is "Living room"."""
    return word.replace("_", " ").replace("mid century", "mid-century").capitalize()
