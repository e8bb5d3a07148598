"""What can be asked for: which engine stages which rooms in which styles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from realstaging.engines.brief import Engine, RoomType, Style

ROOMS_OF_ENGINE: Final[dict[str, frozenset[RoomType]]] = {
    "local": frozenset({RoomType.LIVING_ROOM, RoomType.BEDROOM}),
    "replicate": frozenset(RoomType),
}


def supports(engine: str, room_type: RoomType, style: Style) -> bool:  # noqa: ARG001 - every style suits every room so far
    """Whether an engine stages this kind of room in this style."""
    return room_type in ROOMS_OF_ENGINE.get(engine, frozenset())


def describe(engines: Mapping[str, Engine]) -> dict[str, Any]:
    """Engines with their rooms, and every room type and style with its label. A simulation says that it is one."""
    return {
        "engines": [
            {
                "name": name,
                "label": label(name) + (" (simulation)" if getattr(engines[name], "simulated", False) else ""),
                "room_types": [room for room in RoomType if room in ROOMS_OF_ENGINE.get(name, frozenset())],
            }
            for name in sorted(engines)
        ],
        "room_types": [{"name": room, "label": label(room)} for room in RoomType],
        "styles": [{"name": style, "label": label(style)} for style in Style],
    }


def label(word: str) -> str:
    """A catalogue word as people read it: ``living_room`` is "Living room"."""
    return word.replace("_", " ").replace("mid century", "mid-century").capitalize()
