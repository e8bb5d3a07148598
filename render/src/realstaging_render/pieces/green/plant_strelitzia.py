"""A bird of paradise: paddles on tall stalks."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.green.leaves import grow, paddle
from realstaging_render.pieces.green.pots import pot
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("luxury", "modern", "contemporary", "coastal", "mid_century")
ROOMS = ("living_room", "bedroom", "office", "dining_room", "entryway")
PIECE = Piece("plant_strelitzia", "plant", "Bird of paradise", 1.14, 1.14, 1.6, ROOMS, STYLES)
GREENS = ((0.06, 0.13, 0.04), (0.085, 0.16, 0.055), (0.05, 0.1, 0.035))
STALKS = 13


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    soil = pot(builder, look, rng, 0.2, 0.36)
    stem, greens = materials.leaf((0.1, 0.17, 0.06)), [materials.leaf(tone) for tone in GREENS]
    for number in range(STALKS):
        way = number * 2.4 + rng.uniform(-0.25, 0.25)
        inner = 1 - number / (STALKS - 1)
        tall, reach = 0.55 + 0.4 * inner + rng.uniform(-0.05, 0.05), 0.08 + 0.11 * (1 - inner)
        line = [
            (r * math.cos(way), r * math.sin(way), soil - 0.02 + tall * t)
            for r, t in ((0.03, 0), (0.03 + reach * 0.25, 0.5), (0.03 + reach, 1.0))
        ]
        tube(builder, line, 0.008, stem, sides=8)
        long = rng.uniform(0.34, 0.42)
        grow(
            builder,
            line[-1],
            way + rng.uniform(-0.15, 0.15),
            1.25 - 0.45 * (1 - inner),
            long,
            long * 0.42,
            paddle,
            rng.choice(greens),
            droop=0.7 + 0.9 * (1 - inner),
            fold=0.4,
            wave=0.008,
            roll=rng.uniform(-0.5, 0.5),
            cells=(13, 7),
        )
