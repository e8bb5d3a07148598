"""A cottage bed: turned spindles between rails at its head, a lower row of them at its foot."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.beds.frames import DOUBLE, HEAD, rails
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "coastal", "farmhouse")
PIECE = Piece("bed_spindle", "bed", "Spindle bed", 1.78, 2.14, 1.12, ("bedroom",), STYLES, seats=2)
COUNT = 15


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    spindled(builder, look, rng, DOUBLE)


def spindled(builder: Builder, look: Look, rng: random.Random, wide: float) -> None:
    """The bed, for a mattress ``wide`` metres wide."""
    post, count = wide / 2 + 0.05, round(COUNT * wide / DOUBLE)
    painted = look.style in {"coastal", "farmhouse"}
    upright = materials.lacquer(look.light) if painted else materials.wood(look.wood, "Z")
    across = materials.lacquer(look.light) if painted else materials.wood(look.wood, "X")
    for y, tall, low in ((HEAD, 1.08, 0.42), (-HEAD, 0.5, 0.2)):
        for x in (-post, post):
            builder.rod((x, y, 0), (x, y, tall), 0.034, upright)
            builder.lathe(
                [(0.001, 0), (0.03, 0.005), (0.036, 0.02), (0.024, 0.035), (0.001, 0.042)],
                (x, y, tall - 0.002),
                upright,
            )
        for z in (low, tall - 0.07):
            builder.box((2 * post, 0.034, 0.055), (0, y, z), across, 0.012)
        for number in range(count):
            x = (number - (count - 1) / 2) * wide / count
            middle = (low + tall) / 2
            builder.rod((x, y, low + 0.05), (x, y, middle), 0.009, upright, 0.0135)
            builder.rod((x, y, middle), (x, y, tall - 0.06), 0.0135, upright, 0.009)
    if painted:
        for x in (-post + 0.01, post - 0.01):
            builder.box((0.035, 2.04, 0.15), (x, 0, 0.19), across, 0.006)
    else:
        rails(builder, look, 0.19, 0.15, wide=wide)
    dress(builder, look, rng, wide, 1.96, 0.28, 0.98)
