"""A thin top with round ends on four turned legs that spread outwards, laid for six."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.slabs import slab
from realstaging_render.pieces.tables.place_settings import centre, laid
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "mid_century")
PIECE = Piece(
    "dining_ellipse", "dining_table", "Round-ended dining table", 1.9, 0.92, 0.74, ("dining_room",), STYLES, laden=True
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    top, leg = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    slab(builder, 0.95, 0.46, 0.714, 0.026, top)
    for x in (-1, 1):
        for y in (-1, 1):
            foot, head = (x * 0.68, y * 0.35, 0.0), (x * 0.56, y * 0.27, 0.715)
            builder.rod(foot, head, 0.016, leg, 0.031)
            if look.style == "mid_century":
                cuff = [a + (b - a) * 0.1 for a, b in zip(foot, head, strict=True)]
                builder.rod(foot, (cuff[0], cuff[1], cuff[2]), 0.0165, materials.metal(look.metal, 0.3), 0.018)
        builder.box((0.03, 0.52, 0.06), (x * 0.56, 0, 0.656), materials.wood(look.wood, "Y"), 0.006)
        builder.box((1.12, 0.026, 0.06), (0, x * 0.26, 0.656), top, 0.006)
    laid(builder, look, rng, 0.74, [(x, y) for y in (-0.29, 0.29) for x in (-0.6, 0.0, 0.6)])
    centre(builder, look, rng, 0.74, 1.9)
