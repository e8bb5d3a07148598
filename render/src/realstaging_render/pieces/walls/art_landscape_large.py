"""A large framed print, wider than high."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.prints import print_for
from realstaging_render.shapes import Builder

PIECE = Piece(
    "art_landscape_large",
    "art",
    "Large framed print",
    1.1,
    0.035,
    0.78,
    ("living_room", "bedroom", "dining_room", "office", "entryway"),
    mount="wall",
)
MAT = 0.05


def build(builder: Builder, look: Look, dice: random.Random) -> None:
    wide, high, back = PIECE.width, PIECE.height, PIECE.depth / 2
    frame = materials.wood(look.wood, "X", 0.35) if look.legs == "wood" else materials.metal(look.metal, 0.3)
    for x in (-1, 1):
        builder.box((0.025, PIECE.depth, high), (x * (wide - 0.025) / 2, 0, 0), frame, 0.003)
    for z in (0, high - 0.025):
        builder.box((wide, PIECE.depth, 0.025), (0, 0, z), frame, 0.003)
    builder.box(
        (wide - 0.03, 0.012, high - 0.03), (0, back - 0.01, 0.015), materials.lacquer((0.85, 0.84, 0.81), 0.9), 0.001
    )
    name = f"{PIECE.name} {look.style} {dice.random():.6f}"
    inner = (wide - 2 * MAT - 0.05, high - 2 * MAT - 0.05)
    art = materials.picture(name, print_for(look, dice, round(inner[0] * 400), round(inner[1] * 400)))
    builder.box((inner[0], 0.002, inner[1]), (0, back - 0.018, MAT + 0.025), art, 0.0001)
