"""A rectangular mirror in a broad moulded frame, gilt or painted."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.prints import GILT
from realstaging_render.shapes import Builder

STYLES = ("traditional", "luxury", "farmhouse")
ROOMS = ("entryway", "bedroom", "living_room", "dining_room")
PIECE = Piece("mirror_carved", "mirror", "Moulded mirror", 0.74, 0.045, 1.0, ROOMS, STYLES, mount="wall")


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    frame = materials.lacquer(look.light, 0.5) if look.style == "farmhouse" else materials.metal(GILT, 0.4)
    builder.box((0.62, 0.006, 0.88), (0, 0.008, 0.06), materials.mirror(), 0.001)
    for inset, wide, deep in ((0.0, 0.03, 0.03), (0.022, 0.046, 0.042), (0.062, 0.018, 0.028)):
        tall, across = 1.0 - 2 * inset, 0.74 - 2 * inset
        for side in (-1, 1):
            builder.box((wide, deep, tall), (side * (across - wide) / 2, (0.045 - deep) / 2, inset), frame, 0.009)
            low = inset if side < 0 else 1.0 - inset - wide
            builder.box((across, deep, wide), (0, (0.045 - deep) / 2, low), frame, 0.009)
