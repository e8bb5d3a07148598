"""A round side table on a lacquered stem that flares out of the floor, a marble or wooden top."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "contemporary")
PIECE = Piece("side_tulip", "side_table", "Tulip side table", 0.48, 0.48, 0.54, ("living_room", "bedroom"), STYLES)
STEM = [(0.15, 0), (0.155, 0.005), (0.13, 0.014), (0.075, 0.03), (0.04, 0.06), (0.024, 0.12), (0.019, 0.2), (0.02, 0.3)]
STEM += [(0.027, 0.39), (0.045, 0.455), (0.085, 0.498), (0.13, 0.515)]


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    pale = look.style == "mid_century"
    builder.lathe(STEM, (0, 0, 0), materials.lacquer(look.light if pale else (0.035, 0.034, 0.033), 0.35), 64)
    stone = materials.marble((0.74, 0.72, 0.69), (0.4, 0.38, 0.35))
    top = stone if pale else materials.wood(look.wood, "X")
    builder.lathe([(0.17, 0), (0.23, 0.016), (0.24, 0.021), (0.238, 0.026), (0.002, 0.027)], (0, 0, 0.513), top, 96)
