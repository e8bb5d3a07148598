"""A slim console table with a shelf below."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books, bowl
from realstaging_render.shapes import Builder

STYLES = ("modern", "scandinavian", "contemporary", "minimalist")
ROOMS = ("entryway", "living_room", "dining_room", "office")
PIECE = Piece("console_slim", "console_table", "Console table", 1.15, 0.34, 0.8, ROOMS, STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    board = materials.wood(look.wood, "X")
    leg = materials.metal(look.metal) if look.legs == "metal" else materials.wood(look.wood, "Z")
    builder.box((1.15, 0.34, 0.032), (0, 0, 0.768), board, 0.006 + 0.006 * look.curve)
    for x in (-0.54, 0.54):
        for y in (-0.14, 0.14):
            builder.box((0.034, 0.034, 0.77), (x, y, 0), leg, 0.005)
    if look.legs == "wood":
        builder.box((1.05, 0.28, 0.09), (0, 0, 0.679), board, 0.005)
        for x in (-0.26, 0.26):
            builder.box((0.48, 0.014, 0.07), (x, -0.142, 0.688), board, 0.003)
            builder.rod((x, -0.145, 0.725), (x, -0.163, 0.725), 0.009, materials.metal(look.metal, 0.3))
    builder.box((1.05, 0.28, 0.022), (0, 0, 0.16), board, 0.005)
    books(builder, look, rng, (-0.28, 0, 0.182), 4)
    with builder.carried():
        basket = materials.fabric((0.36, 0.25, 0.14), 120, 1.0)
        builder.lathe(
            [(0.12, 0), (0.14, 0.03), (0.15, 0.16), (0.14, 0.17), (0.13, 0.15), (0.02, 0.14)], (0.28, 0, 0.182), basket
        )
    bowl(builder, look, (-0.02, -0.02, 0.8), 0.1)
