"""A low media unit with doors, an open bay, books."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.upholstery import legs
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "luxury", "modern")
PIECE = Piece("media_low", "media_unit", "Media unit", 1.8, 0.42, 0.52, ("living_room",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    timber = materials.wood(look.wood, "X")
    legs(builder, look, 1.8, 0.4, 0.14, 0.12)
    builder.box((1.8, 0.4, 0.03), (0, 0.01, 0.14), timber, 0.006)
    builder.box((1.8, 0.4, 0.03), (0, 0.01, 0.49), timber, 0.006)
    for x in (-0.885, -0.3, 0.3, 0.885):
        builder.box((0.03, 0.39, 0.33), (x, 0.01, 0.165), timber, 0.004)
    builder.box((1.76, 0.012, 0.33), (0, 0.2, 0.165), timber, 0.002)
    for side in (-1, 1):
        x = side * 0.592
        builder.box((0.56, 0.02, 0.32), (x, -0.185, 0.168), timber, 0.005)
        builder.rod((x - side * 0.22, -0.2, 0.29), (x - side * 0.22, -0.2, 0.37), 0.006, materials.metal(look.metal))
    books(builder, look, rng, (-0.08, 0.02, 0.17), 4)
