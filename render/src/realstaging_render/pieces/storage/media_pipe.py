"""A low rack of planks on steel pipe: open decks for records and a receiver."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.shelving import shelf_filled
from realstaging_render.pieces.tables.piping import flange
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece("media_pipe", "media_unit", "Pipe and plank media rack", 1.5, 0.4, 0.56, ("living_room",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    iron = materials.metal((0.04, 0.04, 0.043), 0.4)
    for z, wide in ((0.516, 1.5), (0.13, 1.42)):
        for number in range(3):
            plank = materials.wood(tuple(c * rng.uniform(0.86, 1.12) for c in look.wood), "X", 0.6)
            y = -0.1335 + 0.1335 * number
            builder.box((wide, 0.131, 0.044), (0, y * (1 if z > 0.5 else 0.96), z), plank, 0.006)
    for x in (-0.66, 0.0, 0.66):
        for y in (-0.15, 0.15):
            flange(builder, (x, y, 0), iron)
            flange(builder, (x, y, 0.516), iron, up=False)
            builder.rod((x, y, 0.01), (x, y, 0.51), 0.0165, iron)
            for z in (0.105, 0.176, 0.3):
                builder.lathe([(0.017, 0), (0.0245, 0.004), (0.0245, 0.022), (0.017, 0.024)], (x, y, z), iron, 24)
        builder.rod((x, -0.15, 0.312), (x, 0.15, 0.312), 0.0165, iron)
    builder.rod((-0.66, 0.15, 0.312), (0.66, 0.15, 0.312), 0.0165, iron)
    shelf_filled(builder, look, rng, -0.6, -0.06, 0.1745, 0.32, 0, -0.02)
    with builder.carried():
        for x, wide, tall in ((0.22, 0.26, 0.12), (0.46, 0.18, 0.26)):
            builder.box((wide, 0.26, tall), (x, 0, 0.1745), materials.lacquer((0.02, 0.02, 0.022), 0.5), 0.006)
        cone = [(0.004, 0), (0.03, 0.008), (0.055, 0.012), (0.06, 0.004)]
        for z in (0.25, 0.36):
            for radius, out in cone[1:3]:
                builder.rod((0.46, -0.129, z), (0.46, -0.13 - out * 0.3, z), radius, materials.metal(look.metal, 0.5))
