"""A marble top on two gates of brass, laid for six."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.place_settings import centre, laid
from realstaging_render.shapes import Builder

STYLES = ("luxury",)
PIECE = Piece(
    "dining_brass",
    "dining_table",
    "Marble and brass dining table",
    2.0,
    1.0,
    0.76,
    ("dining_room",),
    STYLES,
    laden=True,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    brass, stone = materials.metal(look.metal, 0.2), materials.marble((0.74, 0.72, 0.69), (0.36, 0.33, 0.3), 0.14)
    builder.box((2.0, 1.0, 0.034), (0, 0, 0.726), stone, 0.006)
    builder.box((1.9, 0.9, 0.014), (0, 0, 0.713), brass, 0.003)
    for x in (-0.68, 0.68):
        for y in (-1, 1):
            for side in (-0.16, 0.16):
                builder.rod((x + side, y * 0.36, 0.02), (x, y * 0.3, 0.715), 0.02, brass)
        for side in (-0.16, 0.16):
            builder.rod((x + side, -0.38, 0.02), (x + side, 0.38, 0.02), 0.02, brass)
        builder.rod((x - 0.16, 0, 0.02), (x + 0.16, 0, 0.02), 0.018, brass)
    builder.rod((-0.68, 0, 0.7), (0.68, 0, 0.7), 0.016, brass)
    laid(builder, look, rng, 0.76, [(x, y) for y in (-0.33, 0.33) for x in (-0.6, 0.0, 0.6)])
    centre(builder, look, rng, 0.76, 1.9)
