"""A child's bed over drawers, with a panelled head and side."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.playthings import rabbit
from realstaging_render.shapes import Builder

STYLES = ("traditional", "luxury", "industrial")
PIECE = Piece("kids_drawers", "kids_bed", "Bed with drawers", 1.04, 2.08, 0.98, ("kids_room",), STYLES, seats=1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    painted = look.style in {"traditional", "luxury", "coastal", "farmhouse"}
    paint, knob = materials.lacquer(look.light, 0.45), materials.metal(look.metal, 0.3)
    post, rail, board = (paint if painted else materials.wood(look.wood, along) for along in "ZYX")
    builder.box((0.92, 1.96, 0.06), (0, 0, 0), rail, 0.004)
    builder.box((0.98, 2.0, 0.27), (0, 0, 0.05), rail, 0.006)
    for side in (-1, 1):
        for y in (-0.64, 0.0, 0.64):
            builder.box((0.018, 0.6, 0.19), (side * 0.489, y, 0.085), rail, 0.006)
            for handle in (-0.12, 0.12):
                builder.rod((side * 0.495, y + handle, 0.18), (side * 0.518, y + handle, 0.18), 0.012, knob)
    for y, tall in ((1.015, 0.98), (-1.015, 0.56)):
        for x in (-0.485, 0.485):
            builder.box((0.06, 0.05, tall - 0.03), (x, y, 0), post, 0.008)
        builder.box((0.93, 0.026, tall - 0.1), (0, y, 0.05), post, 0.004)
        for number in range(8):
            x = -0.4025 + 0.115 * number
            builder.box((0.108, 0.034, tall - 0.14), (x, y, 0.06), post, 0.006)
        builder.box((1.04, 0.06, 0.035), (0, y, tall - 0.035), board, 0.01)
    dress(builder, look, rng, 0.9, 1.94, 0.3, 0.98)
    rabbit(builder, look, (-0.2, 0.34, 0.6))
