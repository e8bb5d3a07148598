"""A café table: a marble top edged with brass on three cast legs."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import hoop, tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import bowl, vase
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "traditional", "luxury")
PIECE = Piece("breakfast_bistro", "dining_table", "Café table", 0.72, 0.72, 0.75, ("kitchen",), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    brass = materials.metal((0.5, 0.36, 0.16), 0.3)
    iron = brass if look.style == "luxury" else materials.metal((0.03, 0.03, 0.03), 0.5)
    builder.lathe(
        [(0.03, 0.16), (0.045, 0.18), (0.024, 0.23), (0.022, 0.5), (0.04, 0.53), (0.022, 0.56)], (0, 0, 0), iron, 48
    )
    builder.lathe([(0.022, 0.55), (0.024, 0.66), (0.06, 0.7), (0.15, 0.716), (0.15, 0.722)], (0, 0, 0), iron, 48)
    for number in range(3):
        turn = number * 2 * math.pi / 3 + math.pi / 6
        bow = [(0.02, 0.22), (0.1, 0.2), (0.19, 0.1), (0.25, 0.03), (0.29, 0.014)]
        tube(builder, [(r * math.cos(turn), r * math.sin(turn), z) for r, z in bow], 0.014, iron)
        foot = (0.29 * math.cos(turn), 0.29 * math.sin(turn), 0)
        builder.lathe([(0.022, 0), (0.024, 0.008), (0.014, 0.024)], foot, iron, 24)
    stone = materials.marble((0.7, 0.69, 0.66), (0.34, 0.33, 0.32))
    builder.lathe([(0.34, 0), (0.352, 0.004), (0.352, 0.024), (0.345, 0.028), (0.003, 0.028)], (0, 0, 0.722), stone, 96)
    hoop(builder, (0, 0, 0.736), 0.352, 0.008, brass)
    vase(builder, look, rng, (0.07, 0.08, PIECE.height), 0.17)
    bowl(builder, look, (-0.1, -0.05, PIECE.height), 0.09)
