"""A lounge chair on a frame of laminated wood, runner and arm in one bend, with a long buttoned cushion."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.bentwood import band, draped
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "mid_century")
PIECE = Piece(
    "lounge_bent",
    "accent_chair",
    "Bentwood lounge chair",
    0.7,
    0.82,
    0.955,
    ("living_room", "bedroom"),
    STYLES,
    seats=1,
)
SEAT = [(-0.33, 0.4), (-0.2, 0.385), (0.04, 0.315), (0.15, 0.36), (0.235, 0.55), (0.33, 0.8), (0.39, 0.93)]


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    timber, rail = materials.wood(look.wood, "Y", 0.4), materials.wood(look.wood, "X", 0.4)
    frame = [(0.36, 0.013), (0.1, 0.012), (-0.26, 0.014), (-0.37, 0.05), (-0.4, 0.14), (-0.395, 0.34)]
    frame += [(-0.375, 0.5), (-0.31, 0.565), (-0.2, 0.575), (0.05, 0.555), (0.26, 0.54)]
    for side in (-1, 1):
        band(builder, side * 0.32, frame, 0.058, 0.024, timber)
        band(builder, side * 0.27, [(y, z - 0.024) for y, z in SEAT], 0.042, 0.022, timber)
        builder.rod((side * 0.3, -0.392, 0.345), (side * 0.25, -0.31, 0.372), 0.013, rail)
    for y, z in ((-0.31, 0.372), (0.06, 0.288), (0.36, 0.9)):
        builder.rod((-0.27, y, z), (0.27, y, z), 0.014, rail)
    builder.rod((-0.34, 0.252, 0.52), (0.34, 0.252, 0.52), 0.014, rail)
    builder.rod((-0.33, 0.33, 0.02), (0.33, 0.33, 0.02), 0.011, rail)

    def dent(across: np.ndarray, along: np.ndarray) -> np.ndarray:
        seam = np.exp(-(((along % 0.155) - 0.0775) ** 2) / 0.0003)
        button = np.exp(-(((np.abs(across) - 0.12) / 0.018) ** 2))
        return np.asarray(0.017 * seam + 0.014 * seam * button)

    draped(builder, SEAT, 0.53, 0.075, materials.fabric(look.second, 600, 0.4), dent)
