"""An upholstered dining chair."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.chairs import straight_legs
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary", "traditional", "luxury", "minimalist", "coastal")
PIECE = Piece("chair_parsons", "dining_chair", "Upholstered chair", 0.48, 0.58, 0.94, ("dining_room",), STYLES, seats=1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    cloth = materials.fabric(look.second)
    leg = materials.metal(look.metal) if look.legs == "metal" else materials.wood(look.wood, "Z")
    straight_legs(builder, leg, 0.46, 0.54, 0.36, 0.034)
    builder.box((0.47, 0.53, 0.06), (0, -0.01, 0.345), cloth, 0.02)
    builder.cushion((0.48, 0.52, 0.11), (0, -0.025, 0.375), cloth, plump=0.14, rng=rng)
    builder.cushion((0.47, 0.54, 0.09), (0, 0.235, 0.62), cloth, plump=0.12, tilt=(81, 0, 0), rng=rng)
