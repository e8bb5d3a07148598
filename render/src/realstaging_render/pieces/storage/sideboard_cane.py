"""A sideboard on tapered legs with doors of woven cane."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "mid_century", "scandinavian", "coastal", "contemporary")
PIECE = Piece(
    "sideboard_cane",
    "sideboard",
    "Cane sideboard",
    1.6,
    0.44,
    0.76,
    ("dining_room", "living_room", "office", "bedroom"),
    STYLES,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    board, stile = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    cane, knob = materials.webbing(tuple(c * 1.25 for c in CANE)), materials.metal(look.metal, 0.3)
    for x in (-1, 1):
        for y in (-1, 1):
            builder.rod((x * 0.7, y * 0.18, 0), (x * 0.65, y * 0.15, 0.2), 0.013, stile, 0.022)
        builder.box((0.024, 0.43, 0.56), (x * 0.788, 0.005, 0.2), stile, 0.005)
    for z in (0.2, 0.736):
        builder.box((1.6, 0.44 if z > 0.5 else 0.43, 0.024), (0, 0, z), board, 0.006)
    builder.box((1.56, 0.36, 0.53), (0, 0.03, 0.214), board, 0.003)
    for number in range(4):
        x = -0.579 + 0.386 * number
        for side in (-1, 1):
            builder.box((0.034, 0.02, 0.5), (x + side * 0.174, -0.185, 0.231), stile, 0.003)
            builder.box((0.316, 0.02, 0.034), (x, -0.185, 0.231 if side < 0 else 0.697), board, 0.003)
        builder.box((0.32, 0.008, 0.44), (x, -0.181, 0.26), cane, 0.001)
        handle = x + (0.172 if number % 2 == 0 else -0.172)
        builder.rod((handle, -0.193, 0.5), (handle, -0.214, 0.5), 0.01, knob)
