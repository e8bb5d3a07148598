"""A small square table with a drawer's apron, for two at breakfast."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import bowl, vase
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "farmhouse", "contemporary", "minimalist")
PIECE = Piece(
    "breakfast_square", "dining_table", "Square breakfast table", 0.76, 0.76, 0.75, ("kitchen",), STYLES, laden=True
)
LEG = 0.05


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    wide, high = PIECE.width, PIECE.height
    painted = materials.lacquer(look.light, 0.5) if look.curve > 0.45 else None
    builder.box((wide, wide, 0.028), (0, 0, high - 0.028), materials.wood(look.wood, "X"), 0.006)
    legs = painted or (materials.metal(look.metal) if look.legs == "metal" else materials.wood(look.wood, "Z"))
    rail = painted or legs
    off = wide / 2 - 0.03 - LEG / 2
    for x in (-off, off):
        for y in (-off, off):
            builder.rod((x, y, 0), (x, y, high - 0.026), 0.016, legs, 0.026)
        builder.box((0.02, 2 * off, 0.085), (x, 0, high - 0.113), rail, 0.003)
        builder.box((2 * off, 0.02, 0.085), (0, x, high - 0.1125), rail, 0.003)
    vase(builder, look, rng, (-0.1, 0.12, high), 0.16)
    bowl(builder, look, (0.12, -0.05, high), 0.1)
