"""A round plank top on an iron screw that a wheel raises, over three cast feet."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import hoop, tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece("side_crank", "side_table", "Crank side table", 0.5, 0.5, 0.58, ("living_room", "bedroom"), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    iron = materials.metal((0.035, 0.035, 0.038), 0.45)
    rim = [(0.235, 0), (0.25, 0.006), (0.25, 0.034), (0.246, 0.038), (0.002, 0.038)]
    builder.lathe(rim, (0, 0, 0.542), materials.wood(look.wood, "X", 0.6), 72)
    builder.lathe([(0.247, 0), (0.252, 0.002), (0.252, 0.02), (0.247, 0.022)], (0, 0, 0.55), iron, 72)
    thread = [(0.0165 if step % 2 else 0.0205, 0.0065 * step) for step in range(62)]
    builder.lathe(thread, (0, 0, 0.14), iron, 28)
    builder.lathe(
        [(0.03, 0), (0.04, 0.01), (0.034, 0.07), (0.028, 0.1), (0.034, 0.115), (0.03, 0.13)], (0, 0, 0.13), iron, 32
    )
    builder.lathe([(0.03, 0), (0.12, 0.004), (0.12, 0.012)], (0, 0, 0.53), iron, 40)
    hoop(builder, (0, 0, 0.33), 0.085, 0.008, iron, sides=12)
    for number in range(4):
        turn = math.pi / 4 + number * math.pi / 2
        builder.rod((0, 0, 0.33), (0.085 * math.cos(turn), 0.085 * math.sin(turn), 0.33), 0.0055, iron)
    first = rng.choice((1, 3)) * math.pi / 6
    for number in range(3):
        turn = first + number * 2 * math.pi / 3
        x, y = math.cos(turn), math.sin(turn)
        bow = ((0.02, 0.24), (0.07, 0.19), (0.13, 0.09), (0.2, 0.022), (0.235, 0.013))
        tube(builder, [(out * x, out * y, z) for out, z in bow], 0.0125, iron, sides=12)
        builder.lathe([(0.02, 0), (0.022, 0.006), (0.01, 0.018)], (0.228 * x, 0.228 * y, 0), iron, 24)
