"""Two curtains on a rod, for a window of up to 1.6 m."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece(
    "curtain_pair", "curtain", "Curtains", 2.3, 0.1, 2.34, ("living_room", "bedroom", "dining_room"), mount="wall"
)


def build(builder: Builder, look: Look, dice: random.Random) -> None:  # noqa: ARG001
    cloth = materials.fabric(look.light, 900, 0.1)
    builder.rod((-1.15, 0, 2.32), (1.15, 0, 2.32), 0.014, materials.metal(look.metal))
    for side in (-1, 1):
        u, v = np.meshgrid(np.linspace(0, 1, 90), np.linspace(0, 1, 24), indexing="ij")
        spread = 0.33 * (0.86 + 0.14 * v)
        x = side * (1.12 - u * spread)
        fold = 0.045 * np.sin(u * 2 * np.pi * 6.5 + 0.4 * np.sin(v * 3)) * (0.6 + 0.4 * v)
        builder.sheet(np.stack([x, fold, 2.3 - v * 2.295], axis=-1), cloth)
