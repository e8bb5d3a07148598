"""A heavy plank table on legs of steel pipe with a linen runner, laid for six."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.piping import flange
from realstaging_render.pieces.tables.place_settings import centre, laid
from realstaging_render.shapes import Builder

STYLES = ("industrial", "modern")
PIECE = Piece("dining_plank", "dining_table", "Plank table", 2.0, 0.95, 0.76, ("dining_room",), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    pipe = materials.metal((0.035, 0.035, 0.038), 0.38)
    widths = (0.21, 0.27, 0.235, 0.226)
    y = -0.4735
    for width in widths:
        tone = tuple(c * rng.uniform(0.82, 1.12) for c in look.wood)
        builder.box((2.0, width, 0.052), (0, y + width / 2, 0.708), materials.wood(tone, "X", 0.55), 0.006)
        y += width + 0.002
    for x in (-0.78, 0.78):
        for y in (-0.34, 0.34):
            builder.rod((x, y, 0.004), (x, y, 0.7), 0.021, pipe)
            flange(builder, (x, y, 0), pipe)
            flange(builder, (x, y, 0.708), pipe, up=False)
            builder.rod((x, y, 0.16), (x, y, 0.22), 0.028, pipe)
        builder.rod((x, -0.34, 0.19), (x, 0.34, 0.19), 0.019, pipe)
        builder.rod((x, -0.03, 0.19), (x, 0.03, 0.19), 0.028, pipe)
    builder.rod((-0.78, 0, 0.19), (0.78, 0, 0.19), 0.019, pipe)
    with builder.carried():
        runner = materials.fabric(look.light, 500, 0.4)
        builder.box((1.5, 0.3, 0.004), (0, 0, 0.76), runner, 0.001)
    laid(builder, look, rng, 0.76, [(x, y) for y in (-0.315, 0.315) for x in (-0.64, 0.0, 0.64)])
    centre(builder, look, rng, 0.764, 2.0)
