"""An armchair of four boards: broad solid sides, a cushion to sit on and one to lean against."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.padding import pad
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "scandinavian", "bohemian")
PIECE = Piece(
    "armchair_plank", "armchair", "Armchair of boards", 0.74, 0.77, 0.74, ("living_room", "bedroom"), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    along, across = materials.wood(look.wood, "Y", 0.45), materials.wood(look.wood, "X", 0.45)
    for side in (-1, 1):
        x = side * (PIECE.width / 2 - 0.016)
        builder.box((0.032, PIECE.depth - 0.02, 0.11), (x, 0, 0.46), along, 0.005)
        builder.box((0.0315, PIECE.depth - 0.03, 0.11), (x, 0, 0.18), along, 0.005)
        for y in (-0.33, 0.33):
            builder.box((0.031, 0.1, 0.565), (x, y, 0), materials.wood(look.wood, "Z", 0.45), 0.005)
    builder.box((PIECE.width - 0.06, 0.66, 0.024), (0, -0.01, 0.2), across, 0.004, (3, 0, 0))
    builder.box((PIECE.width - 0.06, 0.024, 0.3), (0, 0.315, 0.33), across, 0.005, (-12, 0, 0))
    cloth, inner = materials.fabric(look.fabric, 500, 0.45), PIECE.width - 0.075
    pad(
        builder,
        (inner, 0.68, 0.16),
        (0, -0.035, 0.225),
        cloth,
        edge=0.05,
        crown=0.025,
        tilt=(3, 0, 0),
        welt=cloth,
        rng=rng,
    )
    pad(
        builder,
        (inner, 0.42, 0.15),
        (0, 0.225, 0.46),
        cloth,
        edge=0.05,
        crown=0.025,
        tilt=(78, 0, 0),
        welt=cloth,
        rng=rng,
    )
