"""A piece with its place, while a plan is being made."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from realstaging.engines.brief import RoomType, Style
from realstaging.engines.local.furniture import Piece, categories
from realstaging.engines.local.layout.footprint import Footprint
from realstaging.engines.local.layout.space import Line

ANYWHERE = frozenset(
    (
        "rug",
        "plant",
        "plant_small",
        "art",
        "mirror",
        "decor",
        "floor_lamp",
        "curtain",
        "bookshelf",
    )
)
"""Categories that suit every room people live in, whatever such room a piece was made for."""
OF_THEIR_OWN = frozenset((RoomType.OUTDOOR, RoomType.KITCHEN, RoomType.BATHROOM))
"""Rooms that take only what was made for them: what stands there gets wet, and belongs nowhere else."""
LYING = frozenset(("rug", "bath_mat"))
"""Categories that lie on the floor: one walks over them."""
TABLES = frozenset(("dining_table", "outdoor_dining_table"))
CHAIRS = frozenset(("dining_chair", "outdoor_dining_chair"))
"""Categories of what people sit at to eat, and on."""
ARMCHAIRS = frozenset(("armchair", "accent_chair"))
SEEDS_PER_PIECE = 4
"""Variants of one piece: more would be rendered no differently and would never be found ready built."""


@dataclass(frozen=True)
class Spot:
    """A piece placed: metres and radians as in ``Placed``."""

    piece: Piece
    x: float
    y: float
    rotation: float
    z: float = 0.0
    weight: float = 1.0
    """What it adds to a plan when it is seen well."""
    seed: int = 0
    apart: bool = False
    """Whether it shares its floor with nothing, neither a rug with what stands on it nor the other way: it is of another group."""

    @property
    def floor(self) -> Footprint:
        """The floor it covers, or hangs above."""
        return Footprint(self.x, self.y, self.piece.width, self.piece.depth, self.rotation)

    @property
    def stands(self) -> bool:
        """Whether it takes up floor: rugs lie beneath other pieces, the rest hangs or stands on top."""
        return self.piece.mount == "floor" and not self.lies

    @property
    def lies(self) -> bool:
        """Whether one walks over it: rugs and mats."""
        return self.piece.category in LYING

    def moved(self, x: float, y: float) -> Spot:
        """The same piece elsewhere."""
        return replace(self, x=x, y=y)


@dataclass(frozen=True)
class Group:
    """Pieces that belong together; without those that are ``needed`` there is no group."""

    needed: tuple[Spot, ...]
    wanted: tuple[Spot, ...]
    line: Line | None = None

    @property
    def anchor(self) -> Spot:
        """The piece everything else is placed by."""
        return self.needed[0]


class Choice:
    """The pieces that suit a room and a style, drawn with a seed."""

    def __init__(self, pieces: tuple[Piece, ...], room_type: RoomType, style: Style, seed: int) -> None:
        self.pieces = pieces
        self._drawn = f"{room_type}:{style}:{seed}"
        self._rng = random.Random(self._drawn)
        self._suitable = [
            p for p in pieces if style in p.styles and (room_type in p.room_types or _lived_with(p, room_type))
        ]
        # Large rooms borrow from other rooms for a second zone.
        self._borrowed = [p for p in pieces if style in p.styles and not p.room_types <= OF_THEIR_OWN]

    def all(
        self, category: str, fits: Callable[[Piece], bool] = lambda _: True, *, borrow: bool = False
    ) -> list[Piece]:
        """Pieces of a category in an order of the seed's own. Raises KeyError for what is no category."""
        if category not in categories():
            raise KeyError(category)
        found = [p for p in (self._borrowed if borrow else self._suitable) if p.category == category and fits(p)]
        # Each category by itself: how a search goes in one photo of a room changes nothing of what stands in the next.
        random.Random(f"{self._drawn}:{category}").shuffle(found)
        return found

    def one(
        self, *categories: str, fits: Callable[[Piece], bool] = lambda _: True, borrow: bool = False
    ) -> Piece | None:
        """One piece of the first category that has any."""
        for category in categories:
            if found := self.all(category, fits, borrow=borrow):
                return found[0]
        return None

    def seed(self) -> int:
        """A seed for one piece's own variation."""
        return self._rng.randrange(SEEDS_PER_PIECE)

    def happens(self, share: float) -> bool:
        """True in about ``share`` of the seeds."""
        return self._rng.random() < share


def _lived_with(piece: Piece, room_type: RoomType) -> bool:
    if room_type is RoomType.DINING_ROOM and piece.category == "dining_table" and RoomType.KITCHEN in piece.room_types:
        # The small tables of kitchens do for small dining rooms.
        return True
    return piece.category in ANYWHERE and not OF_THEIR_OWN & {room_type, *piece.room_types}


def against(
    line: Line, piece: Piece, along: float, gap: float = 0.03, weight: float = 1.0, seed: int = 0, z: float = 0.0
) -> Spot:
    """A piece with its back to a wall, ``gap`` metres from it."""
    x, y = line.at(along, gap + piece.depth / 2)
    return Spot(piece, x, y, line.rotation, z, weight, seed)


def facing(line: Line, piece: Piece, along: float, out: float, turn: float, weight: float = 1.0, seed: int = 0) -> Spot:
    """A piece out in the room, turned ``turn`` radians from the way the line's own pieces face."""
    x, y = line.at(along, out)
    return Spot(piece, x, y, line.rotation + turn, 0.0, weight, seed)
