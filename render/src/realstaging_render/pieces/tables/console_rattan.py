"""A console of bent rattan: a row of arches under a wooden top, a woven deck."""

from __future__ import annotations

import math
import random

import bpy

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, coiled, tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal")
ROOMS = ("entryway", "living_room", "dining_room", "office")
PIECE = Piece("console_rattan", "console_table", "Rattan console", 1.2, 0.36, 0.8, ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    cane, woven = materials.wood(CANE, "Z", 0.45), materials.webbing(tuple(c * 1.3 for c in CANE), "X", "Y", 0.018)
    builder.box((1.2, 0.36, 0.026), (0, 0, 0.774), materials.wood(look.wood, "X", 0.5), 0.009)
    for y in (-0.15, 0.15):
        for x in (-0.56, 0.56):
            builder.rod((x, y, 0), (x, y, 0.776), 0.016, cane)
            for z in (0.17, 0.75):
                builder.rod((x, y, z - 0.014), (x, y, z + 0.014), 0.0195, cane)
        for z in (0.17, 0.75):
            builder.rod((-0.575, y, z), (0.575, y, z), 0.014, cane)
        _arches(builder, y, cane)
    for x in (-0.56, 0.56):
        for z in (0.17, 0.75):
            builder.rod((x, -0.15, z), (x, 0.15, z), 0.014, cane)
    builder.box((1.13, 0.3, 0.01), (0, 0, 0.176), woven, 0.001)
    books(builder, look, rng, (-0.28, 0, 0.186), 4)
    with builder.carried():
        coiled(builder, [(0.12, 0), (0.14, 0.06), (0.14, 0.2)], (0.28, 0, 0.186), materials.wood(CANE, "X", 0.7))


def _arches(builder: Builder, y: float, cane: bpy.types.Material) -> None:
    """Four arches, one in another; to the deck on the far side, on a rail on the near one."""
    for number in range(4):
        middle = -0.42 + 0.28 * number
        for half, thick in ((0.135, 0.0105), (0.09, 0.007)):
            turn = [math.pi * step / 12 for step in range(13)]
            bow = [(middle - half * math.cos(t), y, 0.595 + half * math.sin(t)) for t in turn]
            legs = ((middle - half, y, 0.18), (middle + half, y, 0.18))
            tube(builder, [legs[0], *bow, legs[1]] if y > 0 else bow, thick, cane, sides=10, steps=2)
        if y < 0:
            builder.rod((middle - 0.14, y, 0.595), (middle + 0.14, y, 0.595), 0.009, cane)
