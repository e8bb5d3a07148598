"""A round pouf."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece("pouf_round", "pouf", "Pouf", 0.5, 0.5, 0.4, ("living_room", "bedroom", "kids_room"), seats=1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    profile = [(0.2, 0), (0.235, 0.03), (0.25, 0.12), (0.25, 0.28), (0.235, 0.36), (0.19, 0.392), (0.05, 0.4)]
    builder.lathe(profile, (0, 0, 0), materials.fabric(look.accent, 300, 0.6))
