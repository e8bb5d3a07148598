"""A child's table with two stools, a drawing begun on it."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.playthings import blocks
from realstaging_render.shapes import Builder

PIECE = Piece("kids_table", "pouf", "Play table with stools", 1.16, 0.66, 0.5, ("kids_room",), laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    top, leg = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    paint = materials.lacquer(look.light if look.legs == "metal" else look.second, 0.5)
    disc = [(0.31, 0), (0.33, 0.004), (0.33, 0.02), (0.325, 0.026), (0.002, 0.026)]
    builder.lathe(disc, (0, 0, 0.474), top, 64)
    _legs(builder, (0, 0), 0.27, 0.476, leg, 0.019)
    for x in (-0.43, 0.43):
        builder.lathe([(0.13, 0), (0.15, 0.01), (0.15, 0.028), (0.14, 0.036), (0.002, 0.036)], (x, 0, 0.264), paint, 48)
        _legs(builder, (x, 0), 0.125, 0.27, leg, 0.015)
    with builder.carried():
        builder.box(
            (0.297, 0.21, 0.001), (-0.08, -0.08, 0.5), materials.lacquer((0.85, 0.84, 0.82), 0.9), 0.0003, (0, 0, 12)
        )
        for number in range(5):
            angle = rng.uniform(0, math.pi)
            x, y = rng.uniform(-0.1, 0.15), rng.uniform(-0.2, -0.02)
            colour = rng.choice([look.accent, look.second, (0.5, 0.1, 0.06), (0.08, 0.2, 0.35), (0.6, 0.42, 0.05)])
            ends = [
                (x + way * math.cos(angle), y + way * math.sin(angle), 0.505 + 0.0001 * number) for way in (-0.05, 0.05)
            ]
            builder.rod(ends[0], ends[1], 0.004, materials.lacquer(colour, 0.5))
    blocks(builder, look, rng, (0.02, 0.14, 0.5), 5)


def _legs(
    builder: Builder, at: tuple[float, float], spread: float, height: float, material: object, radius: float
) -> None:
    for number in range(4):
        angle = math.pi / 4 + number * math.pi / 2
        foot = (at[0] + spread * math.cos(angle), at[1] + spread * math.sin(angle), 0)
        head = (at[0] + spread * 0.72 * math.cos(angle), at[1] + spread * 0.72 * math.sin(angle), height)
        builder.rod(foot, head, radius * 0.7, material, radius)
