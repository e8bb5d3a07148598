"""A child's sleigh bed, painted: panelled head and foot that curl outwards."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.bentwood import Side, band
from realstaging_render.pieces.storage.playthings import rabbit
from realstaging_render.shapes import Builder

STYLES = ("traditional", "coastal", "farmhouse")
PIECE = Piece("kids_sleigh", "kids_bed", "Child's sleigh bed", 1.06, 2.24, 0.98, ("kids_room",), STYLES, seats=1)
PANELS = 3


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    tone = tuple(0.72 * a + 0.28 * b for a, b in zip(look.light, look.second, strict=True))
    colour = (tone[0], tone[1], tone[2]) if look.style == "farmhouse" else look.light
    paint = materials.lacquer(colour, 0.42)
    for way, tall in ((1, 0.965), (-1, 0.62)):
        bend: list[Side] = [
            (0.965, 0.2),
            (0.965, tall * 0.55),
            (0.985, tall * 0.78),
            (1.03, tall * 0.94),
            (1.085, tall),
        ]
        path = [(way * y, z) for y, z in bend]
        band(builder, 0, path, 0.94, 0.022, paint)
        for x in (-0.485, 0.485):
            band(builder, x, [(way * 0.965, 0.06), *path], 0.055, 0.055, paint)
            foot = [(0.018, 0), (0.026, 0.01), (0.034, 0.035), (0.022, 0.058), (0.03, 0.075), (0.001, 0.076)]
            builder.lathe(foot, (x, way * 0.965, 0), paint, 28)
            builder.rod((x - 0.03, way * 1.083, tall - 0.022), (x + 0.03, way * 1.083, tall - 0.022), 0.038, paint)
        builder.rod((-0.5, way * 1.083, tall - 0.02), (0.5, way * 1.083, tall - 0.02), 0.03, paint)
        for z in (0.2, tall * 0.42):
            builder.box((0.93, 0.04, 0.05), (0, way * 0.965, z), paint, 0.008)
        high = tall * 0.42 + 0.062
        wide = 0.9 / PANELS
        for number in range(PANELS):
            x = (number - (PANELS - 1) / 2) * wide
            for side in (-1, 1):
                rise: list[Side] = [(way * (0.965 + 0.012 * side), high), (way * (0.968 + 0.012 * side), tall * 0.58)]
                rise += [(way * (0.985 + 0.012 * side), tall * 0.76), (way * (1.012 + 0.012 * side), tall * 0.87)]
                band(builder, x, rise, wide - 0.09, 0.014, paint)
                builder.box(
                    (wide - 0.09, 0.01, tall * 0.42 - 0.29), (x, way * (0.965 + 0.014 * side), 0.27), paint, 0.004
                )
    for x in (-0.5, 0.5):
        builder.box((0.028, 1.9, 0.19), (x, 0, 0.16), paint, 0.01)
        builder.box((0.04, 1.9, 0.024), (x, 0, 0.342), paint, 0.01)
    dress(builder, look, rng, 0.88, 1.88, 0.26, 0.94)
    rabbit(builder, look, (-0.2, 0.32, 0.57))
