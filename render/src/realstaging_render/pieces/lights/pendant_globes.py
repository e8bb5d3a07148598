"""Three globes of opal glass at different heights."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.hanging import ROOMS, cord, rose
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("luxury", "contemporary", "modern", "mid_century", "traditional")
PIECE = Piece("pendant_globes", "pendant", "Globe pendants", 0.5, 0.46, 1.0, ROOMS, STYLES, mount="ceiling")
GLOBES = ((-0.16, -0.12, 0.74, 0.09), (0.16, -0.1, 0.58, 0.08), (0.0, 0.12, 1.0, 0.11))
"""x, y, how far down its lowest point is, radius."""


def build(builder: Builder, look: Look, dice: random.Random) -> None:  # noqa: ARG001
    brass, opal = materials.metal(look.metal, 0.22), materials.shade((0.93, 0.9, 0.84), 1.1)
    rose(builder, brass, 0.2)
    bows = np.linspace(-math.pi / 2, math.pi / 2 * 0.86, 20)
    for x, y, down, radius in GLOBES:
        ball = [(max(radius * math.cos(a), 0.001), radius + radius * math.sin(a)) for a in bows]
        builder.lathe(ball, (x, y, -down), opal)
        neck = 2 * radius - 0.008
        cap = [(radius * 0.3, 0), (radius * 0.32, 0.012), (0.014, 0.022), (0.012, 0.07), (0.004, 0.076)]
        builder.lathe(cap, (x, y, -down + neck), brass, 32)
        cord(builder, x, y, down - neck - 0.07, look)
