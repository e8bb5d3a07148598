"""A slab cut along the trunk, its edges as they grew, on four splayed legs."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books, bowl
from realstaging_render.pieces.tables.outlined import live_edge, plate
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "scandinavian")
PIECE = Piece(
    "coffee_live", "coffee_table", "Live-edge coffee table", 1.2, 0.62, 0.4, ("living_room",), STYLES, laden=True
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    plate(builder, live_edge(0.6, 0.31), 0.345, 0.055, materials.wood(look.wood, "X", 0.5), 0.012)
    leg = materials.wood(look.wood, "Z")
    for x, y in ((-0.4, -0.13), (-0.4, 0.13), (0.4, -0.13), (0.4, 0.13)):
        builder.rod((x * 1.14, y * 1.45, 0), (x, y, 0.35), 0.014, leg, 0.026)
    books(builder, look, rng, (-0.26, 0.0, 0.4), 3)
    bowl(builder, look, (0.22, 0.02, 0.4), 0.14)
