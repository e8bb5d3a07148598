"""A round mirror in a slim frame."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = (
    "modern",
    "contemporary",
    "industrial",
    "scandinavian",
    "coastal",
    "mid_century",
    "minimalist",
    "bohemian",
    "luxury",
)
PIECE = Piece(
    "mirror_round",
    "mirror",
    "Round mirror",
    0.76,
    0.035,
    0.76,
    ("entryway", "bedroom", "living_room", "dining_room", "bathroom"),
    STYLES,
    mount="wall",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    frame = materials.metal(look.metal, 0.3) if look.legs == "metal" else materials.wood(look.wood, "X")
    around = np.linspace(0, 2 * np.pi, 73)
    middle = 0.38

    def ring(radius: float, y: float) -> np.ndarray:
        return np.stack([radius * np.cos(around), np.full(73, y), middle + radius * np.sin(around)], axis=-1)

    builder.sheet(
        np.stack([ring(0.355, -0.0175), ring(0.38, -0.0175), ring(0.38, 0.0175), ring(0.355, 0.0175)]), frame, thin=True
    )
    builder.sheet(np.stack([ring(0.355, -0.0175), ring(0.355, -0.006)]), frame, thin=True)
    builder.sheet(
        np.stack([ring(0.36, -0.006), ring(0.18, -0.006), ring(0.001, -0.006)]), materials.mirror(), thin=True
    )
