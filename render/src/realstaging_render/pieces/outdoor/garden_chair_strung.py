"""A pear-shaped shell of cords strung from a steel ring to the fold of its seat, on three legs."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import smooth, tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "bohemian", "contemporary")
PIECE = Piece("garden_chair_strung", "outdoor_chair", "String chair", 0.82, 0.81, 0.9, ("outdoor",), STYLES, seats=1)
CORDS = 88
SIDE = np.array([(-0.38, 0.4), (-0.3, 0.415), (-0.1, 0.45), (0.1, 0.53), (0.26, 0.68), (0.36, 0.82), (0.39, 0.885)])
"""The ring seen from the side, from its front to its top: (y, z)."""
WIDE = np.array([0.0, 0.24, 0.335, 0.378, 0.388, 0.28, 0.0])
"""Half its width at each of those."""
FOLD = (0.11, 0.255)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    steel = materials.metal((0.02, 0.02, 0.021), 0.4)
    hue = {"mid_century": look.accent, "bohemian": look.second}.get(look.style, (0.045, 0.043, 0.04))
    cord = materials.lacquer(hue, 0.38)
    right = np.column_stack([WIDE, SIDE])
    ring = smooth(np.vstack([right, (right * (-1, 1, 1))[-2::-1]]), 12)
    tube(builder, ring[::3], 0.012, steel, steps=3)
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(ring, axis=0), axis=1))])
    for number, metres in enumerate(np.linspace(0, along[-1], CORDS, endpoint=False)):
        rim = np.array([np.interp(metres, along, ring[:, axis]) for axis in range(3)])
        turn = 2 * math.pi * number / CORDS
        root = np.array([0.085 * math.sin(turn), FOLD[0] - 0.02 * math.cos(turn), FOLD[1]])
        sag = (rim + root) / 2 - np.array([0, -0.1 * (rim[2] > 0.6), 0.055])
        share = np.linspace(0, 1, 9)[:, None]
        path = (1 - share) ** 2 * root + 2 * share * (1 - share) * sag + share**2 * rim
        tube(builder, path, 0.0048, cord, sides=6, steps=1)
        builder.rod((rim[0], rim[1], rim[2] - 0.006), (rim[0], rim[1], rim[2] + 0.0065), 0.0165, cord)
    around = np.linspace(0, 2 * math.pi, 25)
    oval = np.column_stack([0.085 * np.sin(around), FOLD[0] - 0.02 * np.cos(around), FOLD[1] + 0 * around])
    tube(builder, oval, 0.008, steel, steps=1)
    for side in (-1, 1):
        tube(builder, [(side * 0.355, -0.1, 0.447), (side * 0.3, -0.2, 0.25), (side * 0.27, -0.33, 0.0)], 0.012, steel)
        tube(
            builder, [(side * 0.3, -0.2, 0.25), (side * 0.12, -0.02, 0.215), (0, FOLD[0], FOLD[1] - 0.015)], 0.01, steel
        )
        tube(builder, [(side * 0.34, 0.28, 0.7), (side * 0.2, 0.32, 0.3), (side * 0.1, 0.38, 0.0)], 0.012, steel)
    builder.rod((-0.17, 0.33, 0.21), (0.17, 0.33, 0.21), 0.009, steel)
    builder.rod((0, FOLD[0], FOLD[1] - 0.015), (0, 0.33, 0.21), 0.01, steel)
    with builder.carried():
        cloth = materials.fabric(look.light if look.style != "bohemian" else look.accent, 600, 0.4)
        tilt = (58, 0, rng.uniform(-6, 6))
        builder.cushion((0.42, 0.42, 0.14), (0, 0.07, 0.42), cloth, plump=0.6, tilt=tilt, rng=rng)
