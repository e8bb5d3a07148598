"""A long top with round ends on two fluted pedestals: marble and brass, or all of wood."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.slabs import slab
from realstaging_render.shapes import Builder

STYLES = ("luxury", "contemporary")
ROOMS = ("entryway", "living_room", "dining_room", "office")
PIECE = Piece("console_fluted", "console_table", "Pedestal console", 1.4, 0.38, 0.8, ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    rich = look.style == "luxury"
    flutes, brass = materials.wood(look.wood, "Z", 0.3), materials.metal(look.metal, 0.22)
    for x in (-0.4, 0.4):
        slab(builder, 0.15, 0.13, 0.03, 0.735, flutes, flutes=0.006, at=(x, 0))
        slab(builder, 0.165, 0.145, 0.0, 0.034, brass if rich else flutes, at=(x, 0))
    top = materials.marble((0.74, 0.72, 0.69), (0.36, 0.33, 0.3), 0.14) if rich else materials.wood(look.wood, "X", 0.4)
    slab(builder, 0.7, 0.19, 0.766, 0.034, top)
    if rich:
        slab(builder, 0.68, 0.17, 0.758, 0.01, brass)
