"""A spare easy chair: one thin upholstered curve on two runners of steel."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.bentwood import draped
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "modern")
PIECE = Piece(
    "lounge_sled",
    "accent_chair",
    "Easy chair on runners",
    0.62,
    0.68,
    0.755,
    ("living_room", "bedroom", "office"),
    STYLES,
    seats=1,
)
SEAT = [(-0.35, 0.345), (-0.2, 0.335), (0.06, 0.285), (0.165, 0.31), (0.22, 0.42), (0.28, 0.6), (0.325, 0.745)]


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    steel = materials.metal(look.metal, 0.35)
    for side in (-1, 1):
        x = side * 0.3
        runner = [(0.25, 0.5), (0.262, 0.26), (0.272, 0.06), (0.255, 0.018), (0.2, 0.011), (-0.24, 0.011)]
        runner += [
            (-0.3, 0.02),
            (-0.312, 0.06),
            (-0.3, 0.2),
            (-0.29, 0.31),
            (-0.26, 0.333),
            (-0.2, 0.325),
            (0.07, 0.276),
        ]
        tube(builder, [(x, y, z) for y, z in runner], 0.011, steel, steps=5)
    for y, z in ((-0.26, 0.326), (0.06, 0.272), (0.256, 0.49)):
        builder.rod((-0.3, y, z), (0.3, y, z), 0.009, steel)

    def dent(across: np.ndarray, along: np.ndarray) -> np.ndarray:
        return np.asarray(0.012 * np.exp(-((along - 0.47) ** 2) / 0.00012) + 0.0 * across)

    draped(builder, SEAT, 0.58, 0.075, materials.fabric(look.second, 750, 0.35), dent)
