"""A wing bed: a tall upholstered head whose sides come forward, nailed along its edges."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.beds.frames import feet
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("traditional", "luxury")
PIECE = Piece("bed_wing", "bed", "Wing bed, upholstered", 1.8, 2.2, 1.24, ("bedroom",), STYLES, seats=2)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    cloth, dark = materials.fabric(look.fabric), materials.wood(look.wood, "Z")
    builder.box((1.78, 0.1, 1.16), (0, 1.05, 0.08), cloth, 0.035)
    for side in (-1, 1):
        builder.box((0.065, 0.17, 1.06), (side * 0.866, 0.965, 0.13), cloth, 0.03, tilt=(0, 0, side * 3))
    for row, count in ((0.72, 7), (0.9, 6), (1.08, 7)):
        for number in range(count):
            x = (number - (count - 1) / 2) * 0.228
            builder.cushion(
                (0.25, 0.2, 0.075), (x, 0.985, row - 0.04), cloth, plump=0.7, tilt=(90, 0, 0), rng=rng, cells=14
            )
    builder.box((1.72, 2.06, 0.22), (0, -0.06, 0.12), cloth, 0.03)
    feet(builder, dark, 0.13, 0.034)
    dress(builder, look, rng, 1.6, 1.98, 0.3, 0.92)
