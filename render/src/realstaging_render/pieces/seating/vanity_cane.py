"""An hourglass of canes."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.vanity import hourglass
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal", "farmhouse", "scandinavian")
PIECE = Piece("vanity_cane", "vanity_stool", "Rattan stool", 0.4, 0.4, 0.45, ("bathroom", "bedroom"), STYLES, seats=1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    hourglass(builder, look)
