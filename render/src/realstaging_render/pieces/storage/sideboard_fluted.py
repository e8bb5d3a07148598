"""A sideboard with rounded ends, fluted all round, on a metal plinth and under a stone top."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.slabs import slab
from realstaging_render.shapes import Builder

STYLES = ("luxury", "contemporary", "modern")
PIECE = Piece(
    "sideboard_fluted", "sideboard", "Fluted sideboard", 1.7, 0.46, 0.8, ("dining_room", "living_room"), STYLES
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    brass, timber = materials.metal(look.metal, 0.24), materials.wood(look.wood, "Z", 0.3)
    stone = materials.marble((0.72, 0.7, 0.67), (0.3, 0.29, 0.28))
    slab(builder, 0.78, 0.17, 0.0, 0.07, brass)
    slab(builder, 0.82, 0.2, 0.07, 0.7, timber, flutes=0.006)
    slab(builder, 0.825, 0.205, 0.762, 0.006, brass)
    slab(builder, 0.85, 0.23, 0.768, 0.032, stone)
