"""A slim shoe cabinet with tilting fronts."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import bowl, vase
from realstaging_render.shapes import Builder

STYLES = ("modern", "minimalist", "contemporary", "scandinavian")
PIECE = Piece("shoes_cabinet", "shoe_rack", "Shoe cabinet", 0.86, 0.26, 1.0, ("entryway",), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    board = materials.wood(look.wood, "X")
    painted = look.style in {"modern", "minimalist"}
    paint = materials.lacquer(look.light, 0.35)
    body = paint if painted else board
    steel = materials.metal(look.metal, 0.3)
    for x in (-0.38, 0.38):
        for y in (-0.085, 0.1):
            builder.rod((x, y, 0), (x, y, 0.15), 0.01, steel)
    builder.box((0.84, 0.225, 0.835), (0, 0.013, 0.14), body, 0.004)
    builder.box((0.86, 0.26, 0.026), (0, 0, 0.974), board, 0.005)
    for column in (-0.207, 0.207):
        for z in (0.155, 0.565):
            builder.box((0.404, 0.02, 0.4), (column, -0.11, z), body, 0.004)
            builder.box((0.12, 0.012, 0.012), (column, -0.124, z + 0.37), steel, 0.003)
    vase(builder, look, rng, (-0.27, 0.01, 1.0), 0.2)
    bowl(builder, look, (0.2, -0.01, 1.0), 0.085)
