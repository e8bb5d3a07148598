"""A teak bench on slanted legs with a lower shelf, towels above and below."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.dressing.linen import folded, terry
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "coastal", "scandinavian")
PIECE = Piece("stool_teak", "bench", "Teak bench with towels", 0.6, 0.34, 0.45, ("bathroom",), STYLES, laden=True)
SLATS = 6


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    tone = (0.3, 0.165, 0.075) if look.style != "scandinavian" else look.wood
    along, across, upright = (materials.wood(tone, way, 0.55) for way in "XYZ")
    half, deep, high = PIECE.width / 2, PIECE.depth / 2, PIECE.height
    for side in (-1, 1):
        for way in (-1, 1):
            foot, head = (
                (side * (half - 0.02), way * (deep - 0.02), 0),
                (side * (half - 0.075), way * (deep - 0.05), high - 0.03),
            )
            builder.rod(foot, head, 0.013, upright, 0.02)
        builder.box((0.03, PIECE.depth - 0.06, 0.035), (side * (half - 0.075), 0, high - 0.06), across, 0.006)
        builder.box((0.022, PIECE.depth - 0.09, 0.022), (side * (half - 0.055), 0, 0.13), across, 0.005)
    each = PIECE.depth / SLATS
    for number in range(SLATS):
        y = -deep + each * (number + 0.5)
        width = each - (0.01 if 0 < number < SLATS - 1 else 0)
        builder.box((PIECE.width, width, 0.024), (0, y, high - 0.024), along, 0.007)
    for number in range(4):
        builder.box((PIECE.width - 0.13, 0.045, 0.016), (0, -0.09 + 0.06 * number, 0.15), along, 0.004)
    folded(builder, rng, (-0.1, 0, high), (0.3, 0.23), [terry(look.second), terry(look.light)])
    folded(builder, rng, (0.04, 0, 0.166), (0.3, 0.2), [terry(look.light)] * 2)
