"""A round table of glass in a brass ring, its rods crossing in a waist, a marble shelf below."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import hoop
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("luxury",)
PIECE = Piece(
    "side_glass", "side_table", "Brass and glass side table", 0.48, 0.48, 0.56, ("living_room", "bedroom"), STYLES
)
RODS = 9


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    brass = materials.metal(look.metal, 0.2)
    for z, radius in ((0.548, 0.23), (0.012, 0.2)):
        hoop(builder, (0, 0, z), radius, 0.01, brass, sides=12)
    hoop(builder, (0, 0, 0.26), 0.128, 0.006, brass)
    for number in range(RODS):
        turn = 2 * math.pi * number / RODS
        for twist in (-0.95, 0.95):
            foot = (0.2 * math.cos(turn), 0.2 * math.sin(turn), 0.012)
            head = (0.228 * math.cos(turn + 2 * twist), 0.228 * math.sin(turn + 2 * twist), 0.548)
            builder.rod(foot, head, 0.0042, brass)
    builder.lathe([(0.19, 0), (0.196, 0.003), (0.194, 0.016), (0.002, 0.016)], (0, 0, 0.014), _stone(), 72)
    builder.lathe(
        [(0.22, 0), (0.224, 0.002), (0.224, 0.009), (0.22, 0.011), (0.002, 0.011)], (0, 0, 0.548), materials.glass(), 72
    )


def _stone() -> object:
    return materials.marble((0.74, 0.72, 0.69), (0.4, 0.38, 0.35))
