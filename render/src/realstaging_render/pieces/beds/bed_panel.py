"""A double bed with an upholstered headboard, made."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary")
PIECE = Piece("bed_panel", "bed", "Double bed, upholstered", 1.74, 2.14, 1.15, ("bedroom",), STYLES, seats=2)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    cloth = materials.fabric(look.fabric)
    builder.box((1.74, 0.1, 1.13), (0, 1.02, 0.02), cloth, 0.03 + 0.015 * look.curve)
    for number in range(5):
        builder.cushion(
            (0.34, 0.62, 0.09), (-0.68 + 0.34 * number, 0.975, 0.76), cloth, plump=0.2, tilt=(90, 0, 0), rng=rng
        )
    builder.box((1.66, 2.05, 0.24), (0, -0.045, 0.08), cloth, 0.03)
    for x in (-0.7, 0.7):
        for y in (-0.95, 0.9):
            builder.box((0.06, 0.06, 0.1), (x, y, 0), materials.wood(look.wood, "Z"), 0.006)
    dress(builder, look, rng, 1.6, 2.0, 0.26, 0.96)
