"""A bean bag to sink into."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary", "scandinavian", "industrial", "minimalist", "mid_century", "coastal", "luxury")
PIECE = Piece("pouf_beanbag", "pouf", "Bean bag", 0.74, 0.78, 0.6, ("kids_room",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    cloth = materials.fabric(rng.choice([look.accent, look.second, look.fabric]), 600, 0.4)
    turn, up = np.meshgrid(np.linspace(0, 2 * np.pi, 121), np.linspace(0, 1, 61), indexing="ij")
    # A drop: broad and flat below, its peak towards the back; the seat is pressed in at the front.
    below = np.sqrt(np.clip(1 - (1 - up / 0.32) ** 2, 0, 1))
    above = np.clip(1 - (np.clip(up - 0.32, 0, 1) / 0.68) ** 1.7, 0, 1) ** 0.75
    radius = 0.37 * np.where(up < 0.32, below, above)
    seams = 1 - 0.022 * np.abs(np.cos(3 * turn)) ** 24 * np.sin(np.pi * up)
    phase = rng.uniform(0, 6)
    creases = 1 + 0.02 * np.sin(9 * turn + 8 * up + phase) * up + 0.012 * np.sin(17 * turn - 14 * up) * up * (1 - up)
    height = 0.69 * up - 0.09
    front = np.clip(-np.sin(turn), 0, 1)
    height = height - 0.15 * front * np.sin(np.pi * up**1.3) ** 2
    back = 0.15 * up**1.4
    x = radius * seams * creases * np.cos(turn)
    y = radius * seams * creases * np.sin(turn) * 1.04 + back - 0.03
    builder.sheet(np.stack([x, y, np.clip(height, 0, None)], axis=-1), cloth)
