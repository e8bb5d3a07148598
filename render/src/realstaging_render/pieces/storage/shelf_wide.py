"""A wide bookcase with three bays, filled."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.shelving import shelf_filled
from realstaging_render.shapes import Builder

STYLES = ("traditional", "luxury", "contemporary", "farmhouse", "coastal")
PIECE = Piece("shelf_wide", "bookshelf", "Bookcase", 1.7, 0.36, 2.05, ("living_room", "office"), STYLES)
BAYS, ROWS, BAY, ROW = 3, 5, 0.545, 0.375
PAINTED = {"coastal", "farmhouse", "contemporary"}


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    paint = materials.lacquer(look.light, 0.5)
    board = paint if look.style in PAINTED else materials.wood(look.wood, "X")
    upright = paint if look.style in PAINTED else materials.wood(look.wood, "Z")
    builder.box((1.66, 0.012, 1.96), (0, 0.155, 0.06), board, 0.002)
    builder.box((1.66, 0.28, 0.07), (0, 0.01, 0), board, 0.004)
    for bay in range(BAYS + 1):
        x = (bay - BAYS / 2) * BAY
        builder.box((0.028, 0.31, 1.98), (x, 0.005, 0.06), upright, 0.003)
    for row in range(ROWS + 1):
        builder.box((1.64, 0.3, 0.024), (0, 0.004, 0.08 + row * ROW), board, 0.003)
    builder.box((1.7, 0.36, 0.035), (0, 0, 2.015), board, 0.012)
    builder.box((1.67, 0.33, 0.03), (0, 0, 1.987), board, 0.01)
    kinds = rng.sample([0, 0, 0, 1, 1, 2, 2, 3, 4, 4, 5, 5, 0, 1, 3], BAYS * ROWS)
    for number, kind in enumerate(kinds):
        bay, row = divmod(number, ROWS)
        left = (bay - BAYS / 2) * BAY + 0.018
        shelf_filled(builder, look, rng, left, left + BAY - 0.036, 0.1045 + row * ROW, ROW - 0.026, kind)
