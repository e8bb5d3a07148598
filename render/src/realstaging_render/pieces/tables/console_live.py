"""A slab with its edges as they grew, on two trestles of sticks."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.outlined import live_edge, plate
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "scandinavian")
ROOMS = ("entryway", "living_room", "dining_room", "office")
PIECE = Piece("console_live", "console_table", "Live-edge console", 1.3, 0.4, 0.78, ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    stick = materials.wood(look.wood, "Z")
    plate(builder, live_edge(0.65, 0.2), 0.73, 0.05, materials.wood(look.wood, "X", 0.5), 0.012)
    for x in (-0.44, 0.44):
        for y in (-1, 1):
            builder.rod((x * 1.12, y * 0.15, 0), (x * 0.96, y * 0.075, 0.735), 0.014, stick, 0.022)
        builder.rod((x * 1.09, -0.137, 0.13), (x * 1.09, 0.137, 0.13), 0.012, stick)
        builder.box((0.06, 0.26, 0.03), (x * 0.96, 0, 0.702), materials.wood(look.wood, "Y"), 0.006)
    builder.rod((-0.48, 0, 0.13), (0.48, 0, 0.13), 0.013, materials.wood(look.wood, "X"))
