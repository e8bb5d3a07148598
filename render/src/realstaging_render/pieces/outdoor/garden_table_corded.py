"""A low round garden table: cords from ring to ring about its waist, a top of narrow boards."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import hoop, tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.slatted import timber
from realstaging_render.pieces.tables.dressing import books, vase
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "contemporary")
PIECE = Piece(
    "garden_table_corded", "outdoor_table", "Cord garden table", 0.8, 0.8, 0.37, ("outdoor",), STYLES, laden=True
)
CORDS = 72
BOARDS = 9


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    steel, cord = materials.metal((0.09, 0.085, 0.08), 0.5), materials.fabric(look.second, 250, 0.9)
    rings = ((0.3, 0.012), (0.205, 0.15), (0.33, 0.318))
    for radius, height in rings:
        hoop(builder, (0, 0, height), radius, 0.0115, steel)
    for number in range(CORDS):
        # Every cord leans to the next but three, one way and the other, so that they cross at the waist.
        for way in (-1, 1):
            turns = [2 * math.pi * (number + way * lean) / CORDS for lean in (0, 1.5, 3)]
            path = [(r * math.cos(t), r * math.sin(t), z) for (r, z), t in zip(rings, turns, strict=True)]
            tube(builder, path, 0.0045, cord, sides=6, steps=4)
    for angle in np.linspace(0, 2 * math.pi, 4, endpoint=False) + math.pi / 4:
        top = (0.3 * math.cos(angle), 0.3 * math.sin(angle), 0.325)
        builder.rod((0.12 * math.cos(angle), 0.12 * math.sin(angle), 0.325), top, 0.01, steel)
    rim = [(0.36, 0), (0.392, 0.004), (0.4, 0.014), (0.4, 0.034), (0.394, 0.043), (0.386, 0.045), (0.001, 0.045)]
    builder.lathe(rim, (0, 0, 0.325), timber(look, "X"), 96)
    joint = materials.lacquer(tuple(0.12 * c for c in look.wood), 0.9)
    for number in range(BOARDS - 1):
        y = (number - (BOARDS - 2) / 2) * 0.77 / BOARDS
        builder.box((2 * math.sqrt(0.388**2 - y * y), 0.005, 0.004), (0, y, 0.3667), joint, 0.0005)
    vase(builder, look, rng, (0.1, 0.1, PIECE.height), 0.18)
    books(builder, look, rng, (-0.12, -0.08, PIECE.height), 2)
