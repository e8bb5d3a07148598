"""Three clay pots of different sizes: lavender, a clipped ball and trailing green."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.green.leaves import blade, grow, oval
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse", "bohemian", "mid_century")
PIECE = Piece("planter_pots", "planter", "Clay pots", 0.96, 0.94, 0.7, ("outdoor",), STYLES)
CLAY = ((0.38, 0.17, 0.09), (0.46, 0.24, 0.14), (0.32, 0.15, 0.09))
POT = [
    (0.62, 0),
    (0.66, 0.01),
    (0.92, 0.82),
    (1.0, 0.83),
    (1.0, 0.98),
    (0.95, 1.0),
    (0.88, 0.98),
    (0.86, 0.88),
    (0.01, 0.86),
]


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    greens = [materials.leaf(tone) for tone in ((0.06, 0.12, 0.04), (0.09, 0.16, 0.06), (0.13, 0.17, 0.1))]
    for number, (x, y, radius, height) in enumerate(
        ((-0.11, 0.12, 0.19, 0.36), (0.29, 0.14, 0.15, 0.3), (0.15, -0.14, 0.12, 0.2))
    ):
        clay = materials.lacquer(look.light if look.style == "coastal" else CLAY[number], 0.85)
        builder.lathe([(r * radius, z * height) for r, z in POT], (x, y, 0), clay)
        for leaf in range((150, 170, 90)[number]):
            up, turn = 1 - 1.3 * (leaf + 0.5) / 170, leaf * math.pi * (3 - math.sqrt(5))
            level = math.sqrt(max(0.0, 1 - up * up)) * radius * 0.85
            root = (
                x + level * 0.7 * math.cos(turn),
                y + level * 0.7 * math.sin(turn),
                height * 0.9 + radius * 0.55 * max(0.0, up),
            )
            long = (rng.uniform(0.2, 0.32), rng.uniform(0.06, 0.09), rng.uniform(0.07, 0.12))[number]
            slim, outline = ((0.05, blade), (0.5, oval), (0.4, oval))[number]
            rise = (1.1, 0.5 + up, 0.3)[number] + rng.uniform(-0.25, 0.25)
            grow(
                builder,
                root,
                turn,
                rise,
                long,
                long * slim,
                outline,
                rng.choice(greens),
                droop=(0.5, 0.6, 1.8)[number],
                cells=(5, 3),
            )
