"""A child's bed in the frame of a house, a garland along its ridge."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.playthings import rabbit
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "minimalist", "contemporary", "bohemian", "modern")
PIECE = Piece("kids_house", "kids_bed", "House bed", 1.02, 2.06, 1.72, ("kids_room",), STYLES, seats=1)
EAVES, RIDGE = 1.22, 1.69


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    painted = look.style in {"minimalist", "coastal", "modern", "farmhouse"}
    paint = materials.lacquer(look.light, 0.5)
    post, rail, board = (paint if painted else materials.wood(look.wood, along) for along in "ZYX")
    for y in (-1.005, 1.005):
        for side in (-1, 1):
            builder.box((0.05, 0.05, EAVES), (side * 0.485, y, 0), post, 0.006)
            rafter = math.hypot(0.485, RIDGE - EAVES)
            lean = math.degrees(math.atan2(side * 0.485, RIDGE - EAVES))
            middle = (side * 0.2425, y, (EAVES + RIDGE) / 2 - rafter / 2 - 0.01)
            builder.box((0.046, 0.046, rafter + 0.03), middle, post, 0.006, (0, -lean, 0))
        builder.box((0.92, 0.03, 0.06), (0, y, EAVES - 0.05), board, 0.006)
        top = 0.62 if y > 0 else 0.4
        for z in (0.12, top):
            builder.box((0.92, 0.028, 0.055), (0, y, z), board, 0.006)
        for x in np.linspace(-0.36, 0.36, 7):
            builder.box((0.045, 0.016, top - 0.16), (float(x), y, 0.165), post, 0.004)
    for x in (-0.485, 0.485):
        builder.box((0.03, 1.97, 0.13), (x, 0, 0.12), rail, 0.006)
        builder.box((0.04, 1.97, 0.04), (x, 0, EAVES - 0.045), rail, 0.006)
    builder.box((0.044, 2.056, 0.044), (0, 0, RIDGE - 0.02), rail, 0.006)
    dress(builder, look, rng, 0.9, 1.93, 0.16, 0.97)
    rabbit(builder, look, (0.2, 0.36, 0.46))
    _garland(builder, look, rng)


def _garland(builder: Builder, look: Look, rng: random.Random) -> None:
    string = [
        (-0.485, y, EAVES - 0.03 - 0.09 * abs(math.sin(math.pi * (y + 0.98) / 0.98)))
        for y in np.linspace(-0.98, 0.98, 29)
    ]
    with builder.carried():
        tube(builder, string, 0.0025, materials.fabric(look.light), sides=5, steps=1)
        for number, (x, y, z) in enumerate(string[2:-1:2]):
            cloth = materials.fabric((look.accent, look.second, look.light)[number % 3], 700, 0.3)
            swing = rng.uniform(-0.012, 0.012)
            corners = [
                [(x, y - 0.05, z), (x + swing, y - 0.002, z - 0.11)],
                [(x, y + 0.05, z), (x + swing, y + 0.002, z - 0.11)],
            ]
            builder.sheet(np.array(corners), cloth, thin=True)
