"""A table lamp: a ceramic body and a cloth shade."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "coastal", "contemporary", "modern", "minimalist")
PIECE = Piece(
    "table_lamp_ceramic",
    "table_lamp",
    "Table lamp",
    0.32,
    0.32,
    0.52,
    ("living_room", "bedroom"),
    STYLES,
    mount="surface",
    on="nightstand",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    wide = 0.07 + 0.04 * look.curve
    body = [(0.055, 0), (0.06, 0.012), (wide, 0.09), (wide * 0.9, 0.17), (0.03, 0.25), (0.014, 0.27), (0.01, 0.33)]
    builder.lathe(body, (0, 0, 0), materials.lacquer(rng.choice([look.accent, look.light, look.second]), 0.25))
    builder.lathe([(0.16, 0), (0.12, 0.22), (0.117, 0.22), (0.157, 0.0)], (0, 0, 0.3), materials.shade(look.light, 0.8))
