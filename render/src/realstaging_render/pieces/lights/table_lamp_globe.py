"""A small lamp: a globe of opal glass on a metal or stone foot."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("luxury", "contemporary", "modern", "mid_century", "minimalist")
ROOMS = ("living_room", "bedroom", "entryway", "dining_room")
PIECE = Piece(
    "table_lamp_globe", "table_lamp", "Globe lamp", 0.22, 0.22, 0.38, ROOMS, STYLES, mount="surface", on="console_table"
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    brass = materials.metal(look.metal, 0.22)
    stone = materials.marble((0.74, 0.72, 0.69), (0.4, 0.38, 0.35))
    foot = stone if rng.random() < 0.6 else brass
    builder.lathe([(0.07, 0), (0.074, 0.005), (0.074, 0.03), (0.07, 0.034)], (0, 0, 0), foot)
    builder.lathe([(0.014, 0.03), (0.01, 0.045), (0.01, 0.15), (0.04, 0.165), (0.045, 0.185)], (0, 0, 0), brass, 32)
    bow = np.linspace(-math.pi / 2 * 0.75, math.pi / 2, 22)
    ball = [(max(0.11 * math.cos(a), 0.0005), 0.27 + 0.11 * math.sin(a)) for a in bow]
    builder.lathe(ball, (0, 0, 0), materials.shade((0.93, 0.9, 0.84), 1.0))
