"""A Swiss cheese plant: broad leaves cut to the rib."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.green.leaves import grow
from realstaging_render.pieces.green.pots import pot
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "scandinavian", "industrial", "mid_century")
ROOMS = ("living_room", "bedroom", "office", "dining_room")
PIECE = Piece("plant_monstera", "plant", "Swiss cheese plant", 1.02, 1.02, 1.04, ROOMS, STYLES)
GREENS = ((0.045, 0.11, 0.03), (0.065, 0.14, 0.04), (0.035, 0.08, 0.025))
STALKS = 17


def heart(t: np.ndarray) -> np.ndarray:
    """A heart whose sides are slit: narrow teeth between broad lobes."""
    whole = np.clip(1 - np.abs(1.75 * (t - 0.36)) ** 2.4, 0, 1) ** 0.55
    return whole * np.where((np.arange(len(t)) % 5 == 3) & (t > 0.2) & (t < 0.9), 0.45, 1.0)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    soil = pot(builder, look, rng, 0.19, 0.3)
    stem, greens = materials.leaf((0.09, 0.15, 0.05)), [materials.leaf(tone) for tone in GREENS]
    for number in range(STALKS):
        way, inner = number * 2.4 + rng.uniform(-0.25, 0.25), 1 - number / (STALKS - 1)
        tall, reach = 0.22 + 0.42 * inner + rng.uniform(-0.04, 0.04), 0.2 * (1 - inner) + 0.06
        line = [
            (r * math.cos(way), r * math.sin(way), soil - 0.02 + tall * t)
            for r, t in ((0.02, 0), (0.02 + reach * 0.4, 0.6), (0.02 + reach, 1.0))
        ]
        tube(builder, line, 0.006, stem, sides=8)
        long = rng.uniform(0.2, 0.29)
        grow(
            builder,
            line[-1],
            way,
            0.75 * inner + rng.uniform(-0.1, 0.25),
            long,
            long * 0.95,
            heart,
            rng.choice(greens),
            droop=rng.uniform(0.7, 1.2),
            fold=0.18,
            roll=rng.uniform(-0.35, 0.35),
            cells=(31, 7),
        )
