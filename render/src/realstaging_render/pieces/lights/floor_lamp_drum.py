"""A floor lamp with a drum shade on a slim stem."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.shades import FLOOR_ROOMS, drum
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary", "minimalist", "mid_century")
PIECE = Piece("floor_lamp_drum", "floor_lamp", "Floor lamp", 0.42, 0.42, 1.58, FLOOR_ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    stem = materials.metal(look.metal, 0.3)
    builder.lathe(
        [(0.138, 0), (0.142, 0.004), (0.138, 0.014), (0.02, 0.02), (0.01, 0.034), (0.009, 1.33)], (0, 0, 0), stem
    )
    if look.legs == "wood":
        builder.lathe(
            [(0.01, 0.3), (0.016, 0.31), (0.019, 0.6), (0.016, 0.89), (0.01, 0.9)],
            (0, 0, 0),
            materials.wood(look.wood, "Z"),
        )
    drum(builder, look, 1.28, 0.21, 0.2, 0.3)
