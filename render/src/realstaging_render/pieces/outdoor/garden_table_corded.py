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
PIECE = Piece("garden_table_corded", "outdoor_table", "Cord garden table", 0.8, 0.8, 0.37, ("outdoor",), STYLES)
CORDS = 72
BOARDS = 9


def build(builder: Builder, look: Look, dice: random.Random) -> None:
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
    builder.lathe(
        [(0.36, 0), (0.385, 0.002), (0.39, 0.008), (0.39, 0.02), (0.36, 0.022)], (0, 0, 0.325), timber(look, "Z"), 72
    )
    each = 0.77 / BOARDS
    for number in range(BOARDS):
        y = (number - (BOARDS - 1) / 2) * each
        edge = abs(y) + each * 0.46
        half = math.sqrt(max(0.02, 0.385**2 - edge**2))
        builder.box((2 * half, each - 0.006, 0.022), (0, y, 0.3465), timber(look, "X"), 0.004)
    hoop(builder, (0, 0, 0.352), 0.389, 0.0125, timber(look, "X"))
    vase(builder, look, dice, (0.1, 0.1, PIECE.height), 0.18)
    books(builder, look, dice, (-0.12, -0.08, PIECE.height), 2)
