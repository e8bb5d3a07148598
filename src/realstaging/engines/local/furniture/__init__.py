"""What the renderer can build, as data: its own catalogue, written by `python -m realstaging_render.pieces`."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from realstaging.engines.brief import RoomType, Style


class Piece(msgspec.Struct, frozen=True):
    """A piece of furniture. Sizes in metres, outermost."""

    name: str
    category: str
    label: str
    width: float
    depth: float
    height: float
    room_types: frozenset[RoomType]
    styles: frozenset[Style]
    mount: Literal["floor", "wall", "ceiling", "surface"] = "floor"
    seats: int = 0
    on: str | None = None
    """The category it stands on."""


@cache
def pieces() -> tuple[Piece, ...]:
    """The whole catalogue, sorted by name."""
    data = resources.files(__package__).joinpath("catalog.json").read_bytes()
    return tuple(msgspec.json.decode(data, type=list[Piece]))
