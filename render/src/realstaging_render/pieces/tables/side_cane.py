"""A drum wrapped in cane between two wooden rims."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.drums import cane_drum
from realstaging_render.shapes import Builder

STYLES = ("coastal", "bohemian")
PIECE = Piece("side_cane", "side_table", "Cane drum side table", 0.44, 0.44, 0.52, ("living_room", "bedroom"), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    cane_drum(builder, look, 0.22, 0.52)
