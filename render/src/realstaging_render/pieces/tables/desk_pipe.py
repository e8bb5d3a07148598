"""A desk of planks on pipe legs with a shelf beside the knees and a lamp."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.reading import reading_lamp
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.shelving import row_of_books
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.pieces.tables.piping import flange
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece("desk_pipe", "desk", "Plank desk", 1.4, 0.66, 0.76, ("office",), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    pipe, board = materials.metal((0.035, 0.035, 0.038), 0.38), materials.wood(look.wood, "X", 0.5)
    for y in (-0.22, 0.0, 0.22):
        builder.box((1.4, 0.218, 0.042), (0, y, 0.718), board, 0.005)
    for x in (-0.62, 0.3, 0.62):
        for y in (-0.25, 0.25):
            builder.rod((x, y, 0.004), (x, y, 0.71), 0.017, pipe)
            flange(builder, (x, y, 0), pipe)
            flange(builder, (x, y, 0.718), pipe, up=False)
        builder.rod((x, -0.25, 0.16), (x, 0.25, 0.16), 0.015, pipe)
    builder.rod((-0.62, 0.25, 0.16), (0.3, 0.25, 0.16), 0.015, pipe)
    for z in (0.176, 0.44):
        builder.box((0.36, 0.52, 0.028), (0.46, 0, z), board, 0.004)
        builder.rod((0.3, -0.25, z - 0.014), (0.62, -0.25, z - 0.014), 0.013, pipe)
    row_of_books(builder, look, rng, 0.325, 0.56, 0.204, 0.22)
    books(builder, look, rng, (0.46, 0, 0.468), 3)
    books(builder, look, rng, (0.47, 0.12, 0.76), 3)
    with builder.carried():
        reading_lamp(builder, look, (-0.52, 0.17, 0.76))
    with builder.carried():
        builder.box((0.62, 0.36, 0.005), (-0.02, -0.1, 0.76), materials.fabric((0.09, 0.055, 0.03), 900, 0.1), 0.002)
        builder.box((0.15, 0.21, 0.014), (0.05, -0.1, 0.765), materials.lacquer(look.accent, 0.6), 0.002, (0, 0, 8))
