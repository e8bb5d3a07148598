"""Two curtains on a rod, for a window of up to 1.6 m."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.hangings import pair
from realstaging_render.shapes import Builder

ROOMS = ("living_room", "bedroom", "dining_room")
PIECE = Piece("curtain_pair", "curtain", "Plain curtains", 2.3, 0.1, 2.34, ROOMS, mount="wall")


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    size = (PIECE.width, PIECE.depth, PIECE.height)
    pair(builder, look, rng, size, materials.fabric(look.light, 900, 0.1), share=0.15, rings=False)
