"""Heavy planks in a steel angle frame on cast-iron casters, a second deck below."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books, bowl
from realstaging_render.pieces.tables.piping import caster
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece(
    "coffee_caster",
    "coffee_table",
    "Plank coffee table on casters",
    1.2,
    0.66,
    0.42,
    ("living_room",),
    STYLES,
    laden=True,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    iron = materials.metal((0.035, 0.035, 0.038), 0.42)
    for number in range(3):
        tone = tuple(c * rng.uniform(0.85, 1.12) for c in look.wood)
        plank, y = materials.wood(tone, "X", 0.6), -0.219 + 0.219 * number
        builder.box((1.19, 0.216, 0.05), (0, y, 0.37), plank, 0.006)
        builder.box((1.1, 0.19, 0.03), (0, y * 0.89, 0.14), plank, 0.005)
    for x in (-0.57, 0.57):
        for y in (-0.3, 0.3):
            builder.box((0.036, 0.036, 0.26), (x, y, 0.112), iron, 0.004)
            caster(builder, (x, y, 0), 0.112, iron)
        builder.box((0.03, 0.57, 0.03), (x, 0, 0.115), iron, 0.003)
        builder.box((0.03, 0.57, 0.03), (x, 0, 0.341), iron, 0.003)
    for y in (-0.3, 0.3):
        builder.box((1.11, 0.03, 0.03), (0, y, 0.115), iron, 0.003)
        builder.box((1.11, 0.03, 0.03), (0, y, 0.341), iron, 0.003)
    for x in (-0.6, 0.6):
        for y in (-0.3, 0.3):
            builder.box((0.012, 0.06, 0.056), (x * 0.996, y, 0.367), iron, 0.002)
    books(builder, look, rng, (-0.3, 0.02, 0.42), 4)
    books(builder, look, rng, (0.2, 0, 0.17), 4)
    bowl(builder, look, (0.26, -0.03, 0.42), 0.14)
