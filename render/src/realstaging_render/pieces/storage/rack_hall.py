"""A hall stand: a slatted back with hooks over a bench, coats on it and shoes below."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.wardrobe_things import bag, hanging_coat, hat, pair_of_shoes
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary", "farmhouse", "coastal", "industrial", "scandinavian", "traditional", "mid_century")
PIECE = Piece("rack_hall", "coat_rack", "Hall stand", 1.0, 0.4, 1.82, ("entryway",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    board = materials.wood(look.wood, "X")
    painted = look.style in {"farmhouse", "coastal", "traditional"}
    slat = materials.lacquer(look.light, 0.5) if painted else materials.wood(look.wood, "Z")
    steel = materials.metal(look.metal, 0.35)
    for number in range(9):
        builder.box((0.098, 0.018, 1.38), (-0.436 + 0.109 * number, 0.185, 0.42), slat, 0.004)
    builder.box((1.0, 0.03, 0.02), (0, 0.185, 1.8), board, 0.004)
    builder.box((1.0, 0.1, 0.024), (0, 0.145, 1.62), board, 0.005)
    for x in (-0.48, 0.48):
        builder.box((0.035, 0.39, 0.425), (x, 0, 0), slat, 0.005)
        builder.box((0.035, 0.02, 1.81), (x, 0.18, 0), slat, 0.004)
    builder.box((1.0, 0.4, 0.03), (0, 0, 0.42), board, 0.006)
    builder.box((0.93, 0.36, 0.02), (0, 0, 0.12), board, 0.004)
    for number in range(6):
        x = -0.4 + 0.16 * number
        tube(builder, [(x, 0.176, 1.56), (x, 0.12, 1.535), (x, 0.1, 1.56), (x, 0.1, 1.585)], 0.006, steel, sides=8)
        builder.box((0.03, 0.008, 0.07), (x, 0.174, 1.53), steel, 0.003)
    hanging_coat(builder, (-0.32, 0.1, 1.55), look.accent, rng)
    hanging_coat(builder, (0.0, 0.1, 1.55), look.second, rng, length=0.74)
    bag(builder, look, (0.32, 0.1, 1.55))
    hat(builder, (0.22, 0.12, 1.645))
    for x in (-0.33, -0.09, 0.2):
        pair_of_shoes(builder, rng, (x, -0.02, 0.14))
    builder.cushion((0.92, 0.36, 0.06), (0, -0.01, 0.445), materials.fabric(look.fabric), plump=0.14, rng=rng)
