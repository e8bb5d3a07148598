"""A slender olive tree with a loose, silvery crown."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.green.leaves import blade, grow
from realstaging_render.pieces.green.pots import pot
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "luxury", "farmhouse", "coastal", "traditional")
ROOMS = ("living_room", "bedroom", "office", "dining_room", "entryway")
PIECE = Piece("plant_olive", "plant", "Olive tree", 0.74, 0.74, 1.69, ROOMS, STYLES)
SILVER = ((0.13, 0.19, 0.085), (0.19, 0.25, 0.13), (0.09, 0.145, 0.055))
TWIGS = 44


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    soil = pot(builder, look, rng, 0.19, 0.36)
    bark, silver = materials.lacquer((0.17, 0.14, 0.1), 0.9), [materials.leaf(tone) for tone in SILVER]
    fork = (0.02, -0.01, 1.02)
    tube(builder, [(0, 0, soil - 0.02), (0.022, 0.01, 0.6), (-0.01, 0.0, 0.82), fork], 0.014, bark)
    for number in range(TWIGS):
        # Even over a ball (Vogel's spiral), so that the crown is round and full.
        up, turn = 1 - 1.7 * (number + 0.5) / TWIGS, number * math.pi * (3 - math.sqrt(5))
        level, reach = math.sqrt(1 - up * up), rng.uniform(0.2, 0.33)
        tip = (reach * level * math.cos(turn), reach * level * math.sin(turn), 1.32 + 0.34 * up)
        bend = [(a + b) / 2 + rng.uniform(-0.02, 0.02) for a, b in zip(fork, tip, strict=True)]
        tube(builder, [fork, bend, tip], 0.003, bark, sides=5, steps=3)
        for step in range(12):
            share = 0.42 + 0.58 * step / 11
            spot = [a + (b - a) * share for a, b in zip(fork, tip, strict=True)]
            heading = turn + (1 if step % 2 else -1) * rng.uniform(0.6, 1.2)
            size = rng.uniform(0.06, 0.09)
            grow(
                builder,
                spot,
                heading,
                rng.uniform(-0.4, 0.9),
                size,
                size * 0.32,
                blade,
                rng.choice(silver),
                droop=0.5,
                cells=(5, 3),
            )
