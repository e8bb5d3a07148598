"""A small round mirror in rays of cane or brass."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "mid_century", "coastal", "scandinavian")
ROOMS = ("entryway", "bedroom", "living_room", "dining_room")
PIECE = Piece("mirror_sunburst", "mirror", "Sunburst mirror", 0.84, 0.035, 0.84, ROOMS, STYLES, mount="wall")
RAYS = 48


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    brass = look.style == "mid_century"
    ray = materials.metal(look.metal, 0.3) if brass else materials.wood(CANE, "X", 0.5)
    around, middle = np.linspace(0, 2 * np.pi, 65), 0.42

    def ring(radius: float, y: float) -> np.ndarray:
        return np.stack([radius * np.cos(around), np.full(65, y), middle + radius * np.sin(around)], axis=-1)

    for number in range(RAYS):
        angle = 2 * math.pi * number / RAYS
        far = 0.415 if number % 2 == 0 else 0.33 + rng.uniform(-0.01, 0.01)
        x, z = math.cos(angle), math.sin(angle)
        builder.rod((0.2 * x, 0.008, middle + 0.2 * z), (far * x, 0.008, middle + far * z), 0.006, ray, 0.003)
    builder.sheet(
        np.stack([ring(0.2, -0.012), ring(0.225, -0.0175), ring(0.235, 0.0), ring(0.225, 0.0175)]), ray, thin=True
    )
    builder.sheet(
        np.stack([ring(0.205, -0.008), ring(0.1, -0.008), ring(0.001, -0.008)]), materials.mirror(), thin=True
    )
