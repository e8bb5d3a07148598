"""A low shelf of cubes with boxes, books and blocks."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "industrial", "minimalist", "mid_century", "luxury")
PIECE = Piece("toys_cubes", "toy_storage", "Toy shelf", 1.12, 0.38, 0.77, ("kids_room",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    body = materials.lacquer(look.light, 0.5) if look.curve < 0.5 else materials.wood(look.wood, "X")
    for z in (0.0, 0.375, 0.745):
        builder.box((1.12, 0.38, 0.025), (0, 0, z), body, 0.004)
    for x in (-0.548, -0.182, 0.182, 0.548):
        builder.box((0.024, 0.376, 0.75), (x, 0, 0.002), body, 0.004)
    builder.box((1.1, 0.012, 0.74), (0, 0.18, 0.004), body, 0.003)
    colours = [look.accent, look.second, look.fabric]
    for number in range(6):
        x, z = -0.365 + 0.365 * (number % 3), 0.027 + 0.375 * (number // 3)
        if number in {1, 3, 5}:
            builder.box((0.32, 0.33, 0.28), (x, -0.01, z), materials.fabric(colours[number % 3], 400, 0.5), 0.02)
            builder.rod((x - 0.04, -0.18, z + 0.2), (x + 0.04, -0.18, z + 0.2), 0.007, materials.wood(look.wood, "X"))
        elif number == 4:
            for block in range(4):
                colour = materials.lacquer(rng.choice([look.accent, look.second, look.light]), 0.5)
                builder.box(
                    (0.075, 0.075, 0.075),
                    (x - 0.1 + 0.085 * (block % 3), -0.06, z + 0.077 * (block // 3)),
                    colour,
                    0.006,
                )
        else:
            at = x - 0.14
            while at < x + 0.1:
                thick, tall = rng.uniform(0.01, 0.025), rng.uniform(0.2, 0.28)
                colour = materials.lacquer(rng.choice([*colours, look.light]), 0.6)
                builder.box((thick, 0.2, tall), (at + thick / 2, -0.02, z), colour, 0.002)
                at += thick + 0.002
