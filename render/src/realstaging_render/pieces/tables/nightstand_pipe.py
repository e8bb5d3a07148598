"""A bedside shelf of steel pipe: plank decks, a wooden crate for a drawer."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.pieces.tables.piping import flange
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece("nightstand_pipe", "nightstand", "Pipe nightstand", 0.5, 0.4, 0.6, ("bedroom",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    iron, board = materials.metal((0.04, 0.04, 0.043), 0.4), materials.wood(look.wood, "X", 0.6)
    for z, deep in ((0.56, 0.4), (0.34, 0.34), (0.1, 0.34)):
        for y in (-deep / 4, deep / 4):
            builder.box(
                (0.5 if z > 0.5 else 0.46, deep / 2 - 0.001, 0.034 if z < 0.5 else 0.04), (0, y, z), board, 0.005
            )
    for x in (-0.205, 0.205):
        for y in (-0.14, 0.14):
            flange(builder, (x, y, 0), iron)
            flange(builder, (x, y, 0.56), iron, up=False)
            builder.rod((x, y, 0.01), (x, y, 0.56), 0.0145, iron)
            for z in (0.08, 0.318, 0.375):
                builder.lathe([(0.015, 0), (0.022, 0.004), (0.022, 0.02), (0.015, 0.022)], (x, y, z), iron, 24)
    for z in (0.385, 0.445, 0.505):
        for y in (-0.152, 0.13):
            builder.box((0.34, 0.014, 0.046), (0, y, z - 0.009), board, 0.003)
        for x in (-0.163, 0.163):
            builder.box((0.014, 0.27, 0.046), (x, -0.01, z - 0.009), board, 0.003)
    builder.box((0.3, 0.26, 0.006), (0, -0.01, 0.374), board, 0.001)
    builder.box((0.09, 0.003, 0.022), (0, -0.1605, 0.448), materials.lacquer((0.02, 0.016, 0.012), 0.9), 0.001)
    books(builder, look, rng, (0, 0, 0.134), 4)
