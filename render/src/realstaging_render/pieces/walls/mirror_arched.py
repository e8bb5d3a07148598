"""A tall mirror with an arched head in a slim frame."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary", "luxury", "minimalist")
ROOMS = ("entryway", "bedroom", "living_room", "dining_room", "bathroom")
PIECE = Piece("mirror_arched", "mirror", "Arched mirror", 0.64, 0.03, 0.98, ROOMS, STYLES, mount="wall")
HALF = 0.305


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    turn = np.linspace(0, math.pi, 33)
    bow = np.column_stack([HALF * np.cos(turn), 0.665 + HALF * np.sin(turn)])
    outline = np.vstack([[(HALF, 0.012)], bow, [(-HALF, 0.012), (HALF, 0.012)]])
    bars = [(x, 0.0, z) for x, z in outline]
    tube(builder, bars, 0.0125, materials.metal(look.metal, 0.3), steps=1)
    rows = np.stack(
        [
            np.column_stack([outline[:, 0] * s, np.full(len(outline), 0.004), 0.5 + (outline[:, 1] - 0.5) * s])
            for s in (1.0, 0.5, 0.001)
        ]
    )
    builder.sheet(rows, materials.mirror(), thin=True)
