"""A chair with an oval padded back and turned legs."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece(
    "chair_medallion",
    "dining_chair",
    "Medallion chair",
    0.52,
    0.58,
    1.0,
    ("dining_room",),
    ("traditional", "luxury", "bohemian"),
    seats=1,
)
LEG = [
    (0.012, 0),
    (0.016, 0.02),
    (0.013, 0.05),
    (0.022, 0.28),
    (0.026, 0.3),
    (0.018, 0.315),
    (0.028, 0.34),
    (0.028, 0.42),
]


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    pale = look.style == "luxury"
    timber = materials.lacquer((0.62, 0.57, 0.48), 0.4) if pale else materials.wood(look.wood, "Z", 0.3)
    cloth = materials.fabric(look.second, 1100, 0.15)
    for x in (-0.215, 0.215):
        builder.lathe(LEG, (x, -0.235, 0), timber, 24)
        tube(builder, [(x * 0.92, 0.262, 0), (x * 0.9, 0.22, 0.2), (x * 0.88, 0.2, 0.4)], 0.018, timber)
        tube(builder, [(x * 0.88, 0.2, 0.4), (x * 0.8, 0.21, 0.5), (x * 0.72, 0.222, 0.6)], 0.017, timber)
    builder.box((0.5, 0.5, 0.065), (0, -0.022, 0.375), timber, 0.02)
    builder.cushion((0.49, 0.48, 0.115), (0, -0.03, 0.405), cloth, plump=0.3, rng=rng)
    turn = np.linspace(0, 2 * np.pi, 49)
    tube(builder, _oval(0.225, 0.215, turn, 0.0), 0.019, timber, steps=1, sides=12)
    for way in (-1, 1):
        radii = (1.0, 0.93, 0.8, 0.6, 0.35, 0.001)
        rows = [_oval(0.215 * r, 0.205 * r, turn, way * (0.008 + 0.028 * math.sqrt(1 - r**2.4))) for r in radii]
        builder.sheet(np.stack(rows), cloth)


def _oval(wide: float, tall: float, turn: np.ndarray, out: float) -> np.ndarray:
    """An oval in the plane of the back, which leans; ``out`` metres behind it."""
    z = tall * np.sin(turn)
    return np.column_stack([wide * np.cos(turn), 0.244 + 0.17 * z + out, 0.768 + z - 0.17 * out])
