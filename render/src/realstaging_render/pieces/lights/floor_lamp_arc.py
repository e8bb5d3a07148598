"""A bow of steel out of a marble block, a dome at its far end."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.shades import FLOOR_ROOMS, bulb
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary", "luxury")
PIECE = Piece("floor_lamp_arc", "floor_lamp", "Arc lamp", 1.02, 0.36, 1.91, FLOOR_ROOMS, STYLES)
STEM = -0.43


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    steel = materials.metal(look.metal, 0.22)
    pale = look.style == "luxury" or rng.random() < 0.5
    stone = materials.marble(
        *(((0.72, 0.7, 0.67), (0.38, 0.36, 0.33)) if pale else ((0.02, 0.02, 0.022), (0.3, 0.29, 0.27)))
    )
    builder.box((0.2, 0.3, 0.13), (-0.41, 0, 0), stone, 0.006)
    builder.rod((STEM, 0, 0.12), (STEM, 0, 0.9), 0.014, steel)
    turn = [math.pi - 0.9 * math.pi * step / 14 for step in range(15)]
    bow = [(STEM + 0.39 + 0.39 * math.cos(a), 0, 1.1 + 0.8 * math.sin(a)) for a in turn]
    tube(builder, [(STEM, 0, 0.88), *bow], 0.01, steel, sides=14, steps=4)
    end_x, end_z = bow[-1][0], bow[-1][2]
    dome = [(0.18, 0), (0.176, 0.05), (0.155, 0.1), (0.115, 0.14), (0.06, 0.165), (0.025, 0.172), (0.02, 0.2)]
    builder.rod((end_x, 0, end_z - 0.03), (end_x, 0, end_z + 0.01), 0.02, steel)
    at = (min(end_x, 0.41), 0, end_z - 0.22)
    builder.lathe([(0.176, 0.002), *dome], at, steel)
    builder.lathe([(0.165, -0.002), (0.165, 0.001)], at, materials.shade((0.95, 0.9, 0.8), 2.0))
    bulb(builder, (at[0], 0, at[2] - 0.01), 0.012)
