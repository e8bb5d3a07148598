"""A small round side table."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "scandinavian")
PIECE = Piece("side_round", "side_table", "Side table", 0.46, 0.46, 0.54, ("living_room", "bedroom"), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    stem = materials.metal(look.metal) if look.legs == "metal" else materials.wood(look.wood, "Z")
    builder.lathe([(0.15, 0), (0.15, 0.012), (0.02, 0.022), (0.018, 0.5), (0.03, 0.51)], (0, 0, 0), stem)
    builder.lathe(
        [(0.22, 0), (0.23, 0.006), (0.23, 0.024), (0.225, 0.03), (0.02, 0.03)],
        (0, 0, 0.51),
        materials.wood(look.wood, "X"),
    )
