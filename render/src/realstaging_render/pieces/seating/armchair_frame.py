"""A lounge chair: a wooden frame with two cushions."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "mid_century", "bohemian", "coastal", "farmhouse")
PIECE = Piece(
    "armchair_frame", "accent_chair", "Lounge chair", 0.72, 0.8, 0.78, ("living_room", "bedroom"), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    timber = materials.wood(look.wood, "Z") if look.legs == "wood" else materials.metal(look.metal)
    rail = materials.wood(look.wood, "Y") if look.legs == "wood" else materials.metal(look.metal)
    cloth = materials.fabric(look.second)
    for side in (-1, 1):
        x = side * (PIECE.width / 2 - 0.025)
        builder.rod((x, -0.36, 0), (x, -0.34, 0.58), 0.016, timber, 0.02)
        builder.rod((x, 0.36, 0), (x, 0.3, 0.58), 0.016, timber, 0.02)
        builder.box((0.05, PIECE.depth - 0.02, 0.03), (x, 0, 0.57), rail, 0.014)
        builder.box((0.03, 0.66, 0.045), (x, 0, 0.27), rail, 0.01)
    for y in (-0.3, 0.26):
        builder.box((PIECE.width - 0.05, 0.03, 0.045), (0, y, 0.27), timber, 0.01)
    builder.cushion((0.62, 0.64, 0.15), (0, -0.06, 0.31), cloth, plump=0.2, rng=rng)
    builder.cushion((0.62, 0.5, 0.14), (0, 0.25, 0.45), cloth, plump=0.25, tilt=(70, 0, 0), rng=rng)
    builder.cushion(
        (0.4, 0.3, 0.14), (0, 0.1, 0.47), materials.fabric(look.accent), plump=0.6, tilt=(64, 0, 4), rng=rng
    )
