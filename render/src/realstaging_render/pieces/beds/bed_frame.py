"""A double bed with a wooden frame and headboard, made."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "minimalist", "bohemian")
PIECE = Piece("bed_frame", "bed", "Double bed, wooden", 1.76, 2.14, 1.05, ("bedroom",), STYLES, seats=2)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    rail, post = materials.wood(look.wood, "Y"), materials.wood(look.wood, "Z")
    board = materials.wood(look.wood, "X")
    for x in (-0.84, 0.84):
        builder.box((0.07, 0.07, 1.05), (x, 1.03, 0), post, 0.01)
        builder.box((0.04, 2.04, 0.16), (x, 0, 0.18), rail, 0.008)
        builder.box((0.07, 0.07, 0.36), (x, -1.03, 0), post, 0.01)
    for z in (0.5, 0.66, 0.82):
        builder.box((1.64, 0.03, 0.13), (0, 1.03, z), board, 0.008)
    builder.box((1.7, 0.04, 0.05), (0, 1.03, 0.985), board, 0.012)
    builder.box((1.64, 0.04, 0.18), (0, -1.03, 0.16), board, 0.008)
    dress(builder, look, rng, 1.6, 1.98, 0.28, 0.99)
