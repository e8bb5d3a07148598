"""A basket of steel wire with a wooden handle each side, towels rolled in it."""

from __future__ import annotations

import random
from itertools import pairwise

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.dressing.linen import rolled
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("industrial", "farmhouse", "contemporary")
PIECE = Piece("basket_wire", "basket", "Wire basket of towels", 0.46, 0.32, 0.3, ("bathroom",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    wire = materials.metal(look.metal, 0.4)
    half, deep, high = PIECE.width / 2 - 0.008, PIECE.depth / 2 - 0.008, 0.26
    levels = (0.0025, 0.06, 0.12, 0.19, high)
    for z in levels:
        wide, long = half * (0.86 + 0.14 * z / high), deep * (0.86 + 0.14 * z / high)
        corners = [(-wide, -long, z), (wide, -long, z), (wide, long, z), (-wide, long, z), (-wide, -long, z)]
        for start, end in pairwise(corners):
            builder.rod(start, end, 0.0045 if z == high else 0.0025, wire)
    for number in range(9):
        x = -1 + number / 4
        for side in (-1, 1):
            builder.rod((x * half * 0.86, side * deep * 0.86, 0.0025), (x * half, side * deep, high), 0.0022, wire)
        builder.rod((x * half * 0.86, -deep * 0.86, 0.0025), (x * half * 0.86, deep * 0.86, 0.0025), 0.0022, wire)
    for number in range(6):
        y = -1 + number / 2.5
        for side in (-1, 1):
            builder.rod((side * half * 0.86, y * deep * 0.86, 0.0025), (side * half, y * deep, high), 0.0022, wire)
    for side in (-1, 1):
        for y in (-0.06, 0.06):
            builder.rod((side * half, y, high), (side * half, y, 0.29), 0.003, wire)
        builder.rod((side * half, -0.07, 0.29), (side * half, 0.07, 0.29), 0.0095, materials.wood(look.wood, "Y"))
    for y, z in ((-0.068, 0.075), (0.068, 0.075), (0.0, 0.19)):
        rolled(builder, look, rng, (-0.17, y, z), (0.17, y, z), 0.062)
