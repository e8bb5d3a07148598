"""A velvet dining chair with a low round back sewn in rolls."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.chairs import splayed_legs
from realstaging_render.pieces.seating.swivel import padded_arc
from realstaging_render.shapes import Builder

STYLES = ("luxury", "contemporary", "modern", "bohemian", "mid_century")
PIECE = Piece("chair_velvet", "dining_chair", "Velvet chair", 0.56, 0.55, 0.8, ("dining_room",), STYLES, seats=1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    velvet = materials.fabric(look.second, 1400, 0.1)
    leg = materials.metal(look.metal, 0.24) if look.legs == "metal" else materials.wood(look.wood, "Z")
    splayed_legs(builder, leg, 0.5, 0.5, 0.39, 0.01)
    builder.box((0.4, 0.38, 0.03), (0, 0, 0.375), leg, 0.012)
    builder.lathe([(0.2, 0), (0.235, 0.008), (0.245, 0.035), (0.235, 0.055)], (0, -0.01, 0.392), velvet, 64)
    builder.cushion((0.49, 0.49, 0.09), (0, -0.02, 0.415), velvet, plump=0.34, rng=rng)
    padded_arc(builder, (0.272, 0.268), 1.8, 0.4, lambda share: 0.8 - 0.17 * share**2, 0.075, velvet, channels=13)
