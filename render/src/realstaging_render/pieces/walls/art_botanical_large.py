"""A plant pressed on cream paper, large and wider than high."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.art_botanical import STYLES, draw
from realstaging_render.pieces.walls.prints import LARGE, ROOMS, framed
from realstaging_render.shapes import Builder

PIECE = Piece("art_botanical_large", "art", "Botanical print, large", *LARGE, ROOMS, STYLES, mount="wall")


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
