"""Three folded towels, the smallest on top."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.dressing.linen import folded_flat, terry
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece(
    *("towel_folded", "towel", "Folded towels", 0.38, 0.29, 0.171, ("bathroom",)), mount="surface", on="vanity_stool"
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    z = 0.0
    for size, colour in (((0.38, 0.28), look.light), ((0.37, 0.27), look.light), ((0.29, 0.22), look.second)):
        z = folded_flat(builder, rng, (rng.uniform(-0.003, 0.003), 0.002, z), size, terry(colour))
