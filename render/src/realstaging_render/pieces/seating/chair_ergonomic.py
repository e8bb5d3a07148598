"""An office chair with a mesh back, a headrest and arms that adjust."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.swivel import star_base
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary", "minimalist", "industrial", "scandinavian")
PIECE = Piece("chair_ergonomic", "office_chair", "Ergonomic chair", 0.66, 0.66, 1.16, ("office",), STYLES, seats=1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    pale = look.style in {"scandinavian", "minimalist"}
    frame = materials.lacquer((0.6, 0.6, 0.59) if pale else (0.022, 0.022, 0.024), 0.45)
    steel = materials.metal((0.6, 0.6, 0.6), 0.25)
    cloth = materials.fabric((0.28, 0.29, 0.3) if pale else (0.035, 0.036, 0.04), 500, 0.4)
    mesh = materials.webbing((0.3, 0.31, 0.32) if pale else (0.05, 0.052, 0.055), pitch=0.006)
    star_base(builder, steel, 0.3, 0.41)
    builder.box((0.2, 0.28, 0.06), (0, 0.03, 0.375), frame, 0.02)
    builder.cushion((0.51, 0.5, 0.11), (0, -0.03, 0.405), cloth, plump=0.2, rng=rng)
    u, v = np.meshgrid(np.linspace(-1, 1, 25), np.linspace(0, 1, 25), indexing="ij")
    back = _back(u, v)
    builder.sheet(back, mesh, thin=True)
    rim = np.vstack([back[:, 0], back[-1, 1:], back[-2::-1, -1], back[0, -2::-1]])
    tube(builder, rim, 0.012, frame, steps=1, sides=8)
    tube(builder, [(0, 0.08, 0.39), (0, 0.24, 0.4), (0, 0.3, 0.52), (0, 0.29, 0.75)], 0.022, frame)
    builder.box((0.3, 0.03, 0.06), (0, 0.262, 0.62), frame, 0.014)
    tube(builder, [(0, 0.3, 0.95), (0, 0.315, 1.02), (0, 0.3, 1.08)], 0.012, frame)
    builder.cushion((0.3, 0.15, 0.06), (0, 0.275, 1.06), cloth, plump=0.4, tilt=(82, 0, 0), rng=rng)
    for side in (-1, 1):
        tube(builder, [(side * 0.1, 0.03, 0.4), (side * 0.27, 0.04, 0.42), (side * 0.29, 0.04, 0.63)], 0.015, frame)
        builder.cushion((0.085, 0.26, 0.035), (side * 0.287, 0.0, 0.625), frame, plump=0.2, cells=14)


def _back(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Bent round the sitter and forward at the loins; narrower at its ends."""
    wide = 0.235 * (1 - 0.16 * (2 * v - 0.9) ** 2)
    y = 0.235 + 0.05 * v - 0.035 * np.exp(-(((v - 0.28) / 0.2) ** 2)) - 0.045 * u**2
    return np.stack([wide * u, y, 0.5 + 0.5 * v + 0.012 * (1 - u**2)], axis=-1)
