"""Two round tables that nest: glass on brass hoops, the lower one with a marble top."""

from __future__ import annotations

import math
import random
from typing import Any

from realstaging_render import materials
from realstaging_render.pieces.bending import hoop
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books, vase
from realstaging_render.shapes import Builder

STYLES = ("luxury",)
PIECE = Piece(
    "coffee_nest", "coffee_table", "Nested brass tables", 1.1, 0.8, 0.42, ("living_room",), STYLES, laden=True
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    brass = materials.metal(look.metal, 0.2)
    _round(builder, (-0.15, 0, 0), 0.4, 0.42, materials.glass(), brass)
    _round(builder, (0.27, -0.1, 0), 0.28, 0.33, materials.marble((0.74, 0.72, 0.69), (0.4, 0.38, 0.35)), brass)
    books(builder, look, rng, (-0.22, 0.06, 0.42), 3)
    vase(builder, look, rng, (-0.02, 0.18, 0.42), 0.18)


def _round(
    builder: Builder, at: tuple[float, float, float], radius: float, height: float, top: Any, brass: Any
) -> None:
    x, y, _ = at
    rim = [
        (radius - 0.014, 0),
        (radius - 0.012, 0.002),
        (radius - 0.012, 0.012),
        (radius - 0.014, 0.014),
        (0.002, 0.014),
    ]
    builder.lathe(rim, (x, y, height - 0.014), top, 96)
    hoop(builder, (x, y, height - 0.01), radius - 0.01, 0.01, brass)
    hoop(builder, (x, y, 0.009), radius - 0.01, 0.009, brass)
    for number in range(4):
        turn = math.pi * (number / 2 + 0.25)
        foot = (x + (radius - 0.01) * math.cos(turn), y + (radius - 0.01) * math.sin(turn))
        builder.rod((*foot, 0.009), (*foot, height - 0.01), 0.009, brass)
