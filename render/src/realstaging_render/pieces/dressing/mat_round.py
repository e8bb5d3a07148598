"""A round bath mat, braided of jute."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal", "farmhouse")
PIECE = Piece("mat_round", "bath_mat", "Round braided mat", 0.8, 0.8, 0.018, ("bathroom",), STYLES)
BRAID = 0.03


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    radius = PIECE.width / 2
    dyed = 0.6 if look.style == "bohemian" else 1.5
    tones = [CANE, tuple(min(0.8, dyed * c) for c in CANE), look.light]
    rings = round(radius / BRAID)
    turn = np.linspace(0, 2 * np.pi, 181)
    for number in range(rings):
        outer = radius - number * BRAID
        rows = []
        for share in np.linspace(0, 1, 7):
            strand = 0.002 * np.abs(np.sin(turn * outer / 0.018 + 3 * share))
            height = 0.005 + (PIECE.height - 0.008) * np.sin(np.pi * share) ** 0.5 + strand * np.sin(np.pi * share)
            reach = max(outer - share * BRAID, 0.001)
            rows.append(np.stack([reach * np.cos(turn), reach * np.sin(turn), height], axis=-1))
        tone = tones[2] if number in (1, 4) else rng.choice(tones[:2])
        builder.sheet(np.stack(rows), materials.fabric(tone, 160, 0.7))
    flat = [(radius - 0.004, 0.0), (radius - 0.002, 0.005), (0.001, 0.005)]
    builder.lathe(flat, (0, 0, 0), materials.fabric(CANE, 160, 0.7), 96)
