"""Fields of colour with brushed edges, large and wider than high."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.art_fields import STYLES, draw
from realstaging_render.pieces.walls.prints import LARGE, ROOMS, framed
from realstaging_render.shapes import Builder

PIECE = Piece("art_fields_large", "art", "Colour fields, large", *LARGE, ROOMS, STYLES, mount="wall")


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
