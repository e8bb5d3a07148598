"""A low garden table of flat bars with a stone top."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.aluminium import coat_of
from realstaging_render.pieces.tables.dressing import books, bowl
from realstaging_render.shapes import Builder

STYLES = ("modern", "luxury")
PIECE = Piece(
    "garden_table_aluminium", "outdoor_table", "Stone garden table", 0.96, 0.56, 0.34, ("outdoor",), STYLES, laden=True
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    coat, stone = coat_of(look), materials.marble((0.5, 0.48, 0.45), (0.36, 0.34, 0.31), 0.5)
    for x in (-0.4625, 0.4625):
        for y in (-0.2625, 0.2625):
            builder.box((0.035, 0.035, 0.315), (x, y, 0), coat, 0.003)
        for z in (0.0, 0.28):
            builder.box((0.035, 0.49, 0.035), (x, 0, z), coat, 0.003)
    for y in (-0.2625, 0.2625):
        builder.box((0.89, 0.035, 0.035), (0, y, 0.28), coat, 0.003)
    builder.box((0.96, 0.56, 0.026), (0, 0, 0.314), stone, 0.004)
    books(builder, look, rng, (-0.22, 0.02, PIECE.height), 2)
    bowl(builder, look, (0.2, -0.04, PIECE.height), 0.12)
