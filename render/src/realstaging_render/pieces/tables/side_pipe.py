"""Two decks of planks on legs of steel pipe, screwed to flanges."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.pieces.tables.piping import flange
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece(
    "side_pipe", "side_table", "Pipe and plank side table", 0.5, 0.46, 0.58, ("living_room", "bedroom"), STYLES
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    iron = materials.metal((0.04, 0.04, 0.043), 0.4)
    for number in range(3):
        plank = materials.wood(tuple(c * rng.uniform(0.85, 1.12) for c in look.wood), "X", 0.6)
        y = -0.1535 + 0.1535 * number
        builder.box((0.5, 0.151, 0.042), (0, y, 0.538), plank, 0.006)
        builder.box((0.44, 0.13, 0.03), (0, y * 0.87, 0.17), plank, 0.005)
    for x in (-0.18, 0.18):
        for y in (-0.16, 0.16):
            flange(builder, (x, y, 0), iron)
            flange(builder, (x, y, 0.538), iron, up=False)
            builder.rod((x, y, 0.01), (x, y, 0.53), 0.0165, iron)
            for z in (0.12, 0.4):
                builder.lathe([(0.017, 0), (0.0245, 0.004), (0.0245, 0.034), (0.017, 0.038)], (x, y, z), iron, 24)
        builder.rod((x, -0.16, 0.139), (x, 0.16, 0.139), 0.0165, iron)
    builder.rod((-0.18, 0.16, 0.419), (0.18, 0.16, 0.419), 0.0165, iron)
    books(builder, look, rng, (0, -0.01, 0.2), 4)
