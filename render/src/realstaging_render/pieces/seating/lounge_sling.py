"""A sling chair: a hide of thick leather hung in a frame of flat steel."""

from __future__ import annotations

import random
from itertools import pairwise

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.bentwood import band, draped
from realstaging_render.pieces.seating.steel_framed import LEATHERS
from realstaging_render.shapes import Builder

STYLES = ("industrial", "modern", "mid_century")
PIECE = Piece(
    "lounge_sling",
    "accent_chair",
    "Leather sling chair",
    0.7,
    0.78,
    0.81,
    ("living_room", "bedroom", "office"),
    STYLES,
    seats=1,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    wooden = look.style == "mid_century"
    frame = materials.wood(look.wood, "Y", 0.35) if wooden else materials.metal((0.02, 0.02, 0.021), 0.4)
    leather = materials.lacquer(rng.choice(LEATHERS), 0.42)
    thick = 0.026 if wooden else 0.014
    for side in (-1, 1):
        x = side * 0.325
        loop = [(0.32, 0.0), (0.335, 0.28), (0.33, 0.55), (-0.34, 0.585), (-0.345, 0.3), (-0.36, 0.0)]
        for start, end in pairwise(loop):
            if start[1] + end[1] > 1.1:
                band(builder, x, [(start[0] + 0.02, start[1]), (end[0] - 0.03, end[1])], 0.05, thick, frame, 1)
            else:
                band(builder, x, [start, end], 0.034, thick, frame, 1)
        band(builder, x * 0.93, [(-0.33, 0.405), (0.345, 0.33)], 0.022, thick, frame, 1)
        band(builder, x * 0.93, [(0.16, 0.35), (0.375, 0.79)], 0.022, thick, frame, 1)
    for y, z in ((-0.335, 0.405), (0.372, 0.785), (0.335, 0.33)):
        builder.rod((-0.325, y, z), (0.325, y, z), 0.011, frame)
    hide = [(-0.348, 0.385), (-0.35, 0.41), (-0.335, 0.424), (-0.3, 0.412), (-0.1, 0.352), (0.08, 0.325), (0.19, 0.38)]
    hide += [(0.28, 0.57), (0.355, 0.755), (0.366, 0.79), (0.383, 0.797), (0.39, 0.77)]
    draped(builder, hide, 0.56, 0.012, leather, sag=0.012, steps=8)
    draped(builder, [(0.21, 0.51), (0.275, 0.645), (0.315, 0.74)], 0.42, 0.07, leather, sag=0.006)
