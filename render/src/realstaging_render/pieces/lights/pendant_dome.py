"""A pendant lamp with a metal dome."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.hanging import ROOMS, cord, rose
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "industrial", "scandinavian", "farmhouse", "mid_century", "minimalist", "contemporary")
PIECE = Piece("pendant_dome", "pendant", "Dome pendant", 0.46, 0.46, 0.95, ROOMS, STYLES, mount="ceiling")
OUTSIDE = [
    (0.23, 0),
    (0.228, 0.03),
    (0.205, 0.1),
    (0.15, 0.17),
    (0.075, 0.21),
    (0.04, 0.235),
    (0.03, 0.29),
    (0.012, 0.3),
]


def build(builder: Builder, look: Look, dice: random.Random) -> None:
    colour = (
        look.metal if look.style in {"industrial", "modern", "minimalist"} else dice.choice([look.accent, look.light])
    )
    body = materials.metal(colour, 0.35) if look.legs == "metal" else materials.lacquer(colour, 0.3)
    fitting = materials.metal(look.metal, 0.3)
    rose(builder, fitting)
    cord(builder, 0, 0, 0.66, look)
    inside = [(r - 0.004, h - 0.004) for r, h in OUTSIDE[1:5]]
    builder.lathe([*inside[::-1], (0.226, 0.001), *OUTSIDE], (0, 0, -0.95), body)
    lining = [(0.001, 0.196), *((r - 0.006, h - 0.008) for r, h in OUTSIDE[4:0:-1]), (0.222, 0.004)]
    builder.lathe(
        [*lining, (0.2, 0.09), (0.1, 0.185), (0.001, 0.193)], (0, 0, -0.95), materials.lacquer((0.85, 0.82, 0.75), 0.5)
    )
    bulb = [(0.001, 0), (0.03, 0.008), (0.045, 0.04), (0.03, 0.075), (0.016, 0.1)]
    builder.lathe(bulb, (0, 0, -0.9), materials.shade((0.95, 0.9, 0.8), 3.0), 24)
