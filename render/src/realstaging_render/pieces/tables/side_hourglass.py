"""Two marble cones, point to point, a metal collar at their waist."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("luxury", "modern")
PIECE = Piece("side_hourglass", "side_table", "Marble side table", 0.4, 0.4, 0.5, ("living_room", "bedroom"), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    pale, dark = ((0.74, 0.72, 0.69), (0.4, 0.38, 0.35)), ((0.03, 0.032, 0.034), (0.4, 0.38, 0.34))
    stone = materials.marble(*(pale if look.style == "luxury" else dark))
    builder.lathe([(0.165, 0), (0.17, 0.004), (0.17, 0.02), (0.09, 0.225)], (0, 0, 0), stone, 72)
    builder.lathe(
        [(0.09, 0), (0.195, 0.235), (0.2, 0.242), (0.2, 0.256), (0.196, 0.26), (0.002, 0.26)], (0, 0, 0.24), stone, 72
    )
    builder.lathe(
        [(0.088, 0), (0.095, 0.003), (0.095, 0.017), (0.088, 0.02)],
        (0, 0, 0.2225),
        materials.metal(look.metal, 0.22),
        64,
    )
