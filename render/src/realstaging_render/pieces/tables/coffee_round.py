"""A round coffee table with things on it."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.upholstery import legs
from realstaging_render.pieces.tables.dressing import books, bowl, vase
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "scandinavian")
PIECE = Piece("coffee_round", "coffee_table", "Round coffee table", 0.9, 0.9, 0.4, ("living_room",), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    legs(builder, look, 0.68, 0.68, 0.36, 0.04)
    edge = 0.45
    builder.lathe(
        [(edge - 0.012, 0), (edge, 0.008), (edge, 0.026), (edge - 0.006, 0.034), (0.02, 0.034)],
        (0, 0, 0.366),
        materials.wood(look.wood, "X"),
    )
    books(builder, look, rng, (-0.12, 0.1, 0.4))
    vase(builder, look, rng, (0.16, 0.08, 0.4), 0.18)
    bowl(builder, look, (0.02, -0.2, 0.4), 0.11)
