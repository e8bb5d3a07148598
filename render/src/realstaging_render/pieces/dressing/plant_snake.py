"""A snake plant: upright leaves in a narrow pot, for small and damp rooms."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece(
    "plant_snake",
    "plant",
    "Snake plant",
    0.37,
    0.37,
    0.92,
    ("kitchen", "bathroom", "entryway", "office", "bedroom"),
)
POT = [(0.11, 0), (0.12, 0.006), (0.145, 0.25), (0.148, 0.3), (0.14, 0.302), (0.135, 0.27), (0.001, 0.265)]
GREENS = ((0.045, 0.085, 0.035), (0.07, 0.12, 0.05), (0.035, 0.065, 0.03))
LEAVES = 16


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    builder.lathe(POT, (0, 0, 0), materials.lacquer(rng.choice([look.light, look.second]), 0.45))
    greens, rim = [materials.leaf(tone) for tone in GREENS], materials.leaf((0.32, 0.33, 0.1))
    for number in range(LEAVES):
        turn, root = number * 2.4 + rng.uniform(-0.2, 0.2), 0.02 + 0.08 * math.sqrt(number / LEAVES)
        long, lean = rng.uniform(0.5, 0.69) * (1 - 0.25 * number / LEAVES), rng.uniform(0.02, 0.1)
        t = np.linspace(0, 1, 14)
        out = root + lean * t**1.5
        twist = turn + math.pi / 2 + rng.uniform(-0.6, 0.6) + 0.7 * t
        line = np.column_stack([out * math.cos(turn), out * math.sin(turn), 0.26 + long * t])
        side = np.column_stack([np.cos(twist), np.sin(twist), 0 * t])
        half = 0.031 * np.minimum(1, 0.55 + 1.2 * t) * np.sqrt(np.clip(1 - t**3, 0, 1)) + 0.0006
        for inner, outer, material in ((-0.8, 0.8, rng.choice(greens)), (-1.0, -0.8, rim), (0.8, 1.0, rim)):
            shares = np.linspace(inner, outer, 5)
            # Leaves are troughs: their middle lies deeper than their edges.
            dent = np.column_stack([np.cos(twist + math.pi / 2), np.sin(twist + math.pi / 2), 0 * t])
            rows = [line + (half * s)[:, None] * side + (half * 0.35 * s * s)[:, None] * dent for s in shares]
            builder.sheet(np.stack(rows), material, thin=True)
