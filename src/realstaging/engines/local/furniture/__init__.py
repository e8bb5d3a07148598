"""What the renderer can build, as data: its own catalogue, written by `python -m realstaging_render.pieces`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final, Literal

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
    foot: tuple[float, float] | None = None
    """What it covers of the floor (width, depth), where that is much less than its outline: others may stand beneath it."""
    joins: Literal["left", "right"] | None = None
    """The side, seen from before it, on which it stands flush with another that joins on its other side."""
    laden: bool = False
    """Whether things stand on its top already."""


class Catalogue(msgspec.Struct, frozen=True):
    """What the renderer can build."""

    categories: dict[str, str]
    """Every category there is, each with what it means: layouts ask for these only, and each has a piece."""
    pieces: tuple[Piece, ...]


NEEDED: Final[Mapping[RoomType, tuple[tuple[str, ...], ...]]] = {
    RoomType.LIVING_ROOM: (("sofa", "sectional"), ("coffee_table", "pouf")),
    RoomType.BEDROOM: (("bed",), ("nightstand", "side_table")),
    RoomType.DINING_ROOM: (("dining_table",), ("dining_chair",)),
    RoomType.OFFICE: (("desk",), ("office_chair", "dining_chair")),
    RoomType.KIDS_ROOM: (("kids_bed",), ("toy_storage",)),
    RoomType.ENTRYWAY: (("console_table", "bench"),),
    RoomType.OUTDOOR: (("outdoor_sofa", "outdoor_chair"), ("outdoor_table",)),
    RoomType.KITCHEN: (("rug", "dining_table"),),
    RoomType.BATHROOM: (("bath_mat",),),
}
"""The rooms that can be furnished, each with what it cannot be without: of each tuple one category is enough."""


@cache
def furnishes(room_type: RoomType, style: Style) -> bool:
    """Whether the catalogue has what this room needs in this style."""
    there = {piece.category for piece in pieces() if room_type in piece.room_types and style in piece.styles}
    wanted = NEEDED.get(room_type)
    return wanted is not None and all(there & set(options) for options in wanted)


def pieces() -> tuple[Piece, ...]:
    """All pieces, sorted by name."""
    return _catalogue().pieces


@cache
def categories() -> frozenset[str]:
    """The closed vocabulary of categories."""
    return frozenset(_catalogue().categories)


@cache
def _catalogue() -> Catalogue:
    data = resources.files(__package__).joinpath("catalog.json").read_bytes()
    return msgspec.json.decode(data, type=Catalogue)
