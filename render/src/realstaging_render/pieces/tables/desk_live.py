"""A desk of one live-edge slab on two frames of sticks."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.desk_things import worked_at
from realstaging_render.pieces.tables.outlined import live_edge, plate
from realstaging_render.shapes import Builder

STYLES = ("bohemian",)
PIECE = Piece("desk_live", "desk", "Live-edge desk", 1.45, 0.68, 0.75, ("office", "kids_room"), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    stick, rail = materials.wood(look.wood, "Z"), materials.wood(look.wood, "Y")
    plate(builder, live_edge(0.725, 0.34), 0.7, 0.05, materials.wood(look.wood, "X", 0.5), 0.012)
    for x in (-0.5, 0.5):
        for y in (-1, 1):
            builder.rod((x * 1.16, y * 0.27, 0), (x, y * 0.19, 0.705), 0.014, stick, 0.023)
        builder.rod((x * 1.13, -0.25, 0.16), (x * 1.13, 0.25, 0.16), 0.012, rail)
        builder.box((0.06, 0.46, 0.03), (x, 0, 0.672), rail, 0.006)
    builder.rod((-0.56, 0.0, 0.16), (0.56, 0.0, 0.16), 0.013, materials.wood(look.wood, "X"))
    worked_at(builder, look, rng, 0.66, 0.75)
