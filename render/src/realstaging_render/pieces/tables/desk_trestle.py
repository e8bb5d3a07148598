"""A pale desk top on two trestles, with a lamp, books and a pot of pencils."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.reading import reading_lamp
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.desk_things import laptop
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "minimalist", "modern")
PIECE = Piece("desk_trestle", "desk", "Trestle desk", 1.5, 0.7, 0.74, ("office",), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    white = look.style in {"minimalist", "modern"}
    top = materials.lacquer(look.light, 0.35) if white else materials.wood(look.wood, "X")
    leg, beam = materials.wood(look.wood, "Z"), materials.wood(look.wood, "Y")
    builder.box((1.5, 0.7, 0.028), (0, 0, 0.712), top, 0.006)
    for x in (-0.5, 0.5):
        builder.box((0.1, 0.6, 0.03), (x, 0, 0.682), beam, 0.005)
        for y in (-0.24, 0.24):
            for side in (-1, 1):
                builder.rod((x + side * 0.15, y * 1.2, 0), (x + side * 0.03, y, 0.685), 0.016, leg, 0.018)
            builder.rod((x - 0.11, y * 1.13, 0.24), (x + 0.11, y * 1.13, 0.24), 0.011, materials.wood(look.wood, "X"))
        for side in (-1, 1):
            builder.rod((x + side * 0.108, -0.27, 0.24), (x + side * 0.108, 0.27, 0.24), 0.01, beam)
    books(builder, look, rng, (0.55, 0.16, 0.74), 4)
    with builder.carried():
        reading_lamp(builder, look, (-0.58, 0.2, 0.74))
        pot = [(0.036, 0), (0.04, 0.004), (0.04, 0.1), (0.036, 0.1), (0.035, 0.01), (0.001, 0.01)]
        builder.lathe(pot, (0.33, 0.2, 0.74), materials.lacquer(look.accent, 0.4), 32)
        for number in range(5):
            angle = number * 1.3
            x, y = 0.33 + 0.025 * math.cos(angle), 0.2 + 0.025 * math.sin(angle)
            end = (x + 0.022 * math.cos(angle), y + 0.022 * math.sin(angle), 0.75 + rng.uniform(0.14, 0.18))
            builder.rod((x, y, 0.752), end, 0.0035, materials.lacquer(rng.choice([look.second, look.wood]), 0.5))
    laptop(builder, (0.0, -0.07, 0.74))
