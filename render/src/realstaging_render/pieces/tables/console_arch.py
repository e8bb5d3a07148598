"""A slim console: a stone top on two metal arches."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.shapes import Builder

STYLES = ("luxury", "contemporary", "modern")
PIECE = Piece(
    "console_arch",
    "console_table",
    "Stone console",
    1.3,
    0.36,
    0.82,
    ("entryway", "living_room", "dining_room"),
    STYLES,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    steel = materials.metal(look.metal, 0.24)
    dark = look.style == "modern"
    stone = materials.marble((0.035, 0.034, 0.034) if dark else (0.74, 0.72, 0.69), (0.4, 0.38, 0.35))
    builder.box((1.3, 0.36, 0.03), (0, 0, 0.79), stone, 0.004)
    bow = np.linspace(0, math.pi, 17)
    for x in (-0.33, 0.33):
        for y in (-0.14, 0.14):
            arch = [(x - 0.27 * math.cos(a), y, 0.5 + 0.278 * math.sin(a)) for a in bow]
            tube(builder, [(x - 0.27, y, 0), *arch, (x + 0.27, y, 0)], 0.0115, steel, steps=1, sides=12)
    for x in (-0.6, -0.06, 0.06, 0.6):
        builder.rod((x, -0.14, 0.02), (x, 0.14, 0.02), 0.0095, steel)
    builder.box((1.18, 0.27, 0.016), (0, 0, 0.03), stone, 0.003)
    books(builder, look, rng, (0.0, 0, 0.046), 4)
