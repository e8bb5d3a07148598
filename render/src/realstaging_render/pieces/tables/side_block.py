"""A cube of one wood, mitred, open through its middle, books in it."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.shapes import Builder

STYLES = ("minimalist",)
PIECE = Piece(
    "side_block", "side_table", "Slotted cube side table", 0.42, 0.42, 0.48, ("living_room", "bedroom"), STYLES
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    across, upright = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    builder.box((0.36, 0.36, 0.03), (0, 0, 0), materials.lacquer((0.012, 0.01, 0.009), 0.8), 0.002)
    for z in (0.026, 0.452):
        builder.box((0.42, 0.42, 0.028), (0, 0, z), across, 0.0025)
    builder.box((0.366, 0.41, 0.024), (0, 0.002, 0.208), across, 0.002)
    for x in (-0.196, 0.196):
        builder.box((0.028, 0.419, 0.452), (x, 0, 0.027), upright, 0.0025)
    builder.box((0.37, 0.4, 0.16), (0, 0.004, 0.05), across, 0.002)
    books(builder, look, rng, (0, -0.02, 0.232), 3)
