"""A farmhouse table on turned legs with a painted frame, a runner and a bowl of lemons, laid for six."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.playthings import ball
from realstaging_render.pieces.tables.dressing import bowl
from realstaging_render.pieces.tables.place_settings import laid
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "coastal")
PIECE = Piece("dining_farm", "dining_table", "Farmhouse table", 1.9, 0.95, 0.76, ("dining_room",), STYLES, laden=True)
LEG = [(0.03, 0), (0.036, 0.03), (0.024, 0.06), (0.045, 0.14), (0.05, 0.3), (0.038, 0.42), (0.05, 0.48), (0.032, 0.52)]
LEG += [(0.052, 0.56), (0.052, 0.6)]
LEMON = (0.72, 0.5, 0.05)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    top = materials.wood(look.wood, "X", 0.5)
    paint = materials.lacquer(look.light, 0.55)
    for number in range(5):
        builder.box((1.72, 0.1885, 0.038), (0, -0.3805 + 0.19025 * number, 0.722), top, 0.005)
    for x in (-0.905, 0.905):
        builder.box((0.09, 0.95, 0.038), (x, 0, 0.722), materials.wood(look.wood, "Y", 0.5), 0.006)
    for x in (-0.82, 0.82):
        for y in (-0.36, 0.36):
            builder.lathe(LEG, (x, y, 0), paint, 36)
            builder.box((0.1, 0.1, 0.13), (x, y, 0.593), paint, 0.006)
        builder.box((0.026, 0.66, 0.1), (x, 0, 0.62), paint, 0.003)
    for y in (-0.36, 0.36):
        builder.box((1.58, 0.026, 0.1), (0, y, 0.62), paint, 0.003)
    with builder.carried():
        builder.box((1.5, 0.28, 0.004), (0, 0, 0.76), materials.fabric(look.light, 450, 0.5), 0.001)
    laid(builder, look, rng, 0.76, [(x, y) for y in (-0.31, 0.31) for x in (-0.62, 0.0, 0.62)])
    bowl(builder, look, (0.0, 0, 0.764), 0.15)
    for x, y, z in ((-0.05, -0.02, 0.775), (0.04, -0.035, 0.775), (0.01, 0.05, 0.775), (-0.005, 0.0, 0.825)):
        ball(builder, (x, y, z), 0.034, LEMON)
